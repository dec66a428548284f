"""Totals from plain lines: quantity, price, discount and rates, without UBL's nesting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from cuadre.engine.decimals import EXACT
from cuadre.engine.fill import fill
from cuadre.engine.model.document import Document, DocumentKind, MonetaryTotal, TaxTotal
from cuadre.engine.plain_inputs import PlainLine, as_line, read_plain_line, without_taxes
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.regimes.registry import find_regime

__all__ = ["PlainLine", "PlainTotals", "totals"]

_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class PlainTotals:
    """What plain lines add up to. Taxes are by their id and percentage."""

    document: Document = field(repr=False)
    """The same as a document with every figure filled in, for whoever wants to go on."""
    line_extension_amounts: tuple[Decimal, ...]
    """The value of each line after its discount, without taxes."""
    taxes: Mapping[tuple[str, Decimal], Decimal]
    withholdings: Mapping[tuple[str, Decimal], Decimal]
    """What the buyer keeps back; it is not taken off any total."""
    line_extension_amount: Decimal
    """The total before taxes."""
    tax_inclusive_amount: Decimal
    """The total with taxes."""
    payable_rounding_amount: Decimal
    """The cents between prices with taxes in them and base + taxes; zero where there are none."""
    payable_amount: Decimal


def totals(
    lines: Iterable[PlainLine], country: str = "CO", *, prices_include_tax: bool = False
) -> PlainTotals:
    """Add up plain lines by a country's arithmetic: the same ``fill`` that completes a document.

    Every tax of a line has the line's value as its base. A tax per unit, or a tax on another tax, needs
    the ``Document`` model. With ``prices_include_tax`` each line's price × quantity − discount is split
    by ``split_gross``, and ``payable_amount`` is their sum; the cents by which base + taxes differ from
    it are ``payable_rounding_amount``. Ecuador has no such amount: there the payable amount is base +
    taxes. Raises UnknownNameError for a country or a tax that is not known, and AmountError, with the
    number of the line, for a number that is no amount or does not fit.

    >>> sale = totals([PlainLine(2, "50000", taxes={"01": "19"}), PlainLine(1, "20000")])
    >>> sale.line_extension_amount, sale.tax_inclusive_amount, sale.payable_amount
    (Decimal('120000.00'), Decimal('139000.00'), Decimal('139000.00'))
    """
    regime = find_regime(country)
    inputs = [read_plain_line(line, number, regime) for number, line in enumerate(lines, start=1)]
    net = [without_taxes(line, regime) for line in inputs] if prices_include_tax else inputs
    document = fill(
        Document(
            kind=DocumentKind.INVOICE,
            country=country,
            lines=tuple([as_line(line, regime) for line in net]),
        ),
        regime,
    )
    if prices_include_tax:
        with localcontext(EXACT):
            payable = sum([line.value(regime) for line in inputs], _ZERO)
        document = _with_payable(document, payable, regime)
    return _totals(document)


def _with_payable(document: Document, payable: Decimal, regime: Regime) -> Document:
    """State what is paid and its difference to the total with taxes, where the country has a place for it."""
    included = _monetary_total(document).tax_inclusive_amount or _ZERO
    if included == payable:
        return document
    difference = EXACT.subtract(payable, included)
    stated = MonetaryTotal(payable_rounding_amount=difference, payable_amount=payable)
    rounded = fill(document.model_copy(update={"legal_monetary_total": stated}), regime)
    return rounded if _monetary_total(rounded).payable_amount == payable else document


def _monetary_total(document: Document) -> MonetaryTotal:
    return document.legal_monetary_total or MonetaryTotal()


def _totals(document: Document) -> PlainTotals:
    total = _monetary_total(document)
    return PlainTotals(
        document=document,
        line_extension_amounts=tuple([line.line_extension_amount or _ZERO for line in document.lines]),
        taxes=_by_rate(document.tax_totals),
        withholdings=_by_rate(document.withholding_tax_totals),
        line_extension_amount=total.line_extension_amount or _ZERO,
        tax_inclusive_amount=total.tax_inclusive_amount or _ZERO,
        payable_rounding_amount=total.payable_rounding_amount or _ZERO,
        payable_amount=total.payable_amount or _ZERO,
    )


def _by_rate(taxes: Iterable[TaxTotal]) -> dict[tuple[str, Decimal], Decimal]:
    return {
        (part.tax_scheme_id or "", part.percent or _ZERO): part.tax_amount or _ZERO
        for total in taxes
        for part in total.tax_subtotals
    }
