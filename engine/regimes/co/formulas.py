"""DIAN's formulas where they have a form of their own: line value, tax amount, taxable base, payable."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cuadre.engine.figures import Formula, Sign
from cuadre.engine.model.document import Line, MonetaryTotal, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import TAXES
from cuadre.engine.regimes.regime import Method

_ZERO = Formula("0.00 for a free item")
_TEXT = "{} − Σ AllowanceCharge[false]/Amount + Σ AllowanceCharge[true]/Amount"
_BY_BASE = _TEXT.format("PriceAmount × BaseQuantity")
_BY_QUANTITY = _TEXT.format("PriceAmount × quantity")
_BY_RATE = {"percent", "per_mille"}
_NO_ADDENDS: list[tuple[Sign, Path, Decimal]] = []


def line_extension(line: Line, path: Path) -> Sequence[Formula]:
    """Value of a line (FAV06). BaseQuantity multiplies; DIAN's own tip example multiplies by the quantity.

    Both are given where they differ, and zero where a reference price says that the item is free.
    """
    price = line.price
    if price is None or price.price_amount is None:
        return ()
    addends = _NO_ADDENDS
    if line.allowance_charges:
        addends = [
            ("+" if part.is_charge else "-", (*path, "allowance_charges", index, "amount"), part.amount)
            for index, part in enumerate(line.allowance_charges)
            if part.amount is not None
        ]
    unit = ((*path, "price", "price_amount"), price.price_amount)
    base, quantity = price.base_quantity, line.quantity
    free = line.free_of_charge_indicator == "true" and line.pricing_reference is not None
    formulas = [_ZERO] if free else []
    if quantity is not None:
        formulas.append(Formula(_BY_QUANTITY, (unit, ((*path, "quantity"), quantity)), 0, addends))
    if base is not None and base != quantity:
        formulas.append(Formula(_BY_BASE, (unit, ((*path, "price", "base_quantity"), base)), 0, addends))
    if line.pricing_reference is not None and not free:
        formulas.append(_ZERO)
    return formulas


def tax_amount(
    subtotal: TaxSubtotal,
    path: Path,
    quantity: tuple[Path, Decimal] | None,
) -> Sequence[Formula]:
    """Amount of a tax at one rate (FAS07, FAX07, FAT07, FAY07), by the method of the tax.

    A tax whose method has no figures in the document is computed by the one that has. ReteICA's
    percent is per mille in table 13.2.2, yet some issuers write a percentage: both are given.
    """
    method = _method(subtotal)
    if subtotal.per_unit_amount is not None and (subtotal.percent is None or method not in _BY_RATE):
        return list(_by_unit(subtotal, path, quantity))
    base, percent = subtotal.taxable_amount, subtotal.percent
    if base is None or percent is None:
        return ()
    factors = (((*path, "taxable_amount"), base), ((*path, "percent"), percent))
    by_percent = Formula("TaxableAmount × Percent / 100", factors, -2)
    if method == "per_mille":
        return (Formula("TaxableAmount × Percent / 1000", factors, -3), by_percent)
    return (by_percent,)


def _method(subtotal: TaxSubtotal) -> Method:
    tax = TAXES.get(subtotal.tax_scheme_id or "")
    return tax.method if tax else "percent"


def _by_unit(
    subtotal: TaxSubtotal,
    path: Path,
    quantity: tuple[Path, Decimal] | None,
) -> Iterator[Formula]:
    method = _method(subtotal)
    amount = ((*path, "per_unit_amount"), subtotal.per_unit_amount or Decimal(0))
    if method == "per_item" and quantity is not None:
        yield Formula("PerUnitAmount × quantity", (amount, quantity))
    if subtotal.base_unit_measure is not None:
        measure = ((*path, "base_unit_measure"), subtotal.base_unit_measure)
        if method == "per_hundred_units":
            yield Formula("PerUnitAmount × BaseUnitMeasure / 100", (amount, measure), -2)
        else:
            yield Formula("PerUnitAmount × BaseUnitMeasure", (amount, measure))


def taxable_subtotals(line: Line) -> Iterator[tuple[Path, TaxSubtotal]]:
    """Subtotals of the first TaxTotal of a line: TaxTotal[1] of FAU04 (field table, p. 86)."""
    if line.tax_totals:
        for index, subtotal in enumerate(line.tax_totals[0].tax_subtotals):
            yield ("tax_totals", 0, "tax_subtotals", index, "taxable_amount"), subtotal


def payable(total: MonetaryTotal, path: Path) -> Sequence[Formula]:
    """Amount to pay (FAU14). Annex 1.9 leaves prepayments and rounding out; DIAN accepts them in."""
    if total.tax_inclusive_amount is None:
        return ()
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+", (*path, "tax_inclusive_amount"), total.tax_inclusive_amount)
    ]
    text = "TaxInclusiveAmount − AllowanceTotalAmount + ChargeTotalAmount"
    zero = Decimal("0.00")
    addends.append(("-", (*path, "allowance_total_amount"), total.allowance_total_amount or zero))
    addends.append(("+", (*path, "charge_total_amount"), total.charge_total_amount or zero))
    formulas = [Formula(text, addends=addends)]
    if total.prepaid_amount:
        prepaid: tuple[Sign, Path, Decimal] = ("-", (*path, "prepaid_amount"), total.prepaid_amount)
        formulas.append(Formula(text + " − PrepaidAmount", addends=[*addends, prepaid]))
    if total.payable_rounding_amount:
        rounding: tuple[Sign, Path, Decimal] = (
            "+",
            (*path, "payable_rounding_amount"),
            total.payable_rounding_amount,
        )
        formulas += [
            Formula(formula.text + " + PayableRoundingAmount", addends=[*formula.addends, rounding])
            for formula in formulas
        ]
    return formulas
