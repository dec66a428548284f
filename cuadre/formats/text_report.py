"""The report for a person at a terminal: one line a finding, under the document that it is about."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cuadre.engine.findings import Finding, Severity
from cuadre.engine.texts import in_language, say
from cuadre.formats.screen import Screen
from cuadre.formats.words import cause_name, plain, sentence, title
from cuadre.messages import text
from cuadre.report import DocumentReport, Report

if TYPE_CHECKING:
    # A report that no one printed has none.
    from cuadre.excerpts import Excerpt

NEEDS = ("excerpts",)
_COLOURS = {Severity.REJECT: "31", Severity.NOTIFY: "33", Severity.LINT: "36", Severity.ERROR: "31"}


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report as it goes into a file."""
    return show(report, language, Screen(colour))


def show(report: Report, language: str, screen: Screen, *, quiet: bool = False) -> str:
    """Write a report for a screen; a document that needs no word gets one line, or none where it is quiet."""
    shown = [document for document in report.documents if not quiet or _needs_words(document)]
    lines = [line for document in shown for line in _document(document, language, screen)]
    about = [] if quiet else [*layers_not_run(report, language), *passed_by(report, language)]
    lines += [fitted for line in (*about, summary(report, language)) for fitted in screen.fit(line)]
    return "\n".join(lines)


def _needs_words(document: DocumentReport) -> bool:
    return bool(document.findings) or any(layer.status == "failed" for layer in document.layers)


def _document(document: DocumentReport, language: str, screen: Screen) -> Iterator[str]:
    yield from screen.fit(plain(f"{document.source}: {title(document, language)}"))
    for finding in document.findings:
        yield from _finding(finding, language, screen)
        excerpt = document.excerpts.get(finding.place)
        if excerpt is not None:
            yield from _excerpt(excerpt, _COLOURS[finding.severity], screen)
    for line in _after_findings(document, language):
        yield from screen.fit(line)


def _after_findings(document: DocumentReport, language: str) -> Iterator[str]:
    if document.more:
        yield f"  {text('more', language, count=document.more)}"
    if document.authority is not None:
        answer = document.authority
        words = text("authority", language, code=answer.response_code, description=answer.description)
        yield f"  {plain(words)}"
        yield from [f"    {plain(f'{message.code} {message.text}')}" for message in answer.messages]


def _finding(finding: Finding, language: str, screen: Screen) -> Iterator[str]:
    place = finding.place
    where = ":".join(str(part) for part in (place.file, place.line) if part is not None)
    if place.line is None or place.pointer:
        where = " ".join(part for part in (where, place.pointer or place.path) if part)
    severity = text(f"severity.{finding.severity}", language)
    before, after = f"  {plain(where)} {finding.code} ", f" {plain(sentence(finding, language))}"
    yield from screen.fit_marked(before, severity, after, _COLOURS[finding.severity])
    if finding.caused_by:
        yield from screen.fit(f"    {plain(cause_name(finding.caused_by, language))}")


def _excerpt(excerpt: "Excerpt", colour: str, screen: Screen) -> Iterator[str]:
    """Show a line with the figure marked; an escape of a sign takes more room than the sign."""
    end = excerpt.start + excerpt.length
    left, marked, right = excerpt.text[: excerpt.start], excerpt.text[excerpt.start : end], excerpt.text[end:]
    margin = f"    {excerpt.line:>5} | "
    before, figure, after = screen.cut(plain(left), plain(marked), plain(right), len(margin))
    yield f"{margin}{before}{figure}{after}"
    yield f"{' ' * (len(margin) - 2)}| {' ' * len(before)}{screen.paint('^' * len(figure), colour)}"


def layers_not_run(report: Report, language: str) -> list[str]:
    """Say once of each layer why it did not run, or not whole, and in how many documents if not in all."""
    reasons = Counter(
        (layer.name, layer.status, layer.message(language) or "")
        for document in report.documents
        for layer in document.layers
        if layer.reason and layer.name not in _OF_THE_FILE
    )
    total = len(report.documents)
    lines = []
    for (name, status, reason), count in sorted(reasons.items()):
        some = f" ({text('in_documents', language, count=count, total=total)})" if count < total else ""
        what = f"{text(f'layer.{name}', language)}: {text(f'status.{status}', language)}"
        lines.append(plain(f"{what}: {reason}{some}"))
    return lines


_OF_THE_FILE = {"read", "authority"}
"""Layers that a file has or has not; their absence is no omission of ours."""


def passed_by(report: Report, language: str) -> list[str]:
    """Say how many files of folders were not checked, and what they are."""
    said = [say(f"cuadre:passed.{kind}", count=count) for kind, count in report.passed_by.items()]
    kinds = [in_language(one, language) for one in said]
    return [text("passed_by", language, kinds=", ".join(kinds))] if kinds else []


def summary(report: Report, language: str) -> str:
    """Say how many documents there are of each verdict."""
    count = len(report.documents)
    counts = Counter(document.verdict for document in report.documents)
    what = text("document", language) if count == 1 else text("documents", language, count=count)
    parts = [
        f"{number} {text(f'verdict.{verdict}' if number == 1 else f'verdicts.{verdict}', language)}"
        for verdict, number in sorted(counts.items())
    ]
    return f"{what}: {', '.join(parts)}" if parts else what
