"""The report: verdict, findings, and which layers ran, with the reason of each that did not."""

from dataclasses import dataclass
from typing import Literal

from cuadre.engine.authority import Authority
from cuadre.engine.findings import Finding, Severity

Verdict = Literal["accepted", "accepted_with_observations", "rejected", "unreadable"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of the examination; ``reason`` says why it did not run."""

    name: str
    ran: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What there is to say about one document."""

    source: str
    """The file, ``-`` for standard input, or ``<bytes>`` and ``<document>``."""
    kind: str | None
    id: str | None
    verdict: Verdict
    layers: tuple[Layer, ...]
    findings: tuple[Finding, ...]
    authority: Authority | None = None


_WORST: tuple[Verdict, ...] = ("unreadable", "rejected", "accepted_with_observations", "accepted")


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about everything that was checked."""

    documents: tuple[DocumentReport, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of the documents' verdicts."""
        verdicts = {document.verdict for document in self.documents}
        return next((verdict for verdict in _WORST if verdict in verdicts), "accepted")

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all documents."""
        return tuple([finding for document in self.documents for finding in document.findings])

    def __bool__(self) -> bool:
        """Whether nothing would be rejected."""
        return self.verdict in {"accepted", "accepted_with_observations"}

    def to_json(self, language: str = "en") -> str:
        """Write the report as the JSON of docs/report.md."""
        from cuadre.formats.json_report import write  # noqa: PLC0415 - a format is loaded when it is used

        return write(self, language)


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """Conclude from findings: lints change nothing."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return "unreadable"
    if Severity.REJECT in severities:
        return "rejected"
    return "accepted_with_observations" if Severity.NOTIFY in severities else "accepted"
