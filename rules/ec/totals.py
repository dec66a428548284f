"""Sums of the heading: subtotals by rate of IVA, discounts, tip, payments, final consumers."""

from decimal import Decimal

from cuadre.engine.figures import Formula, Sign
from cuadre.engine.model.document import AllowanceCharge, Document, MonetaryTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.payments import payment_amounts
from cuadre.engine.regimes.ec.taxes import ICE, IVA, tax_codes
from cuadre.rules.rule import Context, Fault, check

_Addends = list[tuple[Sign, Path, Decimal]]
_TIP = -1
_ZERO = Decimal(0)
_FINAL_CONSUMER = "9999999999999"
_UNNAMED_LIMIT = Decimal("50.00")


@check("EC101", at="document")
def subtotal_is_that_of_the_rates(document: Document, path: Path, context: Context) -> Fault | None:
    """The subtotal is the sum of the subtotals by rate of IVA; bases of the heading may hold the ICE."""
    del path
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
    formula = Formula("Σ IVA subtotals", addends=addends)
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


@check("EC103", at="legal_monetary_total")
def discount_is_that_of_the_lines(total: MonetaryTotal, path: Path, context: Context) -> Fault | None:
    """The total discount is the sum of the discounts of the lines, and of those of the document."""
    stated, document = total.allowance_total_amount, context.document
    if stated is None or not document.lines:
        return None
    groups: list[tuple[Path, tuple[AllowanceCharge, ...]]] = [((), document.allowance_charges)]
    groups += [(("lines", i), line.allowance_charges) for i, line in enumerate(document.lines)]
    addends: _Addends = [
        ("+", (*place, "allowance_charges", index, "amount"), part.amount)
        for place, parts in groups
        for index, part in enumerate(parts)
        if not part.is_charge and part.amount is not None
    ]
    formula = Formula("Σ AllowanceCharge[false]/Amount of the lines", addends=addends)
    expected = context.totals.regime.rounding(formula.exact())
    if context.totals.regime.rounding(stated) == expected:
        return None
    return Fault((*path, "allowance_total_amount"), "figure", stated, expected, formula=formula)


@check("EC106", at="legal_monetary_total")
def tip_is_within_ten_percent(total: MonetaryTotal, path: Path, context: Context) -> Fault | None:
    """The tip is not negative, and at most a tenth of the subtotal."""
    tip, gross = total.charge_total_amount, total.line_extension_amount
    where = (*path, "charge_total_amount")
    if tip is None or gross is None:
        return None
    if tip < 0:
        return Fault(where, "below", tip, _ZERO)
    limit = context.totals.regime.rounding(gross.scaleb(_TIP))
    return Fault(where, "above", tip, limit) if tip > limit else None


@check("EC108", at="document")
def payments_add_up(document: Document, path: Path, context: Context) -> Fault | None:
    """The payments that state an amount add up to the total."""
    del path
    paid = [amount for _, amount in payment_amounts(document) if amount is not None]
    total = document.legal_monetary_total
    payable = total.payable_amount if total else None
    if not paid or payable is None:
        return None
    rounded, stated = context.totals.regime.rounding, sum(paid, _ZERO)
    if rounded(stated) == rounded(payable):
        return None
    formula = Formula("PayableAmount", addends=[("+", ("legal_monetary_total", "payable_amount"), payable)])
    return Fault(("payment_means",), "not_equal", stated, payable, formula=formula)


@check("EC117", at="document")
def unnamed_consumer_buys_little(document: Document, path: Path, context: Context) -> Fault | None:
    """A sale to a final consumer without a name is at most 50 dollars."""
    del path, context
    party, total = document.accounting_customer_party, document.legal_monetary_total
    payable = total.payable_amount if total else None
    if party is None or payable is None or party.company_id != _FINAL_CONSUMER or payable <= _UNNAMED_LIMIT:
        return None
    return Fault(("legal_monetary_total", "payable_amount"), "above", payable, _UNNAMED_LIMIT)
