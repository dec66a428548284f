"""SRI's formulas: line value, tax amount and totals, as data, and which of them a part follows."""

from collections.abc import Sequence

from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Document, Line, TaxSubtotal
from cuadre.engine.recomputation import TAX_TOTAL
from cuadre.engine.regimes.ec.taxes import ICE, IVA, by_amount, tax_codes
from cuadre.engine.regimes.regime import Total
from cuadre.engine.selectors import Filter

BY_QUANTITY = Formula(
    Line,
    "price.price_amount * quantity - allowance_charges[false].amount + allowance_charges[true].amount",
)
"""cantidad × precioUnitario − descuento (precioTotalSinImpuesto)."""
PERCENT = Formula(TaxSubtotal, "taxable_amount * percent / 100")
"""baseImponible × tarifa / 100."""
PER_UNIT = Formula(TaxSubtotal, "per_unit_amount * base_unit_measure")
"""IRBPNR counts bottles, the specific part of ICE grams or litres: neither is the quantity of the line."""

_TOTAL = "legal_monetary_total."
_LINE_VALUE = (BY_QUANTITY,)
_PERCENT = (PERCENT,)
_PER_UNIT = (PER_UNIT,)


def line_extension(line: Line) -> Sequence[Formula]:
    """Value of a line."""
    del line
    return _LINE_VALUE


def tax_amount(subtotal: TaxSubtotal) -> Sequence[Formula]:
    """Amount of a tax at one rate: of its base, or of its units where the tarifa is an amount."""
    if subtotal.per_unit_amount is not None or by_amount(subtotal.tax_scheme_id):
        return _PER_UNIT
    return _PERCENT


def _only(tax: str) -> Filter:
    return lambda subtotals: [one for one in subtotals if tax_codes(one.tax_scheme_id)[0] == tax]


FILTERS: dict[str, Filter] = {"iva": _only(IVA), "ice": _only(ICE)}
"""Subtotals of one tax, whatever its rate."""


TOTALS = (
    Total("line_extension_amount", (Formula(Document, "lines.line_extension_amount"),)),
    # The bases of IVA hold the line's value and its ICE.
    Total(
        "tax_exclusive_amount",
        (Formula(Document, "lines.tax_totals.tax_subtotals[iva].taxable_amount", FILTERS),),
    ),
    Total(
        "tax_inclusive_amount",
        (Formula(Document, f"({_TOTAL}line_extension_amount) + tax_totals.tax_amount"),),
    ),
    # totalDescuento: the discounts of the lines are in it, though they are in the lines' values already.
    Total(
        "allowance_total_amount",
        (Formula(Document, "lines.allowance_charges[false].amount + allowance_charges[false].amount"),),
        optional=True,
        may_be_absent=True,
    ),
    Total("charge_total_amount", (Formula(Document, "allowance_charges[true].amount"),), optional=True),
    Total(
        "prepaid_amount",
        (Formula(Document, "prepaid_payments.paid_amount"),),
        optional=True,
        may_be_absent=True,
    ),
    # importeTotal: value, taxes and tip; discounts are in the lines already.
    Total(
        "payable_amount",
        (Formula(Document, f"{_TOTAL}tax_inclusive_amount + ({_TOTAL}charge_total_amount)"),),
    ),
)
_TAXES = ("tax_totals", "withholding_tax_totals", "lines.tax_totals", "lines.withholding_tax_totals")
FORMULAS: dict[str, Sequence[Formula]] = {
    "lines.line_extension_amount": _LINE_VALUE,
    **{f"{group}.tax_subtotals.tax_amount": (PERCENT, PER_UNIT) for group in _TAXES},
    **{f"{group}.tax_amount": (TAX_TOTAL,) for group in _TAXES},
    **{f"{_TOTAL}{total.name}": total.formulas for total in TOTALS},
}
"""Every formula that a figure can have, by the figure's name."""
