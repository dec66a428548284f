"""The report as Markdown: a table of findings for each document, for a summary of a job or a comment."""

import re

from cuadre.engine.findings import Finding
from cuadre.formats.text_report import layers_not_run, summary
from cuadre.formats.words import explained, plain, spot, title
from cuadre.messages import text
from cuadre.report import DocumentReport, Report

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#|~&!@$])")


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; what a document says is no markup in it."""
    del colour
    parts = [f"# cuadre\n\n{_escaped(summary(report, language))}"]
    parts += [_document(document, language) for document in report.documents]
    lines = layers_not_run(report, language)
    if lines:
        parts.append("\n".join([f"- {_escaped(line)}" for line in lines]))
    return "\n\n".join(parts)


def _document(document: DocumentReport, language: str) -> str:
    parts = [f"## {_escaped(f'{document.source}: {title(document, language)}')}"]
    if document.findings:
        names = [
            text(f"column.{name}", language) for name in ("line", "place", "code", "severity", "message")
        ]
        rows = [_row(finding, language) for finding in document.findings]
        table = [names, ["---:", "---", "---", "---", "---"], *rows]
        parts.append("\n".join([f"| {' | '.join(row)} |" for row in table]))
    if document.more:
        parts.append(_escaped(text("more", language, count=document.more)))
    return "\n\n".join(parts)


def _row(finding: Finding, language: str) -> list[str]:
    place = finding.place
    severity = text(f"severity.{finding.severity}", language)
    said = "<br>".join([_escaped(line) for line in explained(finding, language).split("\n")])
    return [str(place.line or ""), _escaped(spot(place)), _escaped(finding.code), severity, said]


def _escaped(value: str) -> str:
    return _MARKUP.sub(r"\\\1", plain(value))
