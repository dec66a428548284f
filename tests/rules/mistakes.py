"""The usual mistakes that real systems make in a total, each made in documents by seed."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from cuadre.engine.model.document import Document, Line, TaxTotal
from cuadre.engine.rounding import round_half_up

from .right_documents import ZERO, finely_priced, gross_priced, right_document


class Mistake(NamedTuple):
    """A mistake: what it makes of a total."""

    name: str
    figure: str
    """The path of the total."""
    amounts: Callable[[Document], Iterable[Decimal]]
    """The differences that it can make, each from other amounts; none where it cannot be made."""
    documents: Callable[[int, str], Document] = right_document
    """The documents by seed and country that it is made in."""


def _header(group: str) -> Callable[[Document], list[Decimal]]:
    return lambda document: [one.tax_amount or ZERO for one in getattr(document, group)]


def _allowed(sign: str) -> Callable[[Document], list[Decimal]]:
    return lambda document: _of(document.allowance_charges, sign)


def _in_lines(sign: str) -> Callable[[Document], list[Decimal]]:
    return lambda document: [
        amount for line in document.lines for amount in _of(line.allowance_charges, sign)
    ]


def _of(parts: Iterable[Any], sign: str) -> list[Decimal]:
    return [part.amount for part in parts if part.charge_indicator == sign]


def _paid(document: Document) -> list[Decimal]:
    return [one.paid_amount or ZERO for one in document.prepaid_payments]


def _tax_of(line: Line) -> Decimal:
    return sum([one.tax_amount or ZERO for one in line.tax_totals], ZERO)


def _ordinary(document: Document) -> list[Line]:
    """List the lines that no other cause is about: paid for, with a tax that another such line has too."""
    paid = [line for line in document.lines if line not in _free(document) and line.tax_totals]
    rates = [_rate(line) for line in paid]
    return [line for line in paid if rates.count(_rate(line)) > 1 and _rate(line)[1]]


def _rate(line: Line) -> tuple[str | None, Decimal | None]:
    part = line.tax_totals[-1].tax_subtotals[0]
    return part.tax_scheme_id, part.percent


def _bases(document: Document) -> list[Decimal]:
    """List what each line adds to the taxable base by its first tax."""
    return [line.tax_totals[0].tax_subtotals[0].taxable_amount or ZERO for line in _ordinary(document)]


def _free(document: Document) -> list[Line]:
    return [line for line in document.lines if line.free_of_charge_indicator == "true"]


def _first_rate(document: Document) -> list[Decimal]:
    """List what each line has of the document's first tax at its first rate."""
    return _at_first_rate(document, _ordinary(document))


def _at_first_rate(document: Document, lines: Iterable[Line]) -> list[Decimal]:
    if not document.tax_totals:
        return []
    first = document.tax_totals[0].tax_subtotals[0]
    parts = [part for line in lines for total in line.tax_totals for part in total.tax_subtotals]
    return [
        part.tax_amount or ZERO
        for part in parts
        if (part.tax_scheme_id, part.percent) == (first.tax_scheme_id, first.percent)
    ]


def _bases_at_first_rate(document: Document) -> list[Decimal]:
    if not document.tax_totals:
        return []
    first = document.tax_totals[0].tax_subtotals[0]
    rate = (first.tax_scheme_id, first.percent)
    parts = [line.tax_totals[-1].tax_subtotals[0] for line in _ordinary(document) if _rate(line) == rate]
    return [part.taxable_amount or ZERO for part in parts]


def _values(document: Document) -> list[Decimal]:
    return [line.line_extension_amount or ZERO for line in document.lines if line.tax_totals]


def _all(find: Callable[[Document], list[Decimal]], sign: int = 1) -> Callable[[Document], list[Decimal]]:
    return lambda document: [sign * sum(find(document), ZERO)] if find(document) else []


def _each(find: Callable[[Document], list[Decimal]], sign: int = 1) -> Callable[[Document], list[Decimal]]:
    """Make the mistake with any one amount, where there are others beside it."""
    return lambda document: [sign * one for one in find(document)] if len(find(document)) > 1 else []


def _two(find: Callable[[Document], list[Decimal]], sign: int = 1) -> Callable[[Document], list[Decimal]]:
    """Make the mistake with two amounts of at least three."""

    def amounts(document: Document) -> list[Decimal]:
        found = [one for one in find(document) if one]
        return [sign * (found[0] + found[2]), sign * (found[1] + found[2])] if len(found) > 2 else []

    return amounts


