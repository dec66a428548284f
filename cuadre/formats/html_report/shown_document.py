"""One document as the page shows it: its report, its figures, and the ids that links lead to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cuadre.engine.errors import CuadreError
from cuadre.engine.figures import Figure
from cuadre.engine.findings import Finding
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.source import format_path
from cuadre.engine.totals import Totals, recompute
from cuadre.formats.html_report.language import Language, language_of
from cuadre.formats.html_report.source import SourceLine, source_lines
from cuadre.report import DocumentReport, Report

_HOME = "CO"


@dataclass(frozen=True)
class ShownDocument:
    """A document of the page, counted from 1."""

    report: DocumentReport
    number: int
    language: Language
    level: int = 1
    """Of its heading: 1 where it is the only document of the page."""

    def heading(self, below: int = 0) -> str:
        """Return the tag of its heading, or of one so many levels below it."""
        return f"h{self.level + below}"

    @property
    def id(self) -> str:
        """The id of its part of the page."""
        return f"d{self.number}"

    @property
    def prefix(self) -> str:
        """What the ids of its findings and lines begin with; nothing where it is the only document."""
        return "" if self.level == 1 else f"{self.id}-"

    @property
    def document(self) -> Document | None:
        """The document, where the report kept it."""
        return self.report.kept.document if self.report.kept else None

    @property
    def currency(self) -> str:
        """The code of its currency, or nothing."""
        document = self.document
        if document is None:
            return ""
        return document.document_currency_code or (self.totals.regime.currency if self.totals else "")

    @cached_property
    def totals(self) -> Totals | None:
        """The recomputed figures; None where the document was not kept, or nothing can be computed."""
        document = self.document
        if document is None or any(one.name == "totals" and not one.ran for one in self.report.layers):
            return None
        try:
            found = recompute(document, find_regime(document.country))
            found.figures  # noqa: B018 - computed when asked for, and what stops that is met here
        except (CuadreError, ArithmeticError):
            return None
        return found

    @cached_property
    def figures(self) -> Mapping[Path, Figure]:
        """The figures by their path."""
        return {figure.path: figure for figure in self.totals.figures} if self.totals else {}

    @cached_property
    def source(self) -> list[list[SourceLine]]:
        """The lines of the input that are shown."""
        return source_lines(self.report)

    @cached_property
    def line_of(self) -> Mapping[int, SourceLine]:
        """The line of the source that is shown for each finding."""
        return {number: line for block in self.source for line in block for number in line.findings}

    @cached_property
    def found_at(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the findings, by the path that they are about."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings):
            found[finding.place.path].append(number)
        return found

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each finding, by its code and its path."""
        findings = enumerate(self.report.findings)
        return {(finding.code, finding.place.path): number for number, finding in findings}

    @cached_property
    def explains(self) -> Mapping[int, Sequence[int]]:
        """The findings that each finding is the cause of."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, finding in enumerate(self.report.findings):
            cause = self.cause_of(finding)
            if cause is not None:
                found[cause].append(number)
        return found

    def cause_of(self, finding: Finding) -> int | None:
        """Return the number of the finding that explains this one, where it is in the report."""
        cause = finding.caused_by
        return None if cause is None else self.numbers.get((cause.code, cause.path))

    def finding_id(self, number: int) -> str:
        """Return the id of a finding."""
        return f"{self.prefix}f{number + 1}"

    def of(self, path: Path) -> Sequence[int]:
        """List the findings about a path."""
        return self.found_at.get(format_path(path), ())


def shown_documents(report: Report, language: str) -> list[ShownDocument]:
    """Return the documents of a report, numbered from 1."""
    level = 1 if len(report.documents) == 1 else 2
    return [
        ShownDocument(one, number, language_of(language, _country(one)), level)
        for number, one in enumerate(report.documents, start=1)
    ]


def _country(report: DocumentReport) -> str:
    return report.kept.document.country if report.kept and report.kept.document else _HOME
