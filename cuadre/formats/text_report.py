"""The report for a person at a terminal: one line a finding, under the document that it is about."""

from collections import Counter

from cuadre.engine.findings import Finding, Severity
from cuadre.messages import text
from cuadre.report import DocumentReport, Report

_COLOURS = {Severity.REJECT: "31", Severity.NOTIFY: "33", Severity.LINT: "36", Severity.ERROR: "31"}


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; a document that needs no word gets one line."""
    lines = [line for document in report.documents for line in _document(document, language, colour)]
    lines += _not_run(report, language)
    lines.append(_summary(report, language))
    return "\n".join(lines)


def _document(document: DocumentReport, language: str, colour: bool) -> list[str]:  # noqa: FBT001 - passed on
    what = " ".join(
        part
        for part in (text(f"kind.{document.kind}", language) if document.kind else "", document.id)
        if part
    )
    verdict = text(f"verdict.{document.verdict}", language)
    lines = [f"{document.source}: {what + ', ' if what else ''}{verdict}"]
    for finding in document.findings:
        lines += _finding(finding, language, colour)
    if document.authority is not None:
        answer = document.authority
        lines.append(
            "  " + text("authority", language, code=answer.response_code, description=answer.description)
        )
        lines += [f"    {message.code} {message.text}" for message in answer.messages]
    return lines


def _finding(finding: Finding, language: str, colour: bool) -> list[str]:  # noqa: FBT001 - passed on
    place = finding.place
    where = ":".join(str(part) for part in (place.file, place.line) if part is not None)
    if place.line is None or place.pointer:
        where = " ".join(part for part in (where, place.pointer or place.path) if part)
    severity = text(f"severity.{finding.severity}", language)
    if colour:
        severity = f"\033[{_COLOURS[finding.severity]}m{severity}\033[0m"
    lines = [f"  {where} {finding.code} {severity} {finding.message(language)}"]
    if finding.caused_by:
        cause = text("caused_by", language, code=finding.caused_by.code, path=finding.caused_by.path)
        lines.append(f"    {cause}")
    return lines


def _not_run(report: Report, language: str) -> list[str]:
    """Say once of each layer why it did not run, or not whole, and in how many documents."""
    reasons = Counter(
        (layer.name, layer.ran, layer.reason)
        for document in report.documents
        for layer in document.layers
        if layer.reason and layer.name not in _OF_THE_FILE
    )
    return [
        f"{name}: {text('ran_in_part' if ran else 'not_run', language)}: {reason} ({count})"
        for (name, ran, reason), count in sorted(reasons.items())
    ]


_OF_THE_FILE = {"read", "authority"}
"""Layers that a file has or has not; their absence is no omission of ours."""


def _summary(report: Report, language: str) -> str:
    count = len(report.documents)
    counts = Counter(document.verdict for document in report.documents)
    what = text("document", language) if count == 1 else text("documents", language, count=count)
    parts = [f"{number} {text(f'verdict.{verdict}', language)}" for verdict, number in sorted(counts.items())]
    return f"{what}: {', '.join(parts)}"
