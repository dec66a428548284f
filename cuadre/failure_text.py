"""What a test says that fails: findings, each with its line of the source, and layers that failed."""

from collections.abc import Iterator, Sequence

from cuadre.engine.findings import Finding
from cuadre.engine.texts import Text, say
from cuadre.excerpts import Excerpt, excerpts
from cuadre.formats.words import sentence
from cuadre.messages import text
from cuadre.report import DocumentReport


def could_not_check(report: DocumentReport) -> Text | None:
    """Say which layers failed; None where none did."""
    failed = [one for one in report.layers if one.status == "failed"]
    reasons = [say("cuadre.engine:at", place=one.name, fault=one.reason) for one in failed]
    return say("cuadre:could_not_check", reasons=tuple(reasons)) if failed else None


def lines(findings: Sequence[Finding], content: object, language: str) -> list[str]:
    """Write findings as cuadre does; where ``content`` is the bytes of the document, its lines are shown."""
    shown = excerpts(content, [one.place for one in findings]) if isinstance(content, bytes) else {}
    return [line for finding in findings for line in _lines(finding, language, shown.get(finding.place))]


def _lines(finding: Finding, language: str, excerpt: Excerpt | None) -> Iterator[str]:
    place = finding.place
    where = ":".join([str(part) for part in (place.file, place.line) if part is not None])
    severity = text(f"severity.{finding.severity}", language)
    yield f"{where or place.pointer or place.path}: {finding.code} {severity}: {sentence(finding, language)}"
    if excerpt is not None:
        margin = f"{excerpt.line:>6} | "
        yield margin + excerpt.text
        yield " " * (len(margin) - 2) + "| " + " " * excerpt.start + "^" * excerpt.length
