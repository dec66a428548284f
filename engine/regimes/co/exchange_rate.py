"""The PaymentExchangeRate that DIAN asks of a document in another currency than pesos (FAR01 to FAR07)."""

import datetime as dt
import re
from decimal import Decimal

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import AmountError, DocumentError
from cuadre.engine.model.document import ExchangeRate

_PESO = "COP"
_CURRENCY = re.compile("[A-Z]{3}", re.ASCII)
_ONE = Decimal("1.00")


def payment_exchange_rate(currency: str, trm: Decimal | int | str, date: dt.date) -> ExchangeRate:
    """Make the exchange rate of a document in ``currency``, an ISO 4217 code such as USD.

    ``trm`` is the price of one unit of it in pesos, and keeps the digits that it is written with; ``date``
    is the day of the rate. Both base rates are 1.00, as FAR03 and FAR05 ask. Raises DocumentError where
    ``currency`` is no code, or is that of the peso, and AmountError where ``trm`` is not a positive amount.

    >>> rate = payment_exchange_rate("USD", "4012.37", dt.date(2026, 11, 20))
    >>> rate.source_currency_code, rate.target_currency_code, rate.calculation_rate
    ('USD', 'COP', Decimal('4012.37'))
    """
    if not _CURRENCY.fullmatch(currency) or currency == _PESO:
        sentence = f"{currency!r} is not the code of a foreign currency, such as USD"
        raise DocumentError(sentence, problems=[], currency=currency)
    rate = parse_amount(trm)
    if rate <= 0:
        sentence = f"{trm} is not a rate of exchange: it must be more than zero"
        raise AmountError(sentence, value=trm)
    return ExchangeRate(
        source_currency_code=currency,
        source_currency_base_rate=_ONE,
        target_currency_code=_PESO,
        target_currency_base_rate=_ONE,
        calculation_rate=rate,
        date=date,
    )
