"""The text of the QR code, the site it leads to, and the picture of it."""

import struct
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path
from typing import Any

import pytest
import segno

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.qr import qr_text, qr_url
from cuadre.pictures import write_qr
from cuadre.reading import read

KEY = "a1" * 48
EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = [
    "NumFac",
    "FecFac",
    "HorFac",
    "NitFac",
    "DocAdq",
    "ValFac",
    "ValIva",
    "ValOtroIm",
    "ValTolFac",
    "CUFE",
]
SUPPORT_NAMES = ["NumDS", "FecDS", "HorDS", "NumSNO", "DocABS", "ValDS", "ValIva", "ValTolDS", "CUDS"]
_BORDER = 4
_SCALE = 4


def _tax(tax: str, amount: str | None) -> dict[str, Any]:
    return {"tax_amount": amount, "tax_subtotals": [{"tax_scheme_id": tax}]}


def _document(**fields: object) -> Document:
    return Document.model_validate(
        {
            "kind": "invoice",
            "id": "SETP1",
            "uuid": KEY,
            "issue_date": "2026-11-20",
            "issue_time": "10:15:00-05:00",
            "profile_execution_id": "2",
            "legal_monetary_total": {"line_extension_amount": "100.999", "payable_amount": "130"},
            "tax_totals": [_tax("01", "19.00"), _tax("04", "8.00"), _tax("01", "0.999"), _tax("35", "2.00")],
            "accounting_supplier_party": {"party_tax_schemes": [{"company_id": "990412378"}]},
            "accounting_customer_party": {"party_identifications": [{"id": "52000001"}]},
            **fields,
        }
    )


def _lines(document: Document) -> list[tuple[str, str]]:
    """Split all lines but the last into name and value."""
    return [
        (name, value)
        for name, _, value in (line.partition(": ") for line in qr_text(document).split("\n")[:-1])
    ]


def test_lines() -> None:
    """The lines stand in DIAN's order; amounts are cut to two decimals, taxes are IVA and all others."""
    values = ["SETP1", "2026-11-20", "10:15:00-05:00", "990412378", "52000001", "100.99", "19.99", "10.00"]
    assert _lines(_document()) == list(zip(NAMES, [*values, "130.00", KEY], strict=True))


@pytest.mark.parametrize("kind", ["support_document", "support_document_adjustment"])
def test_support_documents(kind: str) -> None:
    """Support documents have names of their own, and no line of other taxes."""
    values = ["SETP1", "2026-11-20", "10:15:00-05:00", "990412378", "52000001", "100.99", "19.99", "130.00"]
    assert _lines(_document(kind=kind)) == list(zip(SUPPORT_NAMES, [*values, KEY], strict=True))


def test_what_is_missing() -> None:
    """What the document does not state is empty, or 0.00; nothing is raised."""
    empty = Document.model_validate({"kind": "invoice"})
    found = dict(_lines(empty))
    assert list(found) == NAMES
    assert {value for name, value in found.items() if name.startswith("Val")} == {"0.00"}
    assert {value for name, value in found.items() if not name.startswith("Val")} == {""}


SITES = [
    ("1", "https://catalogo-vpfe.dian.gov.co/document/searchqr?documentkey="),
    ("2", "https://catalogo-vpfe-hab.dian.gov.co/document/searchqr?documentkey="),
    (None, "https://catalogo-vpfe-hab.dian.gov.co/document/searchqr?documentkey="),
]


@pytest.mark.parametrize(("environment", "site"), SITES)
def test_sites(environment: str | None, site: str) -> None:
    """The last line is the address of the document, on the site of its environment."""
    document = _document(profile_execution_id=environment)
    assert qr_url(document) == site + KEY
    assert qr_text(document).split("\n")[-1] == site + KEY


@pytest.mark.parametrize(
    "name", ["invoice", "withholdings-and-discounts", "foreign-currency", "nominal-taxes"]
)
def test_examples(name: str) -> None:
    """The invoices of examples/ state the text that comes out for them."""
    document = read((EXAMPLES / f"{name}.xml").read_bytes()).document
    assert document is not None
    assert document.dian_extensions is not None
    assert document.dian_extensions.qr_code == qr_text(document)


