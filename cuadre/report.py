"""The report: verdict, findings, and what became of each layer, with the reason of each that did not run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cuadre.engine.authority import Authority
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.source import Place
from cuadre.engine.texts import in_language

if TYPE_CHECKING:
    # What is read is needed to cut an excerpt, and not to hold one; nor does a report need the model.
    from cuadre.engine.model.document import Document
    from cuadre.excerpts import Excerpt

Verdict = Literal["accepted", "accepted_with_observations", "rejected", "not_checked", "unreadable"]
Status = Literal["ran", "in part", "not run", "failed"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of the examination; ``reason`` says why it did not run, not run whole, or failed."""

    name: str
    status: Status = "ran"
    reason: str | None = None

    @property
    def ran(self) -> bool:
        """Whether it ran, whole or in part."""
        return self.status in {"ran", "in part"}

    def message(self, lang: str = "en") -> str | None:
        """Say the reason in English (``en``) or Spanish (``es``)."""
        return None if self.reason is None else in_language(self.reason, lang)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was checked, for a report that shows it."""

    document: "Document | None"
    """None where it could not be read."""
    data: bytes | None = field(default=None, repr=False)
    """The input, in which the places of the findings are; None where it was no bytes and no file."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What there is to say about one document."""

    source: str
    """The file, ``-`` for standard input, or ``<bytes>``, ``<dict>`` and ``<document>``."""
    kind: str | None
    id: str | None
    verdict: Verdict
    layers: tuple[Layer, ...]
    findings: tuple[Finding, ...]
    authority: Authority | None = None
    more: int = 0
    """How many findings there are besides: only the 1000 most severe of a document are kept."""
    in_baseline: int = 0
    """How many findings are known by a baseline, and so are neither here nor in the verdict."""
    excerpts: Mapping[Place, "Excerpt"] = field(default_factory=dict, compare=False, repr=False)
    """The line of each place, for a reader; ``cuadre check`` fills it in where a format shows it."""
    kept: Kept | None = field(default=None, compare=False, repr=False)
    """The document itself, where the option ``keep`` asked for it."""


_WORST: tuple[Verdict, ...] = (
    "unreadable",
    "not_checked",
    "rejected",
    "accepted_with_observations",
    "accepted",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about everything that was checked."""

    documents: tuple[DocumentReport, ...]
    passed_by: Mapping[str, int] = field(default_factory=dict)
    """How many files of a folder were not checked, by what they are: ``other XML``, ``excluded`` …"""

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

    def to_json(self, lang: str = "en") -> str:
        """Write the report as the JSON of docs/report.md, with its sentences in English or Spanish."""
        from cuadre.formats.registry import write_report  # noqa: PLC0415 - a format is loaded when it is used

        return write_report(self, "json", lang)

    def to_html(self, lang: str = "en") -> str:
        """Write the report as one page of HTML, with its sentences in English or Spanish.

        The page shows a document, its figures and its source where it was checked with ``keep=True``.
        """
        from cuadre.formats.registry import write_report  # noqa: PLC0415 - as above

        return write_report(self, "html", lang)


def verdict_of(findings: tuple[Finding, ...], layers: tuple[Layer, ...]) -> Verdict:
    """Conclude from findings and layers: lints change nothing, and a layer that failed accepts nothing."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return "unreadable"
    if Severity.REJECT in severities:
        return "rejected"
    if any(layer.status == "failed" for layer in layers):
        return "not_checked"
    return "accepted_with_observations" if Severity.NOTIFY in severities else "accepted"
