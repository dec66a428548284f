"""The price without taxes of a line whose price has them in it: the mend of CUA101."""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from cuadre.engine.decimals import EXACT
from cuadre.engine.gross import split_gross
from cuadre.engine.model.document import Line, TaxSubtotal
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.unit_price import unit_price

_ZERO = Decimal(0)
_PER_UNIT = {"per_unit", "per_hundred_units", "per_item"}


class NetPrice(NamedTuple):
    """A line's price and value without taxes: price × quantity − discounts + charges = value."""

    price_amount: Decimal
    """From 2 to 6 decimals."""
    line_extension_amount: Decimal


def net_price(line: Line, regime: Regime) -> NetPrice | None:
    """Take the taxes out of a line's price.

    A stated value is right and stays; the price follows from it (``unit_price``). Where none is stated,
    price × quantity − discounts + charges is taken as the gross amount, and split by the line's rates;
    its taxes per unit are taken off first. Discounts and charges stay as they are. Withholdings are in no
    price. Returns None where there is no price or no quantity, and where a line without a value has a tax
    that has no percentage and no amount. Raises RoundingError where an amount of the line cannot be
    split: a negative rate, or taxes per unit that are more than the price.

    >>> from cuadre.engine.regimes.registry import find_regime
    >>> iva = {"tax_amount": "19000.00", "tax_subtotals": [{"tax_scheme_id": "01", "percent": "19.00"}]}
    >>> line = Line.model_validate({
    ...     "quantity": "2", "price": {"price_amount": "59500.00"}, "line_extension_amount": "100000.00",
    ...     "tax_totals": [iva],
    ... })
    >>> net_price(line, find_regime("CO"))
    NetPrice(price_amount=Decimal('50000.00'), line_extension_amount=Decimal('100000.00'))
    """
    price = line.price.price_amount if line.price else None
    if price is None:
        return None
    with localcontext(EXACT):
        discount = sum((_discount(part.amount, part.is_charge) for part in line.allowance_charges), _ZERO)
        quantity = _quantity(line, price, discount)
        if not quantity:
            return None
        value = line.line_extension_amount
        if value is None:
            value = _net(regime.rounding(price * quantity - discount), line, regime)
        if value is None:
            return None
        mended = unit_price(value, quantity, discount=discount, rounding=regime.rounding)
    return NetPrice(mended, value)


def _discount(amount: Decimal | None, is_charge: bool) -> Decimal:  # noqa: FBT001 - a property of the model
    return _ZERO if amount is None else -amount if is_charge else amount


def _quantity(line: Line, price: Decimal, discount: Decimal) -> Decimal | None:
    """Choose between quantity and BaseQuantity: by which of the two price × it is the value with taxes."""
    base = line.price.base_quantity if line.price else None
    quantities = [number for number in (line.quantity, base) if number is not None]
    value = line.line_extension_amount
    if value is None or not quantities:
        return next(iter(quantities), None)
    gross = value + sum((total.tax_amount or _ZERO for total in line.tax_totals), _ZERO)
    return min(quantities, key=lambda quantity: abs(price * quantity - discount - gross))


def _net(gross: Decimal, line: Line, regime: Regime) -> Decimal | None:
    """Split the gross amount of a line; None where a tax has no percentage and no amount per unit."""
    rates, amounts = [], []
    for part in _subtotals(line):
        tax = regime.taxes.get(part.tax_scheme_id or "")
        method = tax.method if tax else "percent"
        if method == "percent" and part.percent is not None:
            rates.append(part.percent)
        elif method == "per_mille" and part.percent is not None:
            rates.append(part.percent.scaleb(-1))
        elif method in _PER_UNIT and part.tax_amount is not None:
            amounts.append(regime.rounding(part.tax_amount))
        else:
            return None
    return split_gross(gross, rates, per_unit_taxes=amounts, rounding=regime.rounding).base


def _subtotals(line: Line) -> Iterator[TaxSubtotal]:
    for total in line.tax_totals:
        yield from total.tax_subtotals
