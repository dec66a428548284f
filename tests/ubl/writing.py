"""Short ways to write the XML that these tests are about."""

from pathlib import Path

import cuadre
from cuadre.report import DocumentReport

EXAMPLES = Path(__file__).parents[2] / "examples"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
STS = "dian:gov:co:facturaelectronica:Structures-2-1"
NAMESPACES = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "ext": f"{_UBL}CommonExtensionComponents-2",
    "sts": STS,
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xades": "http://uri.etsi.org/01903/v1.3.2#",
}


def example(name: str = "invoice") -> str:
    """Return the text of a document in examples/."""
    return (EXAMPLES / f"{name}.xml").read_text(encoding="utf-8")


def changed(text: str, old: str, new: str) -> str:
    """Replace what stands exactly once in ``text``."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def write(body: str, root: str = "Invoice", sts: str = STS) -> bytes:
    """Write a document of ``root`` with ``body`` in it, which begins at line 3."""
    prefixes = {**NAMESPACES, "sts": sts}
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in prefixes.items())
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_UBL}{root}-2" {names}>\n'
    return f"{head}{body}</{root}>\n".encode()


def checked(data: bytes | str, ignore: str = "") -> DocumentReport:
    """Check one document and return what there is to say of it; ``ignore`` starts the codes left out."""
    codes = (ignore,) if ignore else ()
    (document,) = cuadre.check(data.encode() if isinstance(data, str) else data, ignore=codes).documents
    return document


def refused_at(data: bytes | str) -> int | None:
    """Check what cannot be read, hold that this is all that is said of it, and return the line."""
    document = checked(data)
    (finding,) = document.findings
    said = (document.verdict, document.kind, document.id, finding.code, finding.severity.value)
    assert said == ("unreadable", None, None, "CUA001", "error")
    assert [(layer.name, layer.ran) for layer in document.layers] == [("read", False)]
    return finding.place.line
