"""DIAN's formulas: line value, tax amount and totals, as data, and which of them a part follows."""

from collections.abc import Sequence

from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Document, Line, TaxSubtotal
from cuadre.engine.recomputation import TAX_TOTAL
from cuadre.engine.regimes.co.taxes import METHODS
from cuadre.engine.regimes.regime import Method, Total

_DISCOUNTED = "{} - allowance_charges[false].amount + allowance_charges[true].amount"
BY_QUANTITY = Formula(Line, _DISCOUNTED.format("price.price_amount * quantity"))
BY_BASE = Formula(Line, _DISCOUNTED.format("price.price_amount * price.base_quantity"))
"""BaseQuantity multiplies, where DIAN's own example with a tip multiplies by the quantity."""
FREE = Formula(Line, "0")
"""A free item, which has a reference price."""

PERCENT = Formula(TaxSubtotal, "taxable_amount * percent / 100")
PER_MILLE = Formula(TaxSubtotal, "taxable_amount * percent / 1000")
PER_UNIT = Formula(TaxSubtotal, "per_unit_amount * base_unit_measure")
PER_HUNDRED_UNITS = Formula(TaxSubtotal, "per_unit_amount * base_unit_measure / 100")
PER_ITEM = Formula(TaxSubtotal, "per_unit_amount * line.quantity")

_TOTAL = "legal_monetary_total."
_PAYABLE = f"{_TOTAL}tax_inclusive_amount - ({_TOTAL}allowance_total_amount) + ({_TOTAL}charge_total_amount)"
PAYABLE = Formula(Document, _PAYABLE)
LESS_PREPAID = Formula(Document, f"{_PAYABLE} - {_TOTAL}prepaid_amount")
ROUNDED = Formula(Document, f"{_PAYABLE} + {_TOTAL}payable_rounding_amount")
LESS_PREPAID_ROUNDED = Formula(
    Document, f"{_PAYABLE} - {_TOTAL}prepaid_amount + {_TOTAL}payable_rounding_amount"
)
"""Annex 1.9 leaves prepayments and rounding out; DIAN accepts them in."""

_CHARGED = (BY_QUANTITY, BY_BASE)
_FREE_FIRST = (FREE, *_CHARGED)
_FREE_LAST = (*_CHARGED, FREE)
_NONE: tuple[Formula, ...] = ()


def line_extension(line: Line) -> Sequence[Formula]:
    """Value of a line (FAV06); zero is accepted where a reference price says that the item is free."""
    price = line.price
    if price is None or price.price_amount is None:
        return _NONE
    if line.pricing_reference is None:
        return _CHARGED
    return _FREE_FIRST if line.free_of_charge_indicator == "true" else _FREE_LAST


_BY_RATE: dict[Method, tuple[Formula, ...]] = {"per_mille": (PER_MILLE, PERCENT)}
"""ReteICA's percent is per mille in table 13.2.2, yet some issuers write a percentage: both are accepted."""
_BY_UNIT: dict[Method, tuple[Formula, ...]] = {
    "per_item": (PER_ITEM, PER_UNIT),
    "per_hundred_units": (PER_HUNDRED_UNITS,),
}
_PERCENT = (PERCENT,)
_PER_UNIT = (PER_UNIT,)
_RATES = {"percent", "per_mille"}


def tax_amount(subtotal: TaxSubtotal) -> Sequence[Formula]:
    """Amount of a tax at one rate (FAS07, FAX07, FAT07, FAY07), by the method of the tax.

    A tax whose method has no figures in the document is computed by the one that has.
    """
    method = METHODS.get(subtotal.tax_scheme_id, "percent")
    if subtotal.per_unit_amount is not None and (subtotal.percent is None or method not in _RATES):
        return _BY_UNIT.get(method, _PER_UNIT)
    return _BY_RATE.get(method, _PERCENT)


TOTALS = (
    Total("line_extension_amount", (Formula(Document, "lines.line_extension_amount"),)),
    # TaxTotal[1] of FAU04 (field table, p. 86).
    Total(
        "tax_exclusive_amount",
        (Formula(Document, "lines.tax_totals[0].tax_subtotals.taxable_amount"),),
    ),
    Total(
        "tax_inclusive_amount",
        (Formula(Document, f"({_TOTAL}line_extension_amount) + tax_totals.tax_amount"),),
    ),
    Total("allowance_total_amount", (Formula(Document, "allowance_charges[false].amount"),), optional=True),
    Total("charge_total_amount", (Formula(Document, "allowance_charges[true].amount"),), optional=True),
    Total(
        "prepaid_amount",
        (Formula(Document, "prepaid_payments.paid_amount"),),
        optional=True,
        may_be_absent=True,
    ),
    Total(
        "payable_amount",
        (PAYABLE, LESS_PREPAID, ROUNDED, LESS_PREPAID_ROUNDED),
        filled=Formula(Document, f"{_PAYABLE} + ({_TOTAL}payable_rounding_amount)"),
    ),
)
_TAX_AMOUNTS = (PERCENT, PER_MILLE, PER_UNIT, PER_HUNDRED_UNITS, PER_ITEM)
_TAXES = ("tax_totals", "withholding_tax_totals", "lines.tax_totals", "lines.withholding_tax_totals")
FORMULAS: dict[str, Sequence[Formula]] = {
    "lines.line_extension_amount": _FREE_LAST,
    **{f"{group}.tax_subtotals.tax_amount": _TAX_AMOUNTS for group in _TAXES},
    **{f"{group}.tax_amount": (TAX_TOTAL,) for group in _TAXES},
    **{f"{_TOTAL}{total.name}": total.formulas for total in TOTALS},
}
"""Every formula that a figure can have, by the figure's name."""
