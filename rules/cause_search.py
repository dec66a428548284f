"""Search the amounts of a document for those that a wrong total is wrong by: bounded, and only there."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import cached_property
from typing import NamedTuple

from cuadre.engine.computation import Addend, Sign
from cuadre.engine.decimals import EXACT
from cuadre.engine.figures import Figure
from cuadre.engine.findings import LikelyCause
from cuadre.engine.model.document import TaxSubtotal
from cuadre.engine.rounding import Rounding
from cuadre.engine.totals import Totals
from cuadre.rules.cause_amounts import Amounts, Part, line_taxes
from cuadre.rules.cause_text import cause_text
from cuadre.rules.likely_causes import Term, UsualMistake, usual_mistakes

MAX_FIGURES = 32
"""No more figures of one document are explained."""
MAX_PAIRED = 40
"""Two amounts together are looked for among no more than these."""
_ZERO = Decimal(0)
_OPPOSITE: Mapping[Sign, Sign] = {"+": "-", "-": "+"}
_CENTS = 2
_FEW = 3
"""So many amounts are told apart however round they are."""
# Of random differences that are as round as an amount, it may be taken for the cause of one in so many.
_ONE_IN = 50
_ROUND_IN = 10
_PAIR_IN = 20


class Difference(NamedTuple):
    """What is to be explained, and how exactly."""

    exact: Decimal
    """The computed figure."""
    stated: Decimal
    rounding: Rounding
    accepted: Sequence[Part] = ()
    """What is in the computed figure besides the terms of the official formula."""

    @property
    def target(self) -> Decimal:
        """Stated less computed."""
        return self.stated - self.exact

    @property
    def half(self) -> Decimal:
        """Half a unit of the last place that counts."""
        return Decimal(5).scaleb(-self.rounding.places - 1)

    def is_made_by(self, amount: Decimal) -> bool:
        """Tell whether the computed figure plus an amount is the stated one when it is rounded."""
        return self.rounding(self.exact + amount) == self.stated


class Found(NamedTuple):
    """Amounts that make the difference: the positions of one term, or all of every term."""

    mistake: UsualMistake
    positions: tuple[int, ...] | None = None
    others: bool = False


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

    def near(self, low: Decimal, high: Decimal) -> Sequence[Decimal]:
        """List the different amounts from ``low`` to ``high``."""
        return self.sizes[bisect_left(self.sizes, low) : bisect_right(self.sizes, high)]

    def positions(self, value: Decimal) -> list[int]:
        """Find where an amount is."""
        return [index for index, one in enumerate(self.values) if one == value]


class CauseSearch:
    """Explains the wrong totals of one document; what it gathers it gathers once."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals
        self.left = MAX_FIGURES
        self.looked_at = 0
        """How many amounts and sums were compared."""
        self._groups: dict[str, Group] = {}

    def likely_cause(self, figure: Figure) -> LikelyCause | None:
        """Name the usual mistake that makes a figure wrong by just as much; None where none or several do."""
        rows = usual_mistakes(self.totals.document.country).get(figure.name, ())
        if not rows or figure.stated is None or not self.left:
            return None
        if not figure.stated:
            # What lacks all lacks no part.
            rows = [row for row in rows if row.take != "part"]
        self.left -= 1
        with localcontext(EXACT):
            groups = _Groups(self, figure)
            for search, difference in _steps(figure, figure.stated, self.totals):
                found = list(search(rows, groups, difference))
                names = {one.mistake.name for one in found}
                if names:
                    return _said(found[0], groups, difference) if len(names) == 1 else None
        return None

    def group(self, term: Term, figure: Figure) -> Group:
        """Return the amounts of a term."""
        if term.of_figure:
            return self._made(term, figure)
        if term.written not in self._groups:
            self._groups[term.written] = self._made(term, figure)
        return self._groups[term.written]

    def _made(self, term: Term, figure: Figure) -> Group:
        group = Group(term.source(figure, self.totals))
        self.looked_at += len(group.values)
        return group


class _Groups:
    """The amounts for one figure."""

    def __init__(self, search: CauseSearch, figure: Figure) -> None:
        self.search = search
        self.figure = figure
        self._made: dict[str, Group] = {}

    def of(self, term: Term) -> Group:
        if term.written not in self._made:
            self._made[term.written] = self.search.group(term, self.figure)
        return self._made[term.written]


Step = Callable[[Sequence[UsualMistake], _Groups, Difference], Iterator[Found]]


