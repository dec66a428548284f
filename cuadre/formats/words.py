"""What the reports for people have in common: the words for a document, a finding and its place."""

import re
from collections.abc import Callable
from decimal import Decimal

from cuadre.engine.element_names import element_in
from cuadre.engine.findings import Cause, Finding
from cuadre.engine.source import LineItem, Place
from cuadre.messages import amount_writer, text
from cuadre.report import DocumentReport
from cuadre.rule_packs import is_ours

# A text of a document must not move the cursor, or look like another line of the report.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_GENDERED = {"accepted", "accepted_with_observations", "rejected"}
_NO_FILES = {"-", "<bytes>", "<dict>", "<document>"}


def plain(line: str) -> str:
    """Write the control characters of a line as escapes."""
    return _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), line)


def file_of(document: DocumentReport, place: Place | None = None) -> str | None:
    """Name the file of a place, else that of the document; None where there is no file."""
    file = (place and place.file) or document.source
    return None if file in _NO_FILES else file.replace("\\", "/")


def spot(place: Place) -> str:
    """Say where in the document a place is: its XPath, its JSON pointer, or its path in the model."""
    return place.xpath or place.pointer or place.path


def title(document: DocumentReport, language: str) -> str:
    """Name a document: its kind, its number and the verdict, where they are known."""
    what = document_name(document, language)
    return f"{what + ', ' if what else ''}{verdict(document, language)}"


def document_name(document: DocumentReport, language: str) -> str:
    """Name a document by its kind and its number, where they are known."""
    kind = text(f"kind.{document.kind}", language) if document.kind else ""
    return " ".join(part for part in (kind, document.id) if part)


def verdict(document: DocumentReport, language: str) -> str:
    """Say the verdict in the gender of the kind: factura rechazada, documento soporte rechazado."""
    key = f"verdict.{document.verdict}"
    if document.verdict in _GENDERED and document.kind:
        noun = text(f"kind.{document.kind}", "es").partition(" ")[0]
        return text(f"verdict.feminine.{document.verdict}" if noun.endswith("a") else key, language)
    return text(key, language)


def sentence(finding: Finding, language: str) -> str:
    """Say a finding, with the line of the document that it is in, and the pack where it is none of ours."""
    return sentence_with(finding, language, amount_writer(language))


def sentence_with(finding: Finding, language: str, write: Callable[[Decimal], str]) -> str:
    """Say a finding as ``sentence`` does, with amounts as ``write`` writes them."""
    item, pack = finding.place.item, finding.pack
    before = f"{item_name(item, language)}: " if item else ""
    after = f" [{pack}]" if pack and not is_ours(pack) else ""
    return f"{before}{finding.message(language, write=write)}{after}"


def cause_name(cause: Cause, language: str) -> str:
    """Say which finding explains another."""
    parts = [item_name(cause.item, language)] if cause.item else []
    return text(
        "caused_by",
        language,
        code=cause.code,
        place=", ".join([*parts, element_in(Place(cause.path), language)]),
    )


def item_name(item: LineItem, language: str) -> str:
    """Name a line of the document as a person finds it: line 3, Arroz 500 g."""
    if item.description is None:
        return text("item", language, number=item.number)
    return text("item_described", language, number=item.number, description=item.description)


def explained(finding: Finding, language: str) -> str:
    """Say a finding and, on a second line, what it is caused by; a document's own line breaks are escapes."""
    cause = [cause_name(finding.caused_by, language)] if finding.caused_by else []
    return "\n".join([plain(line) for line in (sentence(finding, language), *cause)])


def failures(document: DocumentReport, language: str) -> list[tuple[str, str]]:
    """List the layers that failed, each with the reason."""
    return [
        (text(f"layer.{layer.name}", language), layer.message(language) or text("status.failed", language))
        for layer in document.layers
        if layer.status == "failed" and layer.name != "read"
    ]
