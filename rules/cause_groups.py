"""The amounts of one term of a likely cause, by size, and whether one or two of them are told apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from cuadre.engine.decimals import EXACT
from cuadre.engine.figures import Figure
from cuadre.engine.totals import Totals
from cuadre.rules.cause_amounts import Amounts
from cuadre.rules.likely_causes import Term

MAX_PAIRED = 40
"""Two amounts together are looked for among no more than these."""
_ZERO = Decimal(0)
_CENTS = 2
_FEW = 3
"""So many amounts are told apart however round they are."""
# Of random differences that are as round as an amount, it may be taken for the cause of one in so many.
_ONE_IN = 50
_ROUND_IN = 10
_PAIR_IN = 20


class Group:
    """The amounts of a term, in order of size once they are searched."""

    def __init__(self, amounts: Amounts) -> None:
        self.values = amounts.values
        self.parts = amounts.parts
        self.total = sum(amounts.values, _ZERO)

    @cached_property
    def sizes(self) -> list[Decimal]:
        """The different amounts, the smallest first."""
        return sorted({value for value in self.values if value})

    @cached_property
    def top(self) -> Decimal:
        """The largest amount, without its sign."""
        return max(map(abs, self.sizes), default=_ZERO)

    def is_distinctive(self, value: Decimal) -> bool:
        """Tell whether few amounts, for the range that they are in, are as round as ``value``."""
        if len(self.sizes) * _ONE_IN > self.top.scaleb(_CENTS):
            return False
        step = Decimal(1).scaleb(max(-_CENTS, int(value.normalize(EXACT).as_tuple().exponent)))
        count = sum([not one % step for one in self.sizes])
        return count <= _FEW or count * step * _ROUND_IN <= self.top

    @cached_property
    def has_distinctive_pairs(self) -> bool:
        """Whether there are few sums of two for the range that they are in; round amounts have many."""
        count = len(self.values)
        if not 3 <= count <= MAX_PAIRED:  # noqa: PLR2004 - of two, both are all
            return False
        # The coarsest power of ten that all are multiples of.
        exponents = [value.normalize(EXACT).as_tuple().exponent for value in self.sizes]
        places = max(-_CENTS, min([int(one) for one in exponents], default=0))
        return count * (count - 1) // 2 * _PAIR_IN <= 2 * self.top.scaleb(-places)

    def pairs(self, low: Decimal, high: Decimal) -> list[tuple[int, int]]:
        """Find the positions of every two amounts whose sum is from ``low`` to ``high``."""
        values = self.values
        return [
            (first, second)
            for second, value in enumerate(values)
            for first in range(second)
            if value and values[first] and low <= values[first] + value <= high
        ]

    def near(self, low: Decimal, high: Decimal) -> Sequence[Decimal]:
        """List the different amounts from ``low`` to ``high``."""
        return self.sizes[bisect_left(self.sizes, low) : bisect_right(self.sizes, high)]

    def positions(self, value: Decimal) -> list[int]:
        """Find where an amount is."""
        return [index for index, one in enumerate(self.values) if one == value]


class Groups:
    """The groups of a document: each is made once, or for each figure where it depends on that."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals
        self.looked_at = 0
        """How many amounts were gathered, and sums of two compared."""
        self._made: dict[str, tuple[Figure, Group]] = {}

    def of(self, term: Term, figure: Figure) -> Group:
        """Return the amounts of a term for a figure."""
        made = self._made.get(term.written)
        if made is not None and (made[0] is figure or not term.of_figure):
            return made[1]
        group = Group(term.source(figure, self.totals))
        self.looked_at += len(group.values)
        self._made[term.written] = figure, group
        return group
