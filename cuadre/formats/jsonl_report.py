"""The report as JSON, one line a document: the objects of ``documents`` in docs/report.md."""

import json

from cuadre.formats.json_report import document_data
from cuadre.report import Report


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report, a document a line."""
    del colour
    return "\n".join([json.dumps(document_data(document, language)) for document in report.documents])
