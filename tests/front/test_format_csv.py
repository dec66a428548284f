"""CSV: one row a finding, exact amounts, and no text that a spreadsheet would compute."""

import csv
import io

import cuadre
from cuadre.formats.csv_report import write
from cuadre.report import Report

from .hostile import FILE, finding, report
from .running import BROKEN, INVOICE


def rows(checked: Report, language: str = "en") -> list[dict[str, str]]:
    """Write a report and read its rows."""
    return list(csv.DictReader(io.StringIO(write(checked, language), newline="")))


def test_rows() -> None:
    """A row has the place, the figures and the code; a document without findings has no row."""
    both = Report((*cuadre.check(BROKEN, select="FAU").documents, *cuadre.check(INVOICE).documents))
    found = rows(both)
    assert [
        (row["code"], row["line"], row["stated"], row["expected"], row["difference"]) for row in found
    ] == [
        ("FAU04", "222", "584900.25", "429900.25", "155000.00"),
        ("FAU14", "225", "604838.06", "584838.06", "20000.00"),
    ]
    assert {row["severity"] for row in rows(both, "es")} == {"reject"}


def test_texts_of_a_document() -> None:
    """A description that begins like a formula is text, control characters are escapes, amounts are exact."""
    (row,) = rows(report(finding()))
    assert row["description"].startswith("'=Té 100 %, ::error::\\r\\nx|y")
    assert row["stated"] == row["difference"] == "-12345678901234567.123456789012"
    assert (row["file"], row["item"], row["caused_by"]) == (FILE, "1", "FAX07")


def test_no_finding() -> None:
    """Without findings only the names of the columns are left."""
    assert write(cuadre.check(INVOICE)).count("\n") == 0
