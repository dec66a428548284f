"""A fault on its way to a finding: with its rule, its path in the document, and its cause."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cuadre.engine.computation import Computation
from cuadre.engine.figures import Figure
from cuadre.engine.findings import Severity
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.totals import Totals
from cuadre.rules.rule import Fault, Rule

_LINE = "line."
_TOTAL = "legal_monetary_total"


@dataclass(frozen=True, slots=True)
class Origin:
    """The fault that another one follows from."""

    rule: Rule
    path: Path


@dataclass(frozen=True, slots=True)
class Draft:
    """A fault of a rule at a path of the document."""

    rule: Rule
    fault: Fault
    path: Path
    computation: Computation | None = None
    figure: Figure | None = None
    """The figure that is wrong, where that is what the fault says."""
    tolerance: str | None = None
    """The tolerance that the figure is outside of."""
    cause: Origin | None = None
    explains: tuple[Path, ...] = ()
    fixable: bool = True
    """Whether the computed figure is what to write; not where its base seems to be what is wrong."""

    @property
    def severity(self) -> Severity:
        """What follows from it."""
        return self.fault.severity or self.rule.severity

    @property
    def change(self) -> Decimal:
        """What the stated figure must change by; zero where the fault is about no figure."""
        stated, expected = self.fault.stated, self.fault.expected
        if isinstance(stated, Decimal) and isinstance(expected, Decimal):
            return expected - stated
        return Decimal(0)

    def wrong_figure(self, totals: Totals) -> Figure | None:
        """Return the wrong figure, also where a check computes it itself; None where there is none."""
        if self.figure is not None:
            return None if self.tolerance is None else self.figure
        stated, expected = self.fault.stated, self.fault.expected
        if self.computation is None or not isinstance(stated, Decimal) or not isinstance(expected, Decimal):
            return None
        document, rounding = totals.document, totals.regime.rounding
        base: Path = () if self.path[:1] == (_TOTAL,) else self.path[:-1]
        part = _part(document, base)
        if part is None:
            return None
        return Figure(self.path, stated, expected, self.computation, rounding, part, base)


def _part(document: Document, path: Path) -> Aggregate | None:
    """Return the part at a path; None where a rule named one that is not there."""
    part: Any = document
    try:
        for step in path:
            part = part[step] if isinstance(step, int) else getattr(part, step)
    except (AttributeError, IndexError, TypeError):
        return None
    return part if isinstance(part, Aggregate) else None


def absolute(where: str | Path, base: Path) -> Path:
    """Return a path in the document: a field or a path below ``base``; see ``Fault``."""
    if isinstance(where, str):
        return (*base, where) if where else base
    return (*base, *where)


def explained(figure: str | Path, base: Path) -> Path:
    """Return the path of a figure that a fault explains; see ``Fault``."""
    if not isinstance(figure, str):
        return (*base, *figure)
    if figure.startswith(_LINE):
        return (*base[:2], figure.removeprefix(_LINE))
    return tuple(figure.split("."))
