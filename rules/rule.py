"""What a rule is: a row of a catalogue, and a function of a few lines or a row of a table of checks."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from cuadre.engine.figures import Figure, Formula
from cuadre.engine.findings import Severity, Value
from cuadre.engine.line_taxes import Members, by_tax
from cuadre.engine.model.document import Document, Line
from cuadre.engine.model.scalars import Path
from cuadre.engine.secrets import Secrets
from cuadre.engine.totals import Totals


class Rule(NamedTuple):
    """A row of a catalogue, for one kind of document."""

    code: str
    rule: str
    severity: Severity
    element: str
    group: str
    title: dict[str, str]
    advice: dict[str, str]
    formula: str
    basis: str
    source: str
    kind: str


class Fault(NamedTuple):
    """What a check returns where the document breaks its rule."""

    path: Path
    message_key: str
    stated: Value = None
    expected: Value = None
    detail: str | None = None
    formula: Formula | None = None
    severity: Severity | None = None
    """Where it is milder than the rule's own."""
    explains: tuple[Path, ...] = ()
    """Figures that are wrong because of this, and need no fix of their own."""


_EXPORT = "02"


class Context:
    """What a check may look at besides the part that it judges."""

    def __init__(self, document: Document, totals: Totals, today: dt.date | None, secrets: Secrets) -> None:
        self.document = document
        self.totals = totals
        self.today = today
        self.secrets = secrets

    @cached_property
    def is_export(self) -> bool:
        """Whether the document is an export invoice (table 13.1.3 of annex 1.9)."""
        return self.document.type_code == _EXPORT

    @cached_property
    def line_taxes(self) -> dict[str | None, dict[Decimal | None, Members]]:
        """The lines' taxes, by tax and percentage (None: an amount per unit)."""
        return by_tax(self.totals.line_taxes["tax_totals"])

    @cached_property
    def line_withholdings(self) -> dict[str | None, dict[Decimal | None, Members]]:
        """The lines' withholdings, by tax and percentage."""
        return by_tax(self.totals.line_taxes["withholding_tax_totals"])


Check = Callable[[Any, Path, Context], Fault | Iterable[Fault] | None]
"""Judges one part of a document: takes the part, its path and the context."""
Lens = Callable[[Figure, Context], Fault | None]
"""Looks at a figure that differs from the computed one, and may say why."""


def check(rule: str, at: str) -> Callable[[Check], Check]:
    """Register a function as the check of ``rule`` at every part named ``at`` (see parts.py)."""

    def register(function: Check) -> Check:
        checks: list[tuple[str, str]] = function.__dict__.setdefault("checks", [])
        checks.insert(0, (rule, at))
        return function

    return register


Glance = Callable[[Line, Context], bool]
"""Tells at little cost that no check of its pack has anything against a line, or what is in it."""


def glance(function: Glance) -> Glance:
    """Register a function that is asked about every line before the checks are."""
    function.__dict__["glance"] = True
    return function


Judgement = Callable[[Figure], Severity | None]
"""Says of a wrong figure that its rule is milder here than it is elsewhere."""


def milder(rule: str) -> Callable[[Judgement], Judgement]:
    """Register a function that may soften what ``rule`` says of a figure."""

    def register(function: Judgement) -> Judgement:
        function.__dict__["milder"] = rule
        return function

    return register


def lens(rule: str) -> Callable[[Lens], Lens]:
    """Register a function that is asked about every figure that differs from the computed one."""

    def register(function: Lens) -> Lens:
        function.__dict__["lens"] = rule
        return function

    return register
