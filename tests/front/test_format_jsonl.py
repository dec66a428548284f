"""JSON lines: one document a line, with the data of the JSON report."""

import json

import cuadre
from cuadre.formats.json_report import as_data
from cuadre.formats.jsonl_report import write
from cuadre.report import Report

from .hostile import finding, report
from .running import BROKEN, INVOICE


def test_lines_are_the_documents_of_the_json_report() -> None:
    """Each line is a document of the JSON report, in both languages, also with line breaks in its texts."""
    both = Report(
        (
            *cuadre.check(BROKEN).documents,
            *cuadre.check(INVOICE).documents,
            *report(finding()).documents,
        )
    )
    for language in ("en", "es"):
        lines = write(both, language).split("\n")
        assert [json.loads(line) for line in lines] == as_data(both, language)["documents"]
