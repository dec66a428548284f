"""Sums of the heading: subtotals by rate of IVA, discounts, tip, payments, final consumers."""

from decimal import Decimal

from cuadre.engine.computation import Computation, Sign
from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Document, MonetaryTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.payments import payment_amounts
from cuadre.engine.regimes.ec.taxes import ICE, IVA, tax_codes
from cuadre.engine.texts import say
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_Addends = list[tuple[Sign, Path, Decimal]]
_TIP = -1
_ZERO = Decimal(0)
_FINAL_CONSUMER = "9999999999999"
_PAYABLE = Formula(Document, "legal_monetary_total.payable_amount")
_UNNAMED_LIMIT = Decimal("50.00")


@check("EC101", at="document")
def subtotal_is_that_of_the_rates(document: Document, context: Context) -> Fault | None:
    """The subtotal is the sum of the subtotals by rate of IVA; bases of the heading may hold the ICE."""
    total = document.legal_monetary_total
    if total is None or total.line_extension_amount is None:
        return None
    stated, rounded = total.line_extension_amount, context.totals.regime.rounding
    addends, excise, whole = _bases(document)
    exact = sum((value for _, _, value in addends), _ZERO)
    if not addends or rounded(stated) == rounded(exact):
        return None
    if not whole and rounded(stated) == rounded(exact - excise):
        return None
    formula = Computation(say("cuadre.rules.ec:subtotals_by_rate"), addends=addends)
    where = ("legal_monetary_total", "line_extension_amount")
    return Fault(where, "figure", stated, rounded(exact), formula=formula)


def _bases(document: Document) -> tuple[_Addends, Decimal, bool]:
    """Return the bases of IVA, the ICE, and whether the taxed base is one for all rates."""
    addends: _Addends = []
    excise, whole = _ZERO, False
    for i, total in enumerate(document.tax_totals):
        for j, part in enumerate(total.tax_subtotals):
            code, rate = tax_codes(part.tax_scheme_id)
            if code == ICE:
                excise += part.tax_amount or _ZERO
            if code == IVA and part.taxable_amount is not None:
                whole = whole or not rate
                where = ("tax_totals", i, "tax_subtotals", j, "taxable_amount")
                addends.append(("+", where, part.taxable_amount))
    return addends, excise, whole


@check("EC106", at="legal_monetary_total")
def tip_is_within_ten_percent(total: MonetaryTotal, context: Context) -> Fault | None:
    """The tip is not negative, and at most a tenth of the subtotal."""
    tip, gross = total.charge_total_amount, total.line_extension_amount
    where = "charge_total_amount"
    if tip is None or gross is None:
        return None
    if tip < 0:
        return Fault(where, "below", tip, _ZERO)
    limit = context.totals.regime.rounding(gross.scaleb(_TIP))
    return Fault(where, "above", tip, limit) if tip > limit else None


@check("EC108", at="document")
def payments_add_up(document: Document, context: Context) -> Fault | None:
    """The payments that state an amount add up to the total."""
    paid = [amount for _, amount in payment_amounts(document) if amount is not None]
    total = document.legal_monetary_total
    payable = total.payable_amount if total else None
    if not paid or payable is None:
        return None
    rounded, stated = context.totals.regime.rounding, sum(paid, _ZERO)
    if rounded(stated) == rounded(payable):
        return None
    return Fault("payment_means", "not_equal", stated, payable, formula=_PAYABLE)


@check("EC117", at="document")
def unnamed_consumer_buys_little(document: Document, context: Context) -> Fault | None:
    """A sale to a final consumer without a name is at most 50 dollars."""
    del context
    party, total = document.accounting_customer_party, document.legal_monetary_total
    payable = total.payable_amount if total else None
    if party is None or payable is None or party.company_id != _FINAL_CONSUMER or payable <= _UNNAMED_LIMIT:
        return None
    return Fault(("legal_monetary_total", "payable_amount"), "above", payable, _UNNAMED_LIMIT)
