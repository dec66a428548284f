"""The unit price that gives the value of a line. Needs the standard library only."""

from decimal import Decimal

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import RoundingError
from cuadre.engine.modes import Number, Rounding, as_finite, exact_product

_CENTS = Rounding()
_FEWEST_PLACES, _MOST_PLACES = 2, 6


def unit_price(
    value: Number, quantity: Number, *, discount: Number = 0, rounding: Rounding = _CENTS
) -> Decimal:
    """Find the price such that price × quantity − discount, rounded, is the value of a line.

    The price has as few decimals as that takes, from 2 to 6, the most that an invoice may have. Where 6
    are not enough, which needs a quantity over 10,000, it is the nearest one. A charge is a negative
    discount. A value with more decimals than ``rounding`` has is met with all of them. Raises
    RoundingError where the quantity is zero.

    >>> unit_price("84033.61", 3), unit_price("90.00", 4, discount="10.00")
    (Decimal('28011.203'), Decimal('25.00'))
    """
    wanted, off = as_finite(value), as_finite(discount)
    price = Decimal(0)
    try:
        whole = EXACT.add(wanted, off)
        decimals = -int(wanted.as_tuple().exponent)
        value_rounding = Rounding(rounding.mode, max(rounding.places, decimals))
        for places in range(_FEWEST_PLACES, _MOST_PLACES + 1):
            price = Rounding("half_up", places).quotient(whole, quantity)
            if value_rounding(EXACT.subtract(exact_product(price, quantity), off)) == wanted:
                break
    except ArithmeticError:
        sentence = f"no price can be found for {value}: an amount has too many digits"
        raise RoundingError(sentence, value=value, quantity=quantity) from None
    return price
