"""Discounts and prepayments that the authority does not compute (CUA106, CUA108)."""

from decimal import Decimal

from cuadre.engine.formula import Formula
from cuadre.engine.model.document import AllowanceCharge, Document
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_CENT = Decimal("0.01")
_OF_BASE = Formula(AllowanceCharge, "base_amount * multiplier_factor_numeric / 100")


@check("CUA106", at="document")
def prepayment_is_subtracted(document: Document, context: Context) -> Fault | None:
    """The amount to pay is less the prepayment, though this is no document of the health sector."""
    total = document.legal_monetary_total
    if total is None or not total.prepaid_amount or (document.customization_id or "").startswith("SS-"):
        return None
    figure = context.totals.total("payable_amount")
    if figure is None or figure.stated is None or "PrepaidAmount" not in figure.computation.text:
        return None
    if not context.totals.regime.tolerance(figure).agrees(figure.stated, figure.exact):
        return None
    return Fault(figure.path, "less_prepaid", figure.stated, figure.stated + total.prepaid_amount)


@check("CUA108", at="allowance_charges")
@check("CUA108", at="lines.allowance_charges")
def amount_is_base_times_percentage(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount or charge is its base times its percentage, to the cent."""
    exact = _OF_BASE.exact(part)
    if exact is None or part.amount is None or abs(part.amount - exact) <= _CENT:
        return None
    expected = context.totals.regime.rounding(exact)
    return Fault("amount", "figure", part.amount, expected, formula=_OF_BASE)
