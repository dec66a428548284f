"""What a rule is: a row of a catalogue, and a check that finds faults in a part of a document."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from cuadre.engine.computation import Computation
from cuadre.engine.figures import Figure
from cuadre.engine.findings import Severity, Value
from cuadre.engine.formula import Formula
from cuadre.engine.line_taxes import Members, by_tax
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.numbering import NumberingResolution
from cuadre.engine.secrets import Secrets
from cuadre.engine.totals import Totals

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a catalogue, for one kind of document."""

    code: str
    rule: str
    """The code without the letter of the document's kind: AU14 for FAU14, CAU14 and DAU14."""
    severity: Severity
    element: str
    group: str
    title: dict[str, str]
    advice: dict[str, str]
    condition: str
    """What must hold, in UBL's names; empty where the formula of a figure says it."""
    figure: str
    """The figure that it judges, by its name; empty where it judges no figure."""
    fix: str
    """``safe`` where ``check --fix`` may write what it expects, ``unsafe`` where only ``--unsafe-fixes``
    does, and empty where nothing does."""
    basis: str
    source: str
    kind: str
    pack: str


class Fault(NamedTuple):
    """What a check returns where a part breaks its rule."""

    where: str | Path
    """A field of the part, or a path below it; empty for the part itself."""
    message_key: str
    stated: Value = None
    expected: Value = None
    detail: str | None = None
    formula: Formula | Computation | None = None
    """What gives ``expected``: a formula of the part, or a computation with its numbers."""
    severity: Severity | None = None
    """Where it is milder than the rule's own."""
    explains: Sequence[str | Path] = ()
    """Figures that are wrong because of this: a text is a path from the document, or from the line as
    ``line.…``; a path is below the part, as ``where`` is."""
    fix: Decimal | None = None
    """What to write at ``where``, if that is known and ``expected`` does not say it."""


class Context:
    """What a check may look at besides the part that it judges."""

    def __init__(
        self,
        document: Document,
        totals: Totals,
        today: dt.date | None,
        secrets: Secrets,
        numbering: Sequence[NumberingResolution] = (),
    ) -> None:
        self.document = document
        self.totals = totals
        self.today = today
        self.secrets = secrets
        self.numbering = numbering
        self._found: dict[object, Any] = {}

    def once(self, find: Callable[["Context"], T]) -> T:
        """Return what ``find`` makes of this context: found once for all the checks that need it."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    @cached_property
    def line_taxes(self) -> dict[str | None, dict[Decimal | None, Members]]:
        """The lines' taxes, by tax and percentage (None: an amount per unit)."""
        return by_tax(self.totals.line_taxes["tax_totals"])

    @cached_property
    def line_withholdings(self) -> dict[str | None, dict[Decimal | None, Members]]:
        """The lines' withholdings, by tax and percentage."""
        return by_tax(self.totals.line_taxes["withholding_tax_totals"])


FaultsOf = Fault | Iterable[Fault] | None
"""What a check finds."""
Check = Callable[[Any, Context], FaultsOf]
"""Judges one part of a document."""
Explainer = Callable[[Figure, Context], Fault | None]
"""Looks at a figure that differs from the computed one, and may say why; the fault has a whole path."""
SeverityOverride = Callable[[Figure], Severity | None]
"""Says of a wrong figure that its rule is milder here than it is elsewhere."""
