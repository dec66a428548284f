"""The amounts that a likely cause may consist of, where a path of the document does not say them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from cuadre.engine.computation import Sign
from cuadre.engine.figures import Figure
from cuadre.engine.line_taxes import path_of
from cuadre.engine.model.document import Document, Line, TaxSubtotal, rate_of
from cuadre.engine.model.scalars import Path
from cuadre.engine.selectors import Filter, Selector
from cuadre.engine.totals import Totals

Part = tuple[Sign, Path, Decimal]
_ZERO = Decimal(0)
_PLUS: Sign = "+"


class Amounts(NamedTuple):
    """Amounts of a document, one for each part that may be meant."""

    values: Sequence[Decimal]
    parts: Callable[[], Sequence[Sequence[Part]]]
    """What each value consists of; paths are built only where a value explains a difference."""


Source = Callable[[Figure, Totals], Amounts]
"""Finds the amounts for a wrong figure."""


def is_free(line: Line) -> bool:
    """Tell whether a line is a gift: it has a reference price and no value."""
    return line.pricing_reference is not None and not line.line_extension_amount


def _only(test: Callable[[Any], bool]) -> Filter:
    return lambda members: [one for one in members if test(one)]


FILTERS: Mapping[str, Filter] = {
    "free": _only(is_free),
    "untaxed": _only(lambda line: not line.tax_totals and not is_free(line)),
    "zero_rated": _only(lambda part: part.percent is not None and not part.percent),
}
"""Which lines, or which subtotals, a path of ``likely_causes.csv`` takes."""


def selected(path: str) -> Source:
    """Take the values at a path of the document."""
    selector = Selector(Document, path, FILTERS)

    def amounts(figure: Figure, totals: Totals) -> Amounts:
        del figure
        document = totals.document
        return Amounts(
            [value or _ZERO for value in selector.values(document)],
            lambda: [[(_PLUS, where, value or _ZERO)] for where, value in selector.located(document)],
        )

    return amounts


def terms(figure: Figure, totals: Totals) -> Amounts:
    """Take the terms of the figure's own sum."""
    del totals
    return _singles([(path, value) for _, path, value in figure.computation.addends])


def line_taxes(figure: Figure, totals: Totals) -> Amounts:
    """Take what each line has of a tax of the document at the rate of the figure."""
    return _singles(_of_lines(figure, totals, "tax_amount"))


def free_line_taxes(figure: Figure, totals: Totals) -> Amounts:
    """Take what each free line has of a tax of the document at the rate of the figure."""
    return _singles(_of_free_lines(figure, totals, "tax_amount"))


def free_line_bases(figure: Figure, totals: Totals) -> Amounts:
    """Take the base that each free line has at the rate of the figure."""
    return _singles(_of_free_lines(figure, totals, "taxable_amount"))


def _of_lines(figure: Figure, totals: Totals, field: str) -> Iterator[tuple[Path, Decimal | None]]:
    if isinstance(figure.part, TaxSubtotal):
        group = str(figure.path[0])
        for place, part in totals.line_taxes[group].get(rate_of(figure.part), []):
            yield path_of(group, place, field), getattr(part, field)


def _of_free_lines(figure: Figure, totals: Totals, field: str) -> list[tuple[Path, Decimal | None]]:
    lines = totals.document.lines
    return [one for one in _of_lines(figure, totals, field) if is_free(lines[int(one[0][1])])]


def lines_with_taxes(figure: Figure, totals: Totals) -> Amounts:
    """Take each line's value together with its taxes."""
    del figure
    lines = totals.document.lines

    def parts() -> list[list[Part]]:
        return [
            [(_PLUS, ("lines", index, "line_extension_amount"), line.line_extension_amount or _ZERO)]
            + [
                (_PLUS, ("lines", index, "tax_totals", inner, "tax_amount"), tax.tax_amount or _ZERO)
                for inner, tax in enumerate(line.tax_totals)
            ]
            for index, line in enumerate(lines)
        ]

    return Amounts([with_taxes(line) for line in lines], parts)


def with_taxes(line: Line) -> Decimal:
    """Add a line's value and its taxes."""
    taxes = [tax.tax_amount or _ZERO for tax in line.tax_totals]
    return sum(taxes, line.line_extension_amount or _ZERO)


def reference_values(figure: Figure, totals: Totals) -> Amounts:
    """Take the value that each free line would have: reference price × quantity."""
    del figure
    found = []
    for index, line in enumerate(totals.document.lines):
        price = line.pricing_reference.price_amount if line.pricing_reference else None
        if is_free(line) and price is not None and line.quantity is not None:
            value = totals.regime.rounding(price * line.quantity)
            found.append((("lines", index, "pricing_reference", "price_amount"), value))
    return _singles(found)


def tax_of_discounts(figure: Figure, totals: Totals) -> Amounts:
    """Take the tax that each discount of the document would have at the figure's rate."""
    percent = figure.part.percent if isinstance(figure.part, TaxSubtotal) else None
    if not percent:
        return _singles([])
    rate = percent.scaleb(-2)
    discounts = Selector(Document, "allowance_charges[false].amount").located(totals.document)
    return _singles([(path, (value or _ZERO) * rate) for path, value in discounts])


def _singles(found: Iterable[tuple[Path, Decimal | None]]) -> Amounts:
    some = [(path, value or _ZERO) for path, value in found]
    return Amounts([value for _, value in some], lambda: [[(_PLUS, *one)] for one in some])