def _rates(document: Document) -> list[Decimal]:
    """List the rates of the document's first tax."""
    parts = document.tax_totals[0].tax_subtotals if document.tax_totals else ()
    return [part.tax_amount or ZERO for part in parts] if len(parts) > 1 else []


def _prepaid_stated(document: Document) -> Decimal:
    total = document.legal_monetary_total
    return (total.prepaid_amount if total else None) or ZERO


def _zero_rated(document: Document) -> list[Decimal]:
    parts = [part for line in document.lines for tax in line.tax_totals for part in tax.tax_subtotals]
    return [part.taxable_amount or ZERO for part in parts if part.percent == 0]


def _untaxed(document: Document) -> list[Decimal]:
    return [line.line_extension_amount or ZERO for line in document.lines if not line.tax_totals]


def _reference(document: Document) -> list[Decimal]:
    parts = [(line.pricing_reference, line.quantity) for line in _free(document)]
    return [
        round_half_up(reference.price_amount * quantity)
        for reference, quantity in parts
        if reference is not None and reference.price_amount is not None and quantity is not None
    ]


def _after_discount(document: Document) -> list[Decimal]:
    """Compute the first tax from a base that is less all discounts of the document."""
    discounts = sum(_allowed("false")(document), ZERO)
    if not document.tax_totals or not discounts:
        return []
    part = document.tax_totals[0].tax_subtotals[0]
    if part.taxable_amount is None or part.percent is None:
        return []
    lower = round_half_up((part.taxable_amount - discounts) * part.percent / 100)
    return [lower - (part.tax_amount or ZERO)]


_T = "legal_monetary_total"
_GROSS, _BASE, _WITH_TAXES = (
    f"{_T}.{name}" for name in ("line_extension_amount", "tax_exclusive_amount", "tax_inclusive_amount")
)
_DISCOUNTS, _CHARGES = f"{_T}.allowance_total_amount", f"{_T}.charge_total_amount"
_PREPAID, _PAYABLE = f"{_T}.prepaid_amount", f"{_T}.payable_amount"
_TAX_BASE = "tax_totals[0].tax_subtotals[0].taxable_amount"
_TAX, _RATE = "tax_totals[0].tax_amount", "tax_totals[0].tax_subtotals[0].tax_amount"


def _only(country: str, find: Callable[[Document], list[Decimal]]) -> Callable[[Document], list[Decimal]]:
    return lambda document: find(document) if document.country == country else []


def _both(document: Document) -> list[Decimal]:
    withheld = sum(_header("withholding_tax_totals")(document), ZERO)
    paid = sum(_paid(document), ZERO)
    return [-withheld - paid] if withheld and paid else []


def _net(document: Document) -> list[Decimal]:
    discounts, charges = (sum(_allowed(sign)(document), ZERO) for sign in ("false", "true"))
    return [discounts - charges] if discounts and charges else []


