"""The report as GitLab's code quality report: what a merge request shows beside the lines."""

import json
import posixpath

from cuadre.engine.findings import Finding, Severity
from cuadre.formats.fingerprints import fingerprints
from cuadre.formats.words import explained, file_of
from cuadre.report import DocumentReport, Report

_SEVERITIES = {
    Severity.ERROR: "blocker",
    Severity.REJECT: "critical",
    Severity.NOTIFY: "minor",
    Severity.LINT: "info",
}


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; GitLab asks for a line of each finding, and gets the first where none is known."""
    del colour
    data = [
        _issue(document, finding, digits, language)
        for document in report.documents
        for finding, digits in fingerprints(document)
    ]
    return json.dumps(data, indent=2)


def _issue(document: DocumentReport, finding: Finding, digits: str, language: str) -> dict[str, object]:
    path = posixpath.normpath(file_of(document, finding.place) or document.source)
    return {
        "description": explained(finding, language),
        "check_name": finding.code,
        "fingerprint": digits,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": finding.place.line or 1}},
    }
