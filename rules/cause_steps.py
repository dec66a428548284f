"""The ways to look for a likely cause, the simplest first: all amounts of a term, one, several terms, two."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import TaxSubtotal
from cuadre.engine.rounding import Rounding
from cuadre.engine.totals import Totals
from cuadre.rules.cause_amounts import Part, line_taxes
from cuadre.rules.cause_groups import Group, Groups
from cuadre.rules.likely_causes import UsualMistake

_ZERO = Decimal(0)


class Difference(NamedTuple):
    """What is to be explained, and how exactly."""

    figure: Figure
    exact: Decimal
    """What is computed, by the official formula or by another."""
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


Step = Callable[[Sequence[UsualMistake], Groups, Difference], Iterator[Found]]


def steps(figure: Figure, stated: Decimal, totals: Totals) -> Iterator[tuple[Step, Difference]]:
    """List the ways to look for a cause, the simplest first, each with a difference to look for."""
    mode, places = figure.rounding.mode, figure.rounding.places
    written = Rounding(mode, max(places, -int(stated.as_tuple().exponent)))
    official = Difference(figure, figure.exact, stated, written)
    for difference in (official, *_accepted(official, totals)):
        for step in (_all_of_one_term, _one_amount, _one_amount_of_a_line, _all_of_several_terms):
            yield step, difference
    yield _two_amounts, official
    if stated == stated.to_integral_value():
        in_units = official._replace(rounding=Rounding(mode, 0))
        yield _all_of_one_term, in_units
        yield _all_of_several_terms, in_units


def _accepted(official: Difference, totals: Totals) -> Iterator[Difference]:
    """List what the other formulas give that the authority accepts for a figure."""
    figure = official.figure
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


def _all_of_one_term(rows: Sequence[UsualMistake], groups: Groups, difference: Difference) -> Iterator[Found]:
    one = [row for row in rows if len(row.terms) == 1 and row.take != "part"]
    return _all(one, groups, difference)


def _all_of_several_terms(
    rows: Sequence[UsualMistake], groups: Groups, difference: Difference
) -> Iterator[Found]:
    return _all([row for row in rows if len(row.terms) > 1], groups, difference)


def _all(rows: Sequence[UsualMistake], groups: Groups, difference: Difference) -> Iterator[Found]:
    for row in rows:
        totals = [(term.sign, groups.of(term, difference.figure).total) for term in row.terms]
        amount = sum([total if sign == "+" else -total for sign, total in totals], _ZERO)
        if all(total for _, total in totals) and difference.is_made_by(amount):
            yield Found(row)


def _one_amount(rows: Sequence[UsualMistake], groups: Groups, difference: Difference) -> Iterator[Found]:
    return _one([row for row in rows if row.take == "some"], groups, difference)


def _one_amount_of_a_line(
    rows: Sequence[UsualMistake], groups: Groups, difference: Difference
) -> Iterator[Found]:
    return _one([row for row in rows if row.take == "part"], groups, difference)


def _one(rows: Sequence[UsualMistake], groups: Groups, difference: Difference) -> Iterator[Found]:
    for row, group, low, high in _searched(rows, groups, difference):
        near = group.near(low, high)
        if len(near) == 1 and group.is_distinctive(near[0]):
            first, *others = group.positions(near[0])
            yield Found(row, (first,), bool(others))


def _two_amounts(rows: Sequence[UsualMistake], groups: Groups, difference: Difference) -> Iterator[Found]:
    for row, group, low, high in _searched(rows, groups, difference):
        if group.has_distinctive_pairs:
            groups.looked_at += len(group.values) ** 2 // 2
            pairs = group.pairs(low, high)
            if len(pairs) == 1:
                yield Found(row, pairs[0])


def _searched(
    rows: Sequence[UsualMistake], groups: Groups, difference: Difference
) -> Iterator[tuple[UsualMistake, Group, Decimal, Decimal]]:
    """List the rows of which a part may make the difference, and between what its sum must be."""
    for row in rows:
        if row.take != "all":
            (term,) = row.terms
            target = difference.target if term.sign == "+" else -difference.target
            group = groups.of(term, difference.figure)
            yield row, group, target - difference.half, target + difference.half
