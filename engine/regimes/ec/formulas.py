"""SRI's formulas: the value of a line, the amount of a tax, the bases of IVA, the total to pay."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cuadre.engine.figures import Formula, Sign
from cuadre.engine.model.document import Line, MonetaryTotal, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.taxes import IVA, by_amount, tax_codes

_LINE = "PriceAmount × quantity − Σ AllowanceCharge[false]/Amount + Σ AllowanceCharge[true]/Amount"
_ZERO = Decimal("0.00")


def line_extension(line: Line, path: Path) -> Sequence[Formula]:
    """Value of a line: cantidad × precioUnitario − descuento (precioTotalSinImpuesto)."""
    price = line.price.price_amount if line.price else None
    if price is None or line.quantity is None:
        return ()
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+" if part.is_charge else "-", (*path, "allowance_charges", index, "amount"), part.amount)
        for index, part in enumerate(line.allowance_charges)
        if part.amount is not None
    ]
    factors = (((*path, "price", "price_amount"), price), ((*path, "quantity"), line.quantity))
    return (Formula(_LINE, factors, 0, addends),)


def tax_amount(subtotal: TaxSubtotal, path: Path, quantity: tuple[Path, Decimal] | None) -> Sequence[Formula]:
    """Amount of a tax at one rate: baseImponible × tarifa / 100, or units × tarifa where both are stated.

    IRBPNR counts bottles and the specific part of ICE grams or litres, none of which is the quantity of
    the line, so without ``base_unit_measure`` nothing is computed for them.
    """
    del quantity
    if subtotal.per_unit_amount is not None or by_amount(subtotal.tax_scheme_id):
        amount, units = subtotal.per_unit_amount, subtotal.base_unit_measure
        if amount is None or units is None:
            return ()
        factors = (((*path, "per_unit_amount"), amount), ((*path, "base_unit_measure"), units))
        return (Formula("PerUnitAmount × BaseUnitMeasure", factors),)
    base, percent = subtotal.taxable_amount, subtotal.percent
    if base is None or percent is None:
        return ()
    factors = (((*path, "taxable_amount"), base), ((*path, "percent"), percent))
    return (Formula("TaxableAmount × Percent / 100", factors, -2),)


def taxable_subtotals(line: Line) -> Iterator[tuple[Path, TaxSubtotal]]:
    """Subtotals of a line that are IVA: their bases hold the line's value and its ICE."""
    for index, total in enumerate(line.tax_totals):
        for inner, subtotal in enumerate(total.tax_subtotals):
            if tax_codes(subtotal.tax_scheme_id)[0] == IVA:
                yield ("tax_totals", index, "tax_subtotals", inner, "taxable_amount"), subtotal


def payable(total: MonetaryTotal, path: Path) -> Sequence[Formula]:
    """Total to pay (importeTotal): value, taxes and tip; discounts are in the lines already."""
    if total.tax_inclusive_amount is None:
        return ()
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+", (*path, "tax_inclusive_amount"), total.tax_inclusive_amount),
        ("+", (*path, "charge_total_amount"), total.charge_total_amount or _ZERO),
    ]
    return (Formula("TaxInclusiveAmount + ChargeTotalAmount", addends=addends),)
