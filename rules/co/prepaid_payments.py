"""Payments received before the document (xBD)."""

from cuadre.engine.document import Path, PrepaidPayment
from cuadre.rules.rule import Context, Fault, check


@check("BD03", at="prepaid_payments")
def within_payable(payment: PrepaidPayment, path: Path, context: Context) -> Fault | None:
    """A prepayment is not greater than the amount to pay, or what it was before the prepayments."""
    total, paid = context.document.legal_monetary_total, payment.paid_amount
    if total is None or total.payable_amount is None or paid is None:
        return None
    limit = max(total.payable_amount, total.tax_inclusive_amount or total.payable_amount)
    return Fault((*path, "paid_amount"), "above", paid, limit) if paid > limit else None
