"""The usual mistakes that real systems make in a total, each made in documents by seed."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.model.document import Document, TaxTotal
from cuadre.engine.rounding import round_half_up

from .mistake_amounts import (
    allowances,
    allowances_of_lines,
    at_first_rate,
    bases_at_first_rate,
    cents_to_units,
    discounts_less_charges,
    each_of,
    free_lines,
    gross_cents,
    line_bases,
    line_values,
    only_in,
    ordinary_lines,
    prepaid_stated,
    prepayments,
    rates_of_first_tax,
    reference_values,
    rounded_by,
    tax_after_discount,
    tax_of_line,
    taxes_at_first_rate,
    taxes_of,
    together,
    two_of,
    unrounded_cents,
    untaxed_values,
    withheld_and_paid,
    zero_rated_bases,
)
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


_T = "legal_monetary_total"
_GROSS, _BASE, _WITH_TAXES = (
    f"{_T}.{name}" for name in ("line_extension_amount", "tax_exclusive_amount", "tax_inclusive_amount")
)
_DISCOUNTS, _CHARGES = f"{_T}.allowance_total_amount", f"{_T}.charge_total_amount"
_PREPAID, _PAYABLE = f"{_T}.prepaid_amount", f"{_T}.payable_amount"
_TAX_BASE = "tax_totals[0].tax_subtotals[0].taxable_amount"
_TAX, _RATE = "tax_totals[0].tax_amount", "tax_totals[0].tax_subtotals[0].tax_amount"


_withheld = taxes_of("withholding_tax_totals")
_taxes = taxes_of("tax_totals")
MISTAKES = [
    Mistake("withholdings_subtracted", _PAYABLE, together(_withheld, -1)),
    Mistake("withholdings_subtracted", _PAYABLE, each_of(_withheld, -1)),
    Mistake("withholdings_subtracted", _WITH_TAXES, together(_withheld, -1)),
    Mistake("prepayment_subtracted", _PAYABLE, together(prepayments, -1)),
    Mistake("withholdings_and_prepayment_subtracted", _PAYABLE, withheld_and_paid),
    Mistake(
        "prepayment_subtracted_twice",
        _PAYABLE,
        only_in("CO", lambda document: [-2 * prepaid_stated(document)]),
    ),
    Mistake("prepayment_left_out", _PREPAID, each_of(prepayments, -1)),
    Mistake("prepayment_counted_twice", _PREPAID, each_of(prepayments)),
    Mistake("discount_counted_twice", _PAYABLE, only_in("CO", together(allowances("false"), -1))),
    Mistake("discount_counted_twice", _PAYABLE, only_in("CO", each_of(allowances("false"), -1))),
    Mistake("discount_counted_twice", _DISCOUNTS, each_of(allowances("false"))),
    Mistake("discount_left_out", _PAYABLE, only_in("CO", together(allowances("false")))),
    Mistake("discount_left_out", _DISCOUNTS, each_of(allowances("false"), -1)),
    Mistake("discount_subtracted", _BASE, together(allowances("false"), -1)),
    Mistake("discount_subtracted", _TAX_BASE, only_in("CO", together(allowances("false"), -1))),
    Mistake("discount_subtracted", _WITH_TAXES, together(allowances("false"), -1)),
    Mistake("discount_subtracted", _GROSS, each_of(allowances("false"), -1)),
    Mistake("discount_subtracted", _PAYABLE, only_in("EC", together(allowances("false"), -1))),
    Mistake("charge_counted_twice", _PAYABLE, together(allowances("true"))),
    Mistake("charge_counted_twice", _CHARGES, each_of(allowances("true"))),
    Mistake("charge_left_out", _PAYABLE, together(allowances("true"), -1)),
    Mistake("charge_left_out", _CHARGES, each_of(allowances("true"), -1)),
    Mistake("charge_added", _BASE, together(allowances("true"))),
    Mistake("charge_added", _WITH_TAXES, together(allowances("true"))),
    Mistake("discounts_and_charges_left_out", _PAYABLE, only_in("CO", discounts_less_charges)),
    Mistake("charges_among_discounts", _DISCOUNTS, together(allowances("true"))),
    Mistake("line_discount_subtracted_again", _GROSS, together(allowances_of_lines("false"), -1)),
    Mistake("line_discount_subtracted_again", _PAYABLE, together(allowances_of_lines("false"), -1)),
    Mistake("line_discount_left_out", _GROSS, together(allowances_of_lines("false"))),
    Mistake("line_discount_left_out", _DISCOUNTS, only_in("EC", each_of(allowances_of_lines("false"), -1))),
    Mistake("line_discounts_counted", _DISCOUNTS, only_in("CO", together(allowances_of_lines("false")))),
    Mistake("line_charge_added_again", _GROSS, together(allowances_of_lines("true"))),
    Mistake("line_charge_left_out", _GROSS, together(allowances_of_lines("true"), -1)),
    Mistake("line_charges_counted", _CHARGES, only_in("CO", together(allowances_of_lines("true")))),
    Mistake("tax_left_out", _WITH_TAXES, together(_taxes, -1)),
    Mistake("tax_left_out", _PAYABLE, together(_taxes, -1)),
    Mistake("tax_left_out", _PAYABLE, each_of(_taxes, -1)),
    Mistake("tax_counted_twice", _WITH_TAXES, together(_taxes)),
    Mistake("tax_counted_twice", _PAYABLE, each_of(_taxes)),
    Mistake("tax_included", _GROSS, together(_taxes)),
    Mistake("rate_left_out", _TAX, each_of(rates_of_first_tax, -1)),
    Mistake("rate_counted_twice", _TAX, each_of(rates_of_first_tax)),
    Mistake(
        "line_tax_left_out", _WITH_TAXES, each_of(lambda one: [*map(tax_of_line, ordinary_lines(one))], -1)
    ),
    Mistake("line_tax_left_out", _RATE, each_of(taxes_at_first_rate, -1)),
    Mistake("line_tax_counted_twice", _RATE, each_of(taxes_at_first_rate)),
    Mistake("tax_after_discount", _RATE, tax_after_discount),
    Mistake("line_left_out", _GROSS, each_of(line_values, -1)),
    Mistake("line_left_out", _GROSS, two_of(line_values, -1)),
    Mistake("line_left_out", _BASE, each_of(line_bases, -1)),
    Mistake(
        "line_left_out",
        _PAYABLE,
        each_of(
            lambda one: [
                (line.line_extension_amount or ZERO) + tax_of_line(line) for line in ordinary_lines(one)
            ],
            -1,
        ),
    ),
    Mistake("line_left_out", _TAX_BASE, only_in("CO", each_of(bases_at_first_rate, -1))),
    Mistake("line_counted_twice", _GROSS, each_of(line_values)),
    Mistake("line_counted_twice", _BASE, each_of(line_bases)),
    Mistake("untaxed_lines_counted", _BASE, together(untaxed_values)),
    Mistake("untaxed_lines_left_out", _WITH_TAXES, together(untaxed_values, -1)),
    Mistake("zero_rated_lines_left_out", _BASE, together(zero_rated_bases, -1)),
    Mistake("free_item_counted", _GROSS, together(reference_values)),
    Mistake("free_item_left_out", _BASE, together(reference_values, -1)),
    Mistake(
        "free_item_tax_left_out",
        _PAYABLE,
        together(lambda one: [tax_of_line(line) for line in free_lines(one)], -1),
    ),
    Mistake("free_item_tax_left_out", _RATE, together(lambda one: at_first_rate(one, free_lines(one)), -1)),
    Mistake(
        "free_item_tax_counted_twice",
        _PAYABLE,
        together(lambda one: [tax_of_line(line) for line in free_lines(one)]),
    ),
    Mistake("gross_price_cents", _PAYABLE, lambda one: [gross_cents(one)], gross_priced),
    Mistake("gross_price_cents", _WITH_TAXES, lambda one: [gross_cents(one)], gross_priced),
    Mistake("unrounded_lines", _GROSS, lambda one: [unrounded_cents(one)], finely_priced),
    Mistake("lines_in_units", _GROSS, only_in("CO", lambda one: [cents_to_units(one)]), finely_priced),
    Mistake("rounding_subtracted", _PAYABLE, only_in("CO", lambda one: [-2 * rounded_by(one)])),
]


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