_withheld = _header("withholding_tax_totals")
_taxes = _header("tax_totals")
MISTAKES = [
    Mistake("withholdings_subtracted", _PAYABLE, _all(_withheld, -1)),
    Mistake("withholdings_subtracted", _PAYABLE, _each(_withheld, -1)),
    Mistake("withholdings_subtracted", _WITH_TAXES, _all(_withheld, -1)),
    Mistake("prepayment_subtracted", _PAYABLE, _all(_paid, -1)),
    Mistake("withholdings_and_prepayment_subtracted", _PAYABLE, _both),
    Mistake(
        "prepayment_subtracted_twice",
        _PAYABLE,
        _only("CO", lambda document: [-2 * _prepaid_stated(document)]),
    ),
    Mistake("prepayment_left_out", _PREPAID, _each(_paid, -1)),
    Mistake("prepayment_counted_twice", _PREPAID, _each(_paid)),
    Mistake("discount_counted_twice", _PAYABLE, _only("CO", _all(_allowed("false"), -1))),
    Mistake("discount_counted_twice", _PAYABLE, _only("CO", _each(_allowed("false"), -1))),
    Mistake("discount_counted_twice", _DISCOUNTS, _each(_allowed("false"))),
    Mistake("discount_left_out", _PAYABLE, _only("CO", _all(_allowed("false")))),
    Mistake("discount_left_out", _DISCOUNTS, _each(_allowed("false"), -1)),
    Mistake("discount_subtracted", _BASE, _all(_allowed("false"), -1)),
    Mistake("discount_subtracted", _TAX_BASE, _only("CO", _all(_allowed("false"), -1))),
    Mistake("discount_subtracted", _WITH_TAXES, _all(_allowed("false"), -1)),
    Mistake("discount_subtracted", _GROSS, _each(_allowed("false"), -1)),
    Mistake("discount_subtracted", _PAYABLE, _only("EC", _all(_allowed("false"), -1))),
    Mistake("charge_counted_twice", _PAYABLE, _all(_allowed("true"))),
    Mistake("charge_counted_twice", _CHARGES, _each(_allowed("true"))),
    Mistake("charge_left_out", _PAYABLE, _all(_allowed("true"), -1)),
    Mistake("charge_left_out", _CHARGES, _each(_allowed("true"), -1)),
    Mistake("charge_added", _BASE, _all(_allowed("true"))),
    Mistake("charge_added", _WITH_TAXES, _all(_allowed("true"))),
    Mistake("discounts_and_charges_left_out", _PAYABLE, _only("CO", _net)),
    Mistake("charges_among_discounts", _DISCOUNTS, _all(_allowed("true"))),
    Mistake("line_discount_subtracted_again", _GROSS, _all(_in_lines("false"), -1)),
    Mistake("line_discount_subtracted_again", _PAYABLE, _all(_in_lines("false"), -1)),
    Mistake("line_discount_left_out", _GROSS, _all(_in_lines("false"))),
    Mistake("line_discount_left_out", _DISCOUNTS, _only("EC", _each(_in_lines("false"), -1))),
    Mistake("line_discounts_counted", _DISCOUNTS, _only("CO", _all(_in_lines("false")))),
    Mistake("line_charge_added_again", _GROSS, _all(_in_lines("true"))),
    Mistake("line_charge_left_out", _GROSS, _all(_in_lines("true"), -1)),
    Mistake("line_charges_counted", _CHARGES, _only("CO", _all(_in_lines("true")))),
    Mistake("tax_left_out", _WITH_TAXES, _all(_taxes, -1)),
    Mistake("tax_left_out", _PAYABLE, _all(_taxes, -1)),
    Mistake("tax_left_out", _PAYABLE, _each(_taxes, -1)),
    Mistake("tax_counted_twice", _WITH_TAXES, _all(_taxes)),
    Mistake("tax_counted_twice", _PAYABLE, _each(_taxes)),
    Mistake("tax_included", _GROSS, _all(_taxes)),
    Mistake("rate_left_out", _TAX, _each(_rates, -1)),
    Mistake("rate_counted_twice", _TAX, _each(_rates)),
    Mistake("line_tax_left_out", _WITH_TAXES, _each(lambda one: [*map(_tax_of, _ordinary(one))], -1)),
    Mistake("line_tax_left_out", _RATE, _each(_first_rate, -1)),
    Mistake("line_tax_counted_twice", _RATE, _each(_first_rate)),
    Mistake("tax_after_discount", _RATE, _after_discount),
    Mistake("line_left_out", _GROSS, _each(_values, -1)),
    Mistake("line_left_out", _GROSS, _two(_values, -1)),
    Mistake("line_left_out", _BASE, _each(_bases, -1)),
    Mistake(
        "line_left_out",
        _PAYABLE,
        _each(
            lambda one: [(line.line_extension_amount or ZERO) + _tax_of(line) for line in _ordinary(one)], -1
        ),
    ),
    Mistake("line_left_out", _TAX_BASE, _only("CO", _each(_bases_at_first_rate, -1))),
    Mistake("line_counted_twice", _GROSS, _each(_values)),
    Mistake("line_counted_twice", _BASE, _each(_bases)),
    Mistake("untaxed_lines_counted", _BASE, _all(_untaxed)),
    Mistake("untaxed_lines_left_out", _WITH_TAXES, _all(_untaxed, -1)),
    Mistake("zero_rated_lines_left_out", _BASE, _all(_zero_rated, -1)),
    Mistake("free_item_counted", _GROSS, _all(_reference)),
    Mistake("free_item_left_out", _BASE, _all(_reference, -1)),
    Mistake("free_item_tax_left_out", _PAYABLE, _all(lambda one: [_tax_of(line) for line in _free(one)], -1)),
    Mistake("free_item_tax_left_out", _RATE, _all(lambda one: _at_first_rate(one, _free(one)), -1)),
    Mistake(
        "free_item_tax_counted_twice", _PAYABLE, _all(lambda one: [_tax_of(line) for line in _free(one)])
    ),
    Mistake("gross_price_cents", _PAYABLE, lambda one: [_gross_cents(one)], gross_priced),
    Mistake("gross_price_cents", _WITH_TAXES, lambda one: [_gross_cents(one)], gross_priced),
    Mistake("unrounded_lines", _GROSS, lambda one: [_unrounded(one)], finely_priced),
    Mistake("lines_in_units", _GROSS, _only("CO", lambda one: [_in_units(one)]), finely_priced),
    Mistake("rounding_subtracted", _PAYABLE, _only("CO", lambda one: [-2 * _rounded_by(one)])),
]


