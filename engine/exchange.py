"""Convert amounts to pesos by the TRM (tasa representativa del mercado), and back. Standard library only."""

from decimal import Decimal

from cuadre.engine.errors import RoundingError
from cuadre.engine.modes import Mode, Number, Rounding, as_finite


def to_pesos(amount: Number, trm: Number, mode: Mode = "half_up", places: int = 2) -> Decimal:
    """Convert an amount in another currency to pesos: multiply exactly, then round once.

    ``trm`` is the price of one unit of that currency in pesos: CalculationRate of a PaymentExchangeRate
    (annex 1.9, FAR06). Raises RoundingError where it is not positive, or where one of the two is a float
    or not a number.

    >>> to_pesos("1250.50", "4012.37")
    Decimal('5017468.69')
    """
    return Rounding(mode, places).product(amount, _positive(trm))


def from_pesos(pesos: Number, trm: Number, mode: Mode = "half_up", places: int = 2) -> Decimal:
    """Convert pesos to another currency: divide, and round once from the exact remainder.

    Arguments and errors are those of ``to_pesos``. Back and forth is not always the same: a cent of the
    other currency is about 40 pesos.

    >>> from_pesos("5017468.69", "4012.37")
    Decimal('1250.50')
    """
    return Rounding(mode, places).quotient(pesos, _positive(trm))


def _positive(trm: Number) -> Decimal:
    rate = as_finite(trm)
    if rate <= 0:
        sentence = f"{trm} is not a rate of exchange: it must be more than zero"
        raise RoundingError(sentence, trm=trm)
    return rate
