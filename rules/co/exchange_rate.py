"""The exchange rate of a document in another currency than pesos (xAR)."""

from decimal import Decimal

from cuadre.engine.model.document import Document, ExchangeRate
from cuadre.rules.registration import check
from cuadre.rules.rule import Check, Context, Fault

_PESO = "COP"


def _foreign(context: Context) -> bool:
    """Whether the rules apply: DIAN's own examples in pesos turn the rate round (base rate 5000.00)."""
    currency = context.document.document_currency_code
    return currency is not None and currency != _PESO


@check("AR01", at="document")
def rate_is_stated(document: Document, context: Context) -> Fault | None:
    """A document in another currency than pesos has a PaymentExchangeRate."""
    if not _foreign(context) or document.payment_exchange_rate is not None:
        return None
    return Fault("payment_exchange_rate", "missing")


@check("AR02", at="payment_exchange_rate")
def source_is_document_currency(rate: ExchangeRate, context: Context) -> Fault | None:
    """The source currency is the document's."""
    currency = context.document.document_currency_code
    if not _foreign(context) or rate.source_currency_code == currency:
        return None
    return Fault("source_currency_code", "not_equal", rate.source_currency_code or "", currency)


@check("AR04", at="payment_exchange_rate")
def target_is_peso(rate: ExchangeRate, context: Context) -> Fault | None:
    """The target currency is the peso."""
    if not _foreign(context) or rate.target_currency_code == _PESO:
        return None
    return Fault("target_currency_code", "not_equal", rate.target_currency_code or "", _PESO)


def _base_rate(field: str) -> Check:
    def base_rate_is_one(rate: ExchangeRate, context: Context) -> Fault | None:
        found = getattr(rate, field)
        if not _foreign(context) or found == 1:
            return None
        return Fault(field, "not_equal" if found is not None else "missing", found, Decimal("1.00"))

    return base_rate_is_one


check("AR03", at="payment_exchange_rate")(_base_rate("source_currency_base_rate"))
check("AR05", at="payment_exchange_rate")(_base_rate("target_currency_base_rate"))
