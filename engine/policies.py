"""Rounding policies side by side: round every figure and add, or add and round once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import RoundingError
from cuadre.engine.modes import MODES, Number, Rounding, as_decimal


class Policy(NamedTuple):
    """A named way to reach a total: round every figure and add, or add and round once."""

    rounding: Rounding
    per: Literal["line", "document"]

    @property
    def name(self) -> str:
        """The policy's name, such as ``half_even per line``."""
        return f"{self.rounding.mode} per {self.per}"

    def total(self, figures: Iterable[Decimal]) -> Decimal:
        """Add exact ``figures`` under this policy."""
        if self.per == "line":
            figures = [self.rounding(figure) for figure in figures]
        exact = Decimal(0)
        try:
            for figure in figures:
                exact = EXACT.add(exact, figure)
        except ArithmeticError:
            sentence = "the sum cannot be held exactly: over 120 digits, or a figure that is not finite"
            raise RoundingError(sentence, policy=self.name) from None
        return self.rounding(exact)


def policies(places: int = 2) -> tuple[Policy, ...]:
    """List every named policy at ``places`` decimals, the most used first.

    >>> [policy.name for policy in policies()][:3]
    ['half_up per line', 'half_up per document', 'half_even per line']
    """
    pers: tuple[Literal["line", "document"], ...] = ("line", "document")
    return tuple(Policy(Rounding(mode, places), per) for mode in MODES for per in pers)


class PolicyResult(NamedTuple):
    """The total of the same figures under one policy."""

    policy: Policy
    total: Decimal


def compare_policies(
    figures: Iterable[Number], candidates: Sequence[Policy] | None = None
) -> tuple[PolicyResult, ...]:
    """Total the same exact ``figures`` under several policies (all of them at 2 places by default).

    >>> for policy, total in compare_policies(["0.125", "0.125"])[:4]:
    ...     print(policy.name, total)
    half_up per line 0.26
    half_up per document 0.25
    half_even per line 0.24
    half_even per document 0.25
    """
    exact = [as_decimal(figure) for figure in figures]
    return tuple(PolicyResult(policy, policy.total(exact)) for policy in candidates or policies())
