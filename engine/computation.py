"""A formula with its numbers: every input with its path, as findings and traces show it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from cuadre.engine.model.scalars import Path, format_amount
from cuadre.engine.texts import in_language, say

Sign = Literal["+", "-"]
_SHOWN_INPUTS = 8
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure that is added or subtracted; factors count as ``+``."""

    sign: Sign
    path: Path
    value: Decimal


class Computation(NamedTuple):
    """``factors`` multiplied × 10^``shift``, then ``addends`` added or subtracted."""

    text: str
    """The formula in UBL's names."""
    factors: Sequence[tuple[Path, Decimal]] = ()
    shift: int = 0
    addends: Sequence[tuple[Sign, Path, Decimal]] = ()

    def exact(self) -> Decimal:
        """Compute without losing a digit; the caller's context must be EXACT."""
        result = _ZERO
        if self.factors:
            (_, result), *rest = self.factors
            for _, value in rest:
                result *= value
            if self.shift:
                result = result.scaleb(self.shift)
        for sign, _, value in self.addends:
            result = result + value if sign == "+" else result - value
        return result

    def inputs(self) -> Iterator[Addend]:
        """List every input once, in the order of the formula."""
        for path, value in self.factors:
            yield Addend("+", path, value)
        for sign, path, value in self.addends:
            yield Addend(sign, path, value)

    def expression(self, most: int | None = _SHOWN_INPUTS) -> str:
        """Write the numbers, as ``119.00 − 10.00 + 0.00``; a sum longer than ``most`` terms is cut."""
        parts = [" × ".join([_in_parentheses(value) for _, value in self.factors])] if self.factors else []
        if self.shift and parts:
            parts[0] += f" / {10**-self.shift}"
        shown = self.addends if most is None or len(self.addends) <= most else self.addends[: most - 1]
        for sign, _, value in shown:
            mark = "−" if sign == "-" else "+"
            number = _in_parentheses(value)
            parts.append(f"{mark} {number}" if parts or sign == "-" else number)
        text = " ".join(parts) or "0"
        count = len(self.addends)
        return text if len(shown) == count else say("cuadre.engine:more_terms", shown=text, count=count)


def write_expression(expression: str, language: str, write: Callable[[Decimal], str]) -> str:
    """Say an expression in a language, with its numbers as ``write`` writes them."""
    said = in_language(expression, language)
    return said if write is format_amount else _NUMBER.sub(lambda number: write(Decimal(number[0])), said)


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _in_parentheses(value: Decimal) -> str:
    """Write a number, a negative one in parentheses."""
    text = format_amount(value)
    return f"({text.replace('-', '−')})" if value.is_signed() else text
