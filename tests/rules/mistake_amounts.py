"""The differences that usual mistakes make in a total, computed as a program that makes them would."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from cuadre.engine.model.document import Document, Line
from cuadre.engine.rounding import round_half_up

from .right_documents import ZERO


def taxes_of(group: str) -> Callable[[Document], list[Decimal]]:
    """Find the document's taxes or withholdings."""
    return lambda document: [one.tax_amount or ZERO for one in getattr(document, group)]


def allowances(sign: str) -> Callable[[Document], list[Decimal]]:
    """Find the document's charges (``true``) or discounts (``false``)."""
    return lambda document: of_sign(document.allowance_charges, sign)


def allowances_of_lines(sign: str) -> Callable[[Document], list[Decimal]]:
    """Find the charges or the discounts of the lines."""
    return lambda document: [
        amount for line in document.lines for amount in of_sign(line.allowance_charges, sign)
    ]


def of_sign(parts: Iterable[Any], sign: str) -> list[Decimal]:
    """List the amounts of charges or of discounts."""
    return [part.amount for part in parts if part.charge_indicator == sign]


def prepayments(document: Document) -> list[Decimal]:
    """List the prepayments."""
    return [one.paid_amount or ZERO for one in document.prepaid_payments]


def tax_of_line(line: Line) -> Decimal:
    """Add up the taxes of a line."""
    return sum([one.tax_amount or ZERO for one in line.tax_totals], ZERO)


def ordinary_lines(document: Document) -> list[Line]:
    """List the lines that no other cause is about: paid for, with a tax that another such line has too."""
    paid = [line for line in document.lines if line not in free_lines(document) and line.tax_totals]
    rates = [rate_of_line(line) for line in paid]
    return [line for line in paid if rates.count(rate_of_line(line)) > 1 and rate_of_line(line)[1]]


def rate_of_line(line: Line) -> tuple[str | None, Decimal | None]:
    """Say which tax a line has, and at which rate."""
    part = line.tax_totals[-1].tax_subtotals[0]
    return part.tax_scheme_id, part.percent


def line_bases(document: Document) -> list[Decimal]:
    """List what each line adds to the taxable base by its first tax."""
    return [line.tax_totals[0].tax_subtotals[0].taxable_amount or ZERO for line in ordinary_lines(document)]


def free_lines(document: Document) -> list[Line]:
    """List the gifts."""
    return [line for line in document.lines if line.free_of_charge_indicator == "true"]


def taxes_at_first_rate(document: Document) -> list[Decimal]:
    """List what each line has of the document's first tax at its first rate."""
    return at_first_rate(document, ordinary_lines(document))


def at_first_rate(document: Document, lines: Iterable[Line]) -> list[Decimal]:
    """List what some lines have of the document's first tax at its first rate."""
    if not document.tax_totals:
        return []
    first = document.tax_totals[0].tax_subtotals[0]
    parts = [part for line in lines for total in line.tax_totals for part in total.tax_subtotals]
    return [
        part.tax_amount or ZERO
        for part in parts
        if (part.tax_scheme_id, part.percent) == (first.tax_scheme_id, first.percent)
    ]


def bases_at_first_rate(document: Document) -> list[Decimal]:
    """List the bases of the lines at the first rate of the document's first tax."""
    if not document.tax_totals:
        return []
    first = document.tax_totals[0].tax_subtotals[0]
    rate = (first.tax_scheme_id, first.percent)
    parts = [
        line.tax_totals[-1].tax_subtotals[0]
        for line in ordinary_lines(document)
        if rate_of_line(line) == rate
    ]
    return [part.taxable_amount or ZERO for part in parts]


def line_values(document: Document) -> list[Decimal]:
    """List the values of the lines with tax."""
    return [line.line_extension_amount or ZERO for line in document.lines if line.tax_totals]


def together(find: Callable[[Document], list[Decimal]], sign: int = 1) -> Callable[[Document], list[Decimal]]:
    """Make the mistake with all amounts at once."""
    return lambda document: [sign * sum(find(document), ZERO)] if find(document) else []


def each_of(find: Callable[[Document], list[Decimal]], sign: int = 1) -> Callable[[Document], list[Decimal]]:
    """Make the mistake with any one amount, where there are others beside it."""
    return lambda document: [sign * one for one in find(document)] if len(find(document)) > 1 else []


