"""A figure that a document states, or should state, beside the one that its formula gives."""

from dataclasses import dataclass
from decimal import Decimal

from cuadre.engine.computation import Addend, Computation
from cuadre.engine.decimals import EXACT
from cuadre.engine.formula import Formula
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Line
from cuadre.engine.model.scalars import Path
from cuadre.engine.rounding import Rounding
from cuadre.engine.source import format_path


@dataclass(frozen=True, slots=True)
class Trace:
    """How a figure came about, as data."""

    path: str
    formula: str
    expression: str
    inputs: tuple[Addend, ...]
    exact: Decimal
    rounding: Rounding
    value: Decimal
    stated: Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated figure and the exact one; the numbers that lead to it are looked up when asked for."""

    path: Path
    stated: Decimal | None
    exact: Decimal
    formula: Formula | Computation
    rounding: Rounding
    part: Aggregate
    """The part of the document that the formula is about."""
    base: Path
    """The path of that part."""
    line: Line | None = None
    """The line around it."""

    @property
    def name(self) -> str:
        """The path without positions: ``lines.tax_totals.tax_amount``."""
        return ".".join([step for step in self.path if type(step) is str])

    @property
    def value(self) -> Decimal:
        """The exact value rounded to the regime's places."""
        return self.rounding(self.exact)

    @property
    def is_product(self) -> bool:
        """Whether it is a product, which is rounded, and not a sum of figures that are rounded already."""
        formula = self.formula
        return formula.is_product if isinstance(formula, Formula) else bool(formula.factors)

    @property
    def differs(self) -> bool:
        """Whether the stated figure is another: for a product after rounding, for a sum to the last digit."""
        if self.stated == self.exact:
            return False
        return not (self.is_product and self.stated == self.value)

    @property
    def is_stated(self) -> bool:
        """Whether the stated figure is the exact one, rounded to as many decimals as it is written with."""
        stated = self.stated
        if stated is None:
            return False
        places = max(self.rounding.places, -int(stated.as_tuple().exponent))
        return Rounding(self.rounding.mode, places)(self.exact) == stated

    @property
    def difference(self) -> Decimal | None:
        """Stated minus computed: positive is too much. None where nothing is stated."""
        return None if self.stated is None else EXACT.subtract(self.stated, self.value)

    @property
    def computation(self) -> Computation:
        """The formula with the document's numbers and their paths."""
        formula = self.formula
        return formula.at(self.part, self.base, self.line) if isinstance(formula, Formula) else formula

    def trace(self) -> Trace:
        """Say how the figure came about."""
        computation = self.computation
        return Trace(
            path=format_path(self.path),
            formula=computation.text,
            expression=computation.expression(),
            inputs=tuple(computation.inputs()),
            exact=self.exact,
            rounding=self.rounding,
            value=self.value,
            stated=self.stated,
        )
