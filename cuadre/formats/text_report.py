"""The report for a person at a terminal: one line a finding, under the document that it is about."""

from collections import Counter

from cuadre.engine.findings import Finding, Severity
from cuadre.formats.words import cause_name, plain, sentence, title
from cuadre.messages import text, translated
from cuadre.report import DocumentReport, Report

_COLOURS = {Severity.REJECT: "31", Severity.NOTIFY: "33", Severity.LINT: "36", Severity.ERROR: "31"}


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; a document that needs no word gets one line."""
    lines = [line for document in report.documents for line in _document(document, language, colour)]
    lines += layers_not_run(report, language)
    lines.append(summary(report, language))
    return "\n".join(lines)


def _document(document: DocumentReport, language: str, colour: bool) -> list[str]:  # noqa: FBT001 - passed on
    lines = [plain(f"{document.source}: {title(document, language)}")]
    for finding in document.findings:
        lines += _finding(finding, language, colour)
    if document.more:
        lines.append(f"  {text('more', language, count=document.more)}")
    if document.authority is not None:
        answer = document.authority
        said = text("authority", language, code=answer.response_code, description=answer.description)
        lines.append(f"  {plain(said)}")
        lines += [f"    {plain(f'{message.code} {message.text}')}" for message in answer.messages]
    return lines


def _finding(finding: Finding, language: str, colour: bool) -> list[str]:  # noqa: FBT001 - passed on
    place = finding.place
    where = ":".join(str(part) for part in (place.file, place.line) if part is not None)
    if place.line is None or place.pointer:
        where = " ".join(part for part in (where, place.pointer or place.path) if part)
    severity = text(f"severity.{finding.severity}", language)
    if colour:
        severity = f"\033[{_COLOURS[finding.severity]}m{severity}\033[0m"
    lines = [f"  {plain(where)} {finding.code} {severity} {plain(sentence(finding, language))}"]
    if finding.caused_by:
        lines.append(f"    {plain(cause_name(finding.caused_by, language))}")
    return lines


def layers_not_run(report: Report, language: str) -> list[str]:
    """Say once of each layer why it did not run, or not whole, and in how many documents if not in all."""
    reasons = Counter(
        (layer.name, layer.status, layer.reason)
        for document in report.documents
        for layer in document.layers
        if layer.reason and layer.name not in _OF_THE_FILE
    )
    total = len(report.documents)
    lines = []
    for (name, status, reason), count in sorted(reasons.items()):
        some = f" ({text('in_documents', language, count=count, total=total)})" if count < total else ""
        said = translated(reason or "", language)
        what = f"{text(f'layer.{name}', language)}: {text(f'status.{status}', language)}"
        lines.append(plain(f"{what}: {said}{some}"))
    return lines


_OF_THE_FILE = {"read", "authority"}
"""Layers that a file has or has not; their absence is no omission of ours."""


def summary(report: Report, language: str) -> str:
    """Say how many documents there are of each verdict."""
    count = len(report.documents)
    counts = Counter(document.verdict for document in report.documents)
    what = text("document", language) if count == 1 else text("documents", language, count=count)
    parts = [
        f"{number} {text(f'verdict.{verdict}' if number == 1 else f'verdicts.{verdict}', language)}"
        for verdict, number in sorted(counts.items())
    ]
    return f"{what}: {', '.join(parts)}"
