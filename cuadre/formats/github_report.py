"""The report as workflow commands of GitHub Actions: each finding is an annotation at its file and line."""

from collections.abc import Iterator, Mapping

from cuadre.engine.findings import Severity
from cuadre.formats.words import explained, failures, file_of
from cuadre.messages import text
from cuadre.report import DocumentReport, Report

NEEDS = ("excerpts",)
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.REJECT: "error",
    Severity.NOTIFY: "warning",
    Severity.LINT: "notice",
}
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; a document without findings has no annotation."""
    del colour
    return "\n".join([line for document in report.documents for line in _document(document, language)])


def _document(document: DocumentReport, language: str) -> Iterator[str]:
    for finding in document.findings:
        place = finding.place
        excerpt = document.excerpts.get(place)
        properties = {
            "file": file_of(document, place),
            "line": place.line,
            "col": excerpt and excerpt.column,
            "title": finding.code,
        }
        yield _command(_COMMANDS[finding.severity], properties, explained(finding, language))
    of_the_file = {"file": file_of(document), "title": "cuadre"}
    for layer, reason in failures(document, language):
        yield _command("error", of_the_file, f"{layer}: {text('status.failed', language)}: {reason}")
    if document.more:
        yield _command("warning", of_the_file, text("more", language, count=document.more))


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    """Write a command; what GitHub would take as the end of a value is escaped as its runner reads it."""
    given = {key: str(value) for key, value in properties.items() if value is not None}
    shown = ",".join([f"{key}={value.translate(_IN_PROPERTIES)}" for key, value in given.items()])
    return f"::{name} {shown}::{message.translate(_IN_MESSAGES)}"
