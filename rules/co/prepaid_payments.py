"""Payments received before the document (xBD)."""

from cuadre.engine.findings import Severity
from cuadre.engine.model.document import PrepaidPayment
from cuadre.rules.registration import check
from cuadre.rules.rule import Check, Context, Fault


@check("BD03", at="prepaid_payments")
def within_payable(payment: PrepaidPayment, context: Context) -> Fault | None:
    """A prepayment is not greater than the amount to pay, or what it was before the prepayments."""
    total, paid = context.document.legal_monetary_total, payment.paid_amount
    if total is None or total.payable_amount is None or paid is None:
        return None
    limit = max(total.payable_amount, total.tax_inclusive_amount or total.payable_amount)
    return Fault("paid_amount", "above", paid, limit) if paid > limit else None


def _is_stated(field: str) -> Check:
    def stated(payment: PrepaidPayment, context: Context) -> Fault | None:
        del context
        if getattr(payment, field):
            return None
        # A group of 0.00 with nothing else in it is in six of DIAN's own examples.
        severity = None if payment.paid_amount else Severity.NOTIFY
        return Fault(field, "missing", severity=severity)

    return stated


check("BD02", at="prepaid_payments")(_is_stated("id"))
check("BD05", at="prepaid_payments")(_is_stated("received_date"))