def _matrix(text: str) -> list[list[int]]:
    return [list(row) for row in segno.make(text, error="m", micro=False).matrix]


def _unscaled(pixels: list[list[int]]) -> list[list[int]]:
    """Take one pixel of each module, without the border; every module is one colour."""
    assert len(pixels) % _SCALE == 0
    small = [row[::_SCALE] for row in pixels[::_SCALE]]
    assert pixels == [[dot for dot in row for _ in range(_SCALE)] for row in small for _ in range(_SCALE)]
    inner = [row[_BORDER:-_BORDER] for row in small[_BORDER:-_BORDER]]
    assert sum(map(sum, small)) == sum(map(sum, inner))
    return inner


def _png(data: bytes) -> list[list[int]]:
    """Decode a PNG of one bit a pixel into rows of 1 for dark; rows are plain, or differences from above."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks: dict[bytes, bytes] = {}
    position = 8
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        name = data[position + 4 : position + 8]
        chunks[name] = chunks.get(name, b"") + data[position + 8 : position + 8 + length]
        position += length + 12
    width, height, depth, colour = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    assert (depth, colour) in {(1, 0), (1, 3)}
    raw, step = zlib.decompress(chunks[b"IDAT"]), (width + 7) // 8 + 1
    light = 1
    if colour == 3:
        light = int(sum(chunks[b"PLTE"][:3]) < sum(chunks[b"PLTE"][3:6]))
    rows, above = [], bytes(step - 1)
    for start in range(0, step * height, step):
        kind, row = raw[start], raw[start + 1 : start + step]
        assert kind in {0, 2}
        above = bytes((one + two) % 256 for one, two in zip(row, above, strict=True)) if kind else row
        rows.append(above)
    bits = [[row[x // 8] >> (7 - x % 8) & 1 for x in range(width)] for row in rows]
    return [[int(bit != light) for bit in row] for row in bits]


def _svg(data: bytes) -> list[list[int]]:
    """Follow the path of segno's SVG: strokes to the right, one module high, in units of one module."""
    root = ET.fromstring(data)  # noqa: S314 - written in this test
    size = int(root.attrib["width"]) // _SCALE
    (path,) = root.iter("{http://www.w3.org/2000/svg}path")
    assert (path.get("transform"), path.get("stroke")) == (f"scale({_SCALE})", "#000")
    dots = [[0] * size for _ in range(size)]
    x = y = 0.0
    words = path.attrib["d"].replace("M", " M ").replace("m", " m ").replace("h", " h ").split()
    while words:
        command = words.pop(0)
        if command == "h":
            for column in range(int(x), int(x) + int(words[0])):
                dots[int(y)][column] = 1
            x += int(words.pop(0))
        else:
            first, second = float(words.pop(0)), float(words.pop(0))
            x, y = (first, second) if command == "M" else (x + first, y + second)
    return [row[_BORDER:-_BORDER] for row in dots[_BORDER:-_BORDER]]


def test_png(tmp_path: Path) -> None:
    """A PNG has the modules of the text's QR code, and a light border around them."""
    text, file = qr_text(_document()), tmp_path / "a.PNG"
    write_qr(text, str(file))
    assert _unscaled(_png(file.read_bytes())) == _matrix(text)


def test_svg(tmp_path: Path) -> None:
    """An SVG has the modules of the text's QR code."""
    text, file = qr_text(_document()), tmp_path / "a.svg"
    write_qr(text, str(file))
    assert _svg(file.read_bytes()) == _matrix(text)


@pytest.mark.parametrize("name", ["a.jpg", "a", "svg", "a.svg.txt"])
def test_other_endings(tmp_path: Path, name: str) -> None:
    """Another ending is refused, and nothing is written."""
    with pytest.raises(CuadreError) as raised:
        write_qr("text", str(tmp_path / name))
    assert raised.value.detail == {"file": str(tmp_path / name)}
    assert list(tmp_path.iterdir()) == []