def _steps(figure: Figure, stated: Decimal, totals: Totals) -> Iterator[tuple[Step, Difference]]:
    """List the ways to look for a cause, the simplest first."""
    mode, places = figure.rounding.mode, figure.rounding.places
    written = Rounding(mode, max(places, -int(stated.as_tuple().exponent)))
    official = Difference(figure.exact, stated, written)
    for difference in (official, *_accepted(official, figure, totals)):
        for step in (_all_of_one_term, _one_amount, _one_amount_of_a_line, _all_of_several_terms):
            yield step, difference
    yield _two_amounts, official
    if stated == stated.to_integral_value():
        in_units = official._replace(rounding=Rounding(mode, 0))
        yield _all_of_one_term, in_units
        yield _all_of_several_terms, in_units


def _accepted(official: Difference, figure: Figure, totals: Totals) -> Iterator[Difference]:
    """List what the other formulas give that the authority accepts for a figure."""
    if isinstance(figure.part, TaxSubtotal):
        exact = sum(line_taxes(figure, totals).values, _ZERO)
        if exact and totals.regime.tolerance(figure).agrees(exact, figure.exact):
            yield official._replace(exact=exact)
    for total in totals.regime.totals:
        if total.name == figure.path[-1] and not figure.base:
            terms = figure.computation.addends
            for formula in total.formulas:
                other = formula.exact(totals.document)
                if other is not None and other != figure.exact:
                    besides = [one for one in formula.at(totals.document, ()).addends if one not in terms]
                    yield official._replace(exact=other, accepted=besides)


def _all_of_one_term(
    rows: Sequence[UsualMistake], groups: _Groups, difference: Difference
) -> Iterator[Found]:
    one = [row for row in rows if len(row.terms) == 1 and row.take != "part"]
    return _all(one, groups, difference)


def _all_of_several_terms(
    rows: Sequence[UsualMistake], groups: _Groups, difference: Difference
) -> Iterator[Found]:
    return _all([row for row in rows if len(row.terms) > 1], groups, difference)


def _all(rows: Sequence[UsualMistake], groups: _Groups, difference: Difference) -> Iterator[Found]:
    for row in rows:
        totals = [(term.sign, groups.of(term).total) for term in row.terms]
        amount = sum([total if sign == "+" else -total for sign, total in totals], _ZERO)
        if all(total for _, total in totals) and difference.is_made_by(amount):
            yield Found(row)


def _one_amount(rows: Sequence[UsualMistake], groups: _Groups, difference: Difference) -> Iterator[Found]:
    return _one([row for row in rows if row.take == "some"], groups, difference)


def _one_amount_of_a_line(
    rows: Sequence[UsualMistake], groups: _Groups, difference: Difference
) -> Iterator[Found]:
    return _one([row for row in rows if row.take == "part"], groups, difference)


def _one(rows: Sequence[UsualMistake], groups: _Groups, difference: Difference) -> Iterator[Found]:
    for row, group, target in _searched(rows, groups, difference):
        near = group.near(target - difference.half, target + difference.half)
        groups.search.looked_at += len(near)
        if len(near) == 1 and group.is_distinctive(near[0]):
            first, *others = group.positions(near[0])
            yield Found(row, (first,), bool(others))


def _two_amounts(rows: Sequence[UsualMistake], groups: _Groups, difference: Difference) -> Iterator[Found]:
    for row, group, target in _searched(rows, groups, difference):
        if not group.has_distinctive_pairs:
            continue
        values = group.values
        pairs = [
            (index, second)
            for second, value in enumerate(values)
            for index in range(second)
            if value and values[index] and abs(values[index] + value - target) <= difference.half
        ]
        groups.search.looked_at += len(values) * (len(values) - 1) // 2
        if len(pairs) == 1:
            yield Found(row, pairs[0])


def _searched(
    rows: Sequence[UsualMistake], groups: _Groups, difference: Difference
) -> Iterator[tuple[UsualMistake, Group, Decimal]]:
    """List the rows of which some amounts may make the difference, with the sum that they must have."""
    for row in rows:
        if row.take != "all":
            (term,) = row.terms
            target = difference.target if term.sign == "+" else -difference.target
            yield row, groups.of(term), target


def _said(found: Found, groups: _Groups, difference: Difference) -> LikelyCause:
    amounts = []
    for term in found.mistake.terms:
        parts = groups.of(term).parts()
        chosen = range(len(parts)) if found.positions is None else found.positions
        for sign, path, value in [part for index in chosen for part in parts[index]]:
            if value:
                amounts.append(Addend(sign if term.sign == "+" else _OPPOSITE[sign], path, value))
    accepted = tuple([Addend(*part) for part in difference.accepted if part[2]])
    name = found.mistake.name
    text = cause_text(name, amounts, accepted, others=found.others)
    return LikelyCause(name, text, tuple(amounts), accepted)