def two_of(find: Callable[[Document], list[Decimal]], sign: int = 1) -> Callable[[Document], list[Decimal]]:
    """Make the mistake with two amounts of at least three."""

    def amounts(document: Document) -> list[Decimal]:
        found = [one for one in find(document) if one]
        return [sign * (found[0] + found[2]), sign * (found[1] + found[2])] if len(found) > 2 else []

    return amounts


def rates_of_first_tax(document: Document) -> list[Decimal]:
    """List the rates of the document's first tax."""
    parts = document.tax_totals[0].tax_subtotals if document.tax_totals else ()
    return [part.tax_amount or ZERO for part in parts] if len(parts) > 1 else []


def prepaid_stated(document: Document) -> Decimal:
    """Return the PrepaidAmount, zero where there is none."""
    total = document.legal_monetary_total
    return (total.prepaid_amount if total else None) or ZERO


def zero_rated_bases(document: Document) -> list[Decimal]:
    """List the bases at 0 %."""
    parts = [part for line in document.lines for tax in line.tax_totals for part in tax.tax_subtotals]
    return [part.taxable_amount or ZERO for part in parts if part.percent == 0]


def untaxed_values(document: Document) -> list[Decimal]:
    """List the values of the lines without tax."""
    return [line.line_extension_amount or ZERO for line in document.lines if not line.tax_totals]


def reference_values(document: Document) -> list[Decimal]:
    """List what the gifts would cost."""
    parts = [(line.pricing_reference, line.quantity) for line in free_lines(document)]
    return [
        round_half_up(reference.price_amount * quantity)
        for reference, quantity in parts
        if reference is not None and reference.price_amount is not None and quantity is not None
    ]


def tax_after_discount(document: Document) -> list[Decimal]:
    """Compute the first tax from a base that is less all discounts of the document."""
    discounts = sum(allowances("false")(document), ZERO)
    if not document.tax_totals or not discounts:
        return []
    part = document.tax_totals[0].tax_subtotals[0]
    if part.taxable_amount is None or part.percent is None:
        return []
    lower = round_half_up((part.taxable_amount - discounts) * part.percent / 100)
    return [lower - (part.tax_amount or ZERO)]


def only_in(country: str, find: Callable[[Document], list[Decimal]]) -> Callable[[Document], list[Decimal]]:
    """Make the mistake in the documents of one country."""
    return lambda document: find(document) if document.country == country else []


def withheld_and_paid(document: Document) -> list[Decimal]:
    """Subtract the withholdings and the prepayments."""
    withheld = sum(taxes_of("withholding_tax_totals")(document), ZERO)
    paid = sum(prepayments(document), ZERO)
    return [-withheld - paid] if withheld and paid else []


def discounts_less_charges(document: Document) -> list[Decimal]:
    """Leave out the discounts and the charges."""
    discounts, charges = (sum(allowances(sign)(document), ZERO) for sign in ("false", "true"))
    return [discounts - charges] if discounts and charges else []


def gross_cents(document: Document) -> Decimal:
    """Add up the prices with tax that the shop has on its shelf, less what the lines come to."""
    places, rate = (0, Decimal("1.19")) if document.country == "CO" else (1, Decimal("1.15"))
    cents = ZERO
    for line in document.lines:
        net, quantity = line.price.price_amount if line.price else None, line.quantity
        assert net is not None
        assert quantity is not None
        gross = (line.line_extension_amount or ZERO) + tax_of_line(line)
        cents += round_half_up(net * rate, places) * quantity - gross
    return cents


def unrounded_cents(document: Document) -> Decimal:
    """Add up price × quantity and round once."""
    products = [
        line.price.price_amount * line.quantity
        for line in document.lines
        if line.price and line.price.price_amount is not None and line.quantity is not None
    ]
    return round_half_up(sum(products, ZERO)) - sum(line_values(document), ZERO)


def cents_to_units(document: Document) -> Decimal:
    """Round each line to whole pesos and add up."""
    return sum([round_half_up(value, 0) for value in line_values(document)], ZERO) - sum(
        line_values(document), ZERO
    )


def rounded_by(document: Document) -> Decimal:
    """Return the PayableRoundingAmount, zero where there is none."""
    total = document.legal_monetary_total
    return (total.payable_rounding_amount if total else None) or ZERO