def _gross_cents(document: Document) -> Decimal:
    """Add up the prices with tax that the shop has on its shelf, less what the lines come to."""
    places, rate = (0, Decimal("1.19")) if document.country == "CO" else (1, Decimal("1.15"))
    cents = ZERO
    for line in document.lines:
        net, quantity = line.price.price_amount if line.price else None, line.quantity
        assert net is not None
        assert quantity is not None
        gross = (line.line_extension_amount or ZERO) + _tax_of(line)
        cents += round_half_up(net * rate, places) * quantity - gross
    return cents


def _unrounded(document: Document) -> Decimal:
    """Add up price × quantity and round once."""
    products = [
        line.price.price_amount * line.quantity
        for line in document.lines
        if line.price and line.price.price_amount is not None and line.quantity is not None
    ]
    return round_half_up(sum(products, ZERO)) - sum(_values(document), ZERO)


def _in_units(document: Document) -> Decimal:
    """Round each line to whole pesos and add up."""
    return sum([round_half_up(value, 0) for value in _values(document)], ZERO) - sum(_values(document), ZERO)


def _rounded_by(document: Document) -> Decimal:
    total = document.legal_monetary_total
    return (total.payable_rounding_amount if total else None) or ZERO


def changed(document: Document, figure: str, amount: Decimal) -> Document | None:
    """Add an amount to a total or to the document's first tax; None where there is none, or would be."""
    if figure.startswith(_T):
        total, name = document.legal_monetary_total, figure.rpartition(".")[2]
        value = getattr(total, name)
        if total is None or value is None or not value + amount:
            return None
        return document.model_copy(update={_T: total.model_copy(update={name: value + amount})})
    if not document.tax_totals or not (document.tax_totals[0].tax_amount or ZERO) + amount:
        return None
    first, *others = document.tax_totals
    return document.model_copy(update={"tax_totals": (_changed_tax(first, figure, amount), *others)})


def _changed_tax(tax: TaxTotal, figure: str, amount: Decimal) -> TaxTotal:
    if figure == _TAX:
        return tax.model_copy(update={"tax_amount": (tax.tax_amount or ZERO) + amount})
    part, *others = tax.tax_subtotals
    if figure == _TAX_BASE:
        return _with_base(tax, (part.taxable_amount or ZERO) + amount)
    part = part.model_copy(update={"tax_amount": (part.tax_amount or ZERO) + amount})
    return tax.model_copy(update={"tax_subtotals": (part, *others)})


def _with_base(tax: TaxTotal, base: Decimal) -> TaxTotal:
    """Give a tax another base at its first rate, and the amount that follows from it."""
    part, *others = tax.tax_subtotals
    amount = round_half_up(base * (part.percent or ZERO) / 100)
    rest = sum([other.tax_amount or ZERO for other in others], ZERO)
    part = part.model_copy(update={"taxable_amount": base, "tax_amount": amount})
    return TaxTotal(tax_amount=amount + rest, tax_subtotals=(part, *others))


def mutants(mistake: Mistake, seeds: int) -> Iterator[tuple[Document, Decimal]]:
    """Make the mistake in the documents of some seeds, in both countries; give the difference too."""
    for seed in range(seeds):
        for country in ("CO", "EC"):
            document = mistake.documents(seed, country)
            for amount in mistake.amounts(document):
                made = changed(document, mistake.figure, amount) if amount else None
                if made is not None:
                    yield made, amount
