"""A computed figure and its trace: the formula, every input with its place, the value before rounding."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.scalars import Path, format_amount
from cuadre.engine.rounding import Rounding
from cuadre.engine.source import format_path

Sign = Literal["+", "-"]
_SHOWN_INPUTS = 8


class Operand(NamedTuple):
    """A stated figure that enters a formula."""

    path: Path
    value: Decimal


class Addend(NamedTuple):
    """A stated figure that is added or subtracted."""

    sign: Sign
    path: Path
    value: Decimal


class Formula(NamedTuple):
    """``factors`` multiplied × 10^``shift``, then ``addends`` added or subtracted.

    Every figure of an invoice has this form; ``text`` says which, in UBL's names.
    """

    text: str
    factors: Sequence[tuple[Path, Decimal]] = ()
    shift: int = 0
    addends: Sequence[tuple[Sign, Path, Decimal]] = ()

    def exact(self) -> Decimal:
        """Evaluate without losing a digit; the caller's context must be EXACT."""
        if self.factors:
            (_, result), *rest = self.factors
            for _, value in rest:
                result *= value
            if self.shift:
                result = result.scaleb(self.shift)
        else:
            result = _ZERO
        for sign, _, value in self.addends:
            if sign == "+":
                result += value
            else:
                result -= value
        return result

    def inputs(self) -> Iterator[Addend]:
        """List every input once, in the order of the formula; factors count as ``+``."""
        for path, value in self.factors:
            yield Addend("+", path, value)
        for addend in self.addends:
            yield Addend(*addend)

    def expression(self, most: int | None = _SHOWN_INPUTS) -> str:
        """Write the formula with its numbers, as ``119.00 − 10.00 + 0.00``; long sums are cut to ``most``."""
        parts = [" × ".join(_parenthesised(value) for _, value in self.factors)] if self.factors else []
        if self.shift and parts:
            parts[0] += f" / {10**-self.shift}"
        shown = self.addends if most is None or len(self.addends) <= most else self.addends[: most - 1]
        for sign, _, value in shown:
            mark = {"+": "+", "-": "−"}[sign]
            parts.append(f"{mark} {_parenthesised(value)}" if parts or sign == "-" else _parenthesised(value))
        if len(shown) < len(self.addends):
            parts.append(f"+ … ({len(self.addends)} terms)")
        return " ".join(parts) or "0"


_ZERO = Decimal(0)


def _parenthesised(value: Decimal) -> str:
    text = format_amount(value)
    return f"({text.replace('-', '−')})" if value.is_signed() else text


class Trace(NamedTuple):
    """How a figure came about, as data."""

    path: str
    formula: str
    expression: str
    inputs: tuple[Addend, ...]
    exact: Decimal
    rounding: Rounding
    value: Decimal
    stated: Decimal | None


class Figure(NamedTuple):
    """A figure that a document states, or should state, beside the one that its parts give."""

    path: Path
    stated: Decimal | None
    exact: Decimal
    formula: Formula
    rounding: Rounding
    subject: object = None
    """The part of the document that the figure belongs to."""

    @property
    def kind(self) -> str:
        """The path without positions: ``lines.tax_totals.tax_amount``."""
        return ".".join([step for step in self.path if type(step) is str])

    @property
    def value(self) -> Decimal:
        """The exact value rounded to the regime's places."""
        return self.rounding(self.exact)

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

    def trace(self) -> Trace:
        """Tell how the figure came about."""
        formula = self.formula
        return Trace(
            path=format_path(self.path),
            formula=formula.text,
            expression=formula.expression(),
            inputs=tuple(formula.inputs()),
            exact=self.exact,
            rounding=self.rounding,
            value=self.value,
            stated=self.stated,
        )
