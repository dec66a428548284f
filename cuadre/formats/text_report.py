"""The report for a person at a terminal: one line a finding, under the document that it is about."""

import re
from collections import Counter

from cuadre.engine.element_names import field_name
from cuadre.engine.findings import Cause, Finding, Severity
from cuadre.engine.source import LineItem
from cuadre.messages import text, translated
from cuadre.report import DocumentReport, Report

_COLOURS = {Severity.REJECT: "31", Severity.NOTIFY: "33", Severity.LINT: "36", Severity.ERROR: "31"}
# A text of a document must not move the cursor, or look like another line of the report.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; a document that needs no word gets one line."""
    lines = [line for document in report.documents for line in _document(document, language, colour)]
    lines += _not_run(report, language)
    lines.append(_summary(report, language))
    return "\n".join(lines)


def _document(document: DocumentReport, language: str, colour: bool) -> list[str]:  # noqa: FBT001 - passed on
    kind = text(f"kind.{document.kind}", language) if document.kind else ""
    what = " ".join(part for part in (kind, document.id) if part)
    lines = [_plain(f"{document.source}: {what + ', ' if what else ''}{_verdict(document, language)}")]
    for finding in document.findings:
        lines += _finding(finding, language, colour)
    if document.more:
        lines.append(f"  {text('more', language, count=document.more)}")
    if document.authority is not None:
        answer = document.authority
        said = text("authority", language, code=answer.response_code, description=answer.description)
        lines.append(f"  {_plain(said)}")
        lines += [f"    {_plain(f'{message.code} {message.text}')}" for message in answer.messages]
    return lines


def _verdict(document: DocumentReport, language: str) -> str:
    """Say the verdict in the gender of the kind: factura rechazada, documento soporte rechazado."""
    key = f"verdict.{document.verdict}"
    if document.verdict in _GENDERED and document.kind:
        noun = text(f"kind.{document.kind}", "es").partition(" ")[0]
        return text(f"verdict.feminine.{document.verdict}" if noun.endswith("a") else key, language)
    return text(key, language)


_GENDERED = {"accepted", "accepted_with_observations", "rejected"}


def _finding(finding: Finding, language: str, colour: bool) -> list[str]:  # noqa: FBT001 - passed on
    place = finding.place
    where = ":".join(str(part) for part in (place.file, place.line) if part is not None)
    if place.line is None or place.pointer:
        where = " ".join(part for part in (where, place.pointer or place.path) if part)
    severity = text(f"severity.{finding.severity}", language)
    if colour:
        severity = f"\033[{_COLOURS[finding.severity]}m{severity}\033[0m"
    item = f"{_item(place.item, language)}: " if place.item else ""
    lines = [f"  {_plain(where)} {finding.code} {severity} {_plain(item + finding.message(language))}"]
    if finding.caused_by:
        lines.append(f"    {_plain(_cause(finding.caused_by, language))}")
    return lines


def _cause(cause: Cause, language: str) -> str:
    parts = [_item(cause.item, language)] if cause.item else []
    return text("caused_by", language, code=cause.code, place=", ".join([*parts, field_name(cause.path)]))


def _item(item: LineItem, language: str) -> str:
    """Name a line of the document as a person finds it: line 3, Arroz 500 g."""
    if item.description is None:
        return text("item", language, number=item.number)
    return text("item_described", language, number=item.number, description=item.description)


def _plain(line: str) -> str:
    return _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), line)


def _not_run(report: Report, language: str) -> list[str]:
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
        lines.append(_plain(f"{what}: {said}{some}"))
    return lines


_OF_THE_FILE = {"read", "authority"}
"""Layers that a file has or has not; their absence is no omission of ours."""


def _summary(report: Report, language: str) -> str:
    count = len(report.documents)
    counts = Counter(document.verdict for document in report.documents)
    what = text("document", language) if count == 1 else text("documents", language, count=count)
    parts = [
        f"{number} {text(f'verdict.{verdict}' if number == 1 else f'verdicts.{verdict}', language)}"
        for verdict, number in sorted(counts.items())
    ]
    return f"{what}: {', '.join(parts)}"
