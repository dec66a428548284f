"""A plain line: read, checked, its taxes taken out of its price, and written as a UBL line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.amounts import parse_amount
from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import AmountError, UnknownNameError
from cuadre.engine.gross import split_gross
from cuadre.engine.model.document import AllowanceCharge, Line, Price, TaxSubtotal, TaxTotal
from cuadre.engine.modes import Number
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.unit_price import unit_price

_BY_RATE = {"percent", "per_mille"}


@dataclass(frozen=True)
class PlainLine:
    """A line to be added up. Amounts are in the document's currency; none may be negative."""

    quantity: Number
    price: Number
    """Of one unit; up to 6 decimals."""
    discount: Number = 0
    """Amount off the whole line, with taxes in it where the price has."""
    taxes: Mapping[str, Number] = field(default_factory=dict)
    """The percentage of each tax and withholding by its id, such as ``{"01": "19"}``."""


class PlainInputs(NamedTuple):
    """The numbers of a plain line, checked."""

    quantity: Decimal
    price: Decimal
    discount: Decimal
    taxes: dict[str, Decimal]
    withholdings: dict[str, Decimal]

    def value(self, regime: Regime) -> Decimal:
        """Compute price × quantity − discount."""
        product = EXACT.multiply(self.price, self.quantity)
        return regime.rounding(EXACT.subtract(product, self.discount))


def read_plain_line(line: PlainLine, number: int, regime: Regime) -> PlainInputs:
    """Check a line; ``number`` is its place in the list, counted from 1.

    Raises UnknownNameError for a tax that the country does not have or that has no percentage, and
    AmountError for a number that is no amount, is negative, or for a discount above price × quantity.
    """
    taxes: dict[str, Decimal] = {}
    withholdings: dict[str, Decimal] = {}
    for tax_id, percent in line.taxes.items():
        tax = regime.taxes.get(tax_id)
        if tax is None or tax.method not in _BY_RATE:
            sentence = f"line {number}: the tax {tax_id!r} is not one with a percentage in {regime.country}"
            raise UnknownNameError(sentence, line=number, near=sorted(regime.taxes))
        rates = withholdings if tax.withheld else taxes
        rates[tax_id] = _amount(percent, number, f"taxes[{tax_id}]")
    quantity = _amount(line.quantity, number, "quantity")
    price = _amount(line.price, number, "price")
    discount = _amount(line.discount, number, "discount")
    whole = _amount(regime.rounding.product(price, quantity), number, "price × quantity")
    if discount > whole:
        sentence = f"line {number}: the discount {discount} is more than price × quantity, {whole}"
        raise AmountError(sentence, line=number, field="discount", value=discount)
    return PlainInputs(quantity, price, discount, taxes, withholdings)


def _amount(value: Number, number: int, name: str) -> Decimal:
    try:
        amount = parse_amount(value)
    except AmountError as error:
        sentence = f"line {number}: {name}: {error}"
        raise AmountError(sentence, line=number, field=name, **error.detail) from None
    if amount < 0:
        sentence = f"line {number}: {name}: {amount} is negative"
        raise AmountError(sentence, line=number, field=name, value=amount)
    return amount


def without_taxes(inputs: PlainInputs, regime: Regime) -> PlainInputs:
    """Take the taxes out of a line's price and discount; its value is then the base of the split."""
    if not inputs.quantity:
        return inputs
    rates = [
        percent.scaleb(-1) if regime.taxes[tax_id].method == "per_mille" else percent
        for tax_id, percent in inputs.taxes.items()
    ]
    rounding = regime.rounding
    value = split_gross(inputs.value(regime), rates, rounding=rounding).base
    discount = split_gross(rounding(inputs.discount), rates, rounding=rounding).base
    price = unit_price(value, inputs.quantity, discount=discount, rounding=rounding)
    return inputs._replace(price=price, discount=discount)


def as_line(inputs: PlainInputs, regime: Regime) -> Line:
    """Write the inputs in UBL's nesting; every result is left to ``fill``."""
    allowances: list[AllowanceCharge] = []
    if inputs.discount:
        base = regime.rounding.product(inputs.price, inputs.quantity)
        allowances = [
            AllowanceCharge(id="1", charge_indicator="false", amount=inputs.discount, base_amount=base)
        ]
    return Line(
        quantity=inputs.quantity,
        price=Price(price_amount=inputs.price),
        allowance_charges=tuple(allowances),
        tax_totals=_taxes(inputs.taxes),
        withholding_tax_totals=_taxes(inputs.withholdings),
    )


def _taxes(percents: Mapping[str, Decimal]) -> tuple[TaxTotal, ...]:
    return tuple(
        [
            TaxTotal(tax_subtotals=(TaxSubtotal(tax_scheme_id=tax_id, percent=percent),))
            for tax_id, percent in percents.items()
        ]
    )
