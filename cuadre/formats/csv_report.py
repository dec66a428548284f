"""The report as CSV (RFC 4180), one row a finding, for a spreadsheet."""

import csv
import io
import re
from decimal import Decimal

from cuadre.engine.findings import Finding
from cuadre.engine.model.scalars import format_amount
from cuadre.formats.words import file_of, plain, spot
from cuadre.report import DocumentReport, Report

_COLUMNS = [
    "source",
    "kind",
    "id",
    "verdict",
    "code",
    "severity",
    "file",
    "line",
    "place",
    "item",
    "description",
    "stated",
    "expected",
    "difference",
    "caused_by",
    "likely_cause",
    "message",
]
_FORMULA = re.compile(r"[=+\-@]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; the names of the columns are the same in each language."""
    del colour
    target = io.StringIO()
    rows = csv.writer(target, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for document in report.documents:
        rows.writerows(
            [[_cell(cell) for cell in _row(document, finding, language)] for finding in document.findings]
        )
    return target.getvalue().removesuffix("\n")


def _row(document: DocumentReport, finding: Finding, language: str) -> list[object]:
    place, item = finding.place, finding.place.item
    return [
        document.source,
        document.kind,
        document.id,
        document.verdict,
        finding.code,
        finding.severity.value,
        file_of(document, place),
        place.line,
        spot(place),
        item and item.number,
        item and item.description,
        finding.stated,
        finding.expected,
        finding.difference,
        finding.caused_by and finding.caused_by.code,
        finding.likely_cause and finding.likely_cause.name,
        finding.message(language),
    ]


def _cell(value: object) -> str:
    """Write a value; a text that a spreadsheet would take as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    shown = format_amount(value) if isinstance(value, Decimal) else plain(str(value))
    if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown):
        return f"'{shown}"
    return shown
