"""A rounding as a value: one of four named modes and a number of decimal places.

Amounts are ``Decimal``, ``int`` or decimal text; a ``float`` is refused, since it is already rounded.
"""

from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    InvalidOperation,
)
from typing import Literal, NamedTuple

from cuadre.engine.decimals import EXACT, ROUNDING
from cuadre.engine.errors import RoundingError

Mode = Literal["half_up", "half_even", "truncate", "xpath"]
Number = Decimal | int | str
MODES: tuple[Mode, ...] = ("half_up", "half_even", "truncate", "xpath")
"""The modes by name, the most used first."""

_MAX_PLACES = 12
_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(_MAX_PLACES + 1))
# Each mode as decimal's constants for an amount that is not negative and for one that is.
_MODES: dict[str, tuple[str, str]] = {
    "half_up": (ROUND_HALF_UP, ROUND_HALF_UP),
    "half_even": (ROUND_HALF_EVEN, ROUND_HALF_EVEN),
    "truncate": (ROUND_DOWN, ROUND_DOWN),
    "xpath": (ROUND_HALF_UP, ROUND_HALF_DOWN),
}
# What is left of a division only matters as less than a half, a half, or more than a half.
_LESS, _HALF, _MORE = Decimal("0.25"), Decimal("0.5"), Decimal("0.75")


def as_decimal(value: Number) -> Decimal:
    """Take a Decimal, an int or decimal text; raise RoundingError for anything else, such as a float."""
    if type(value) is Decimal:
        return value
    if isinstance(value, float) or not isinstance(value, (Decimal, int, str)):
        sentence = (
            f"{type(value).__name__} {value!r} cannot be rounded exactly: give a Decimal, an int or text"
        )
        raise RoundingError(sentence, value=value)
    try:
        return Decimal(value)
    except InvalidOperation:
        sentence = f"{value!r} is not a decimal number"
        raise RoundingError(sentence, value=value) from None


def as_finite(value: Number) -> Decimal:
    """Take a number as ``as_decimal`` does; raise RoundingError for NaN and infinity too."""
    amount = as_decimal(value)
    if not amount.is_finite():
        sentence = f"{value} is not finite"
        raise RoundingError(sentence, value=value)
    return amount


def exact_product(*factors: Number) -> Decimal:
    """Multiply without losing a digit; raise RoundingError where the product has over 120 digits.

    >>> exact_product("1234.567891", "0.333333")
    Decimal('411.522218810703')
    """
    result = Decimal(1)
    try:
        for factor in factors:
            result = EXACT.multiply(result, as_finite(factor))
    except ArithmeticError:
        sentence = "the product cannot be held exactly: over 120 digits, or a factor that is not finite"
        raise RoundingError(sentence, factors=factors) from None
    return result


class Rounding(NamedTuple):
    """How a figure is rounded: a mode and a number of decimal places (0 to 12).

    Modes: ``half_up`` (half away from zero), ``half_even`` (NTC 3711, DIAN annex 1.9 §5.2.1),
    ``truncate`` (toward zero, DIAN's CUFE), ``xpath`` (half toward +∞, XPath ``round()``).

    >>> Rounding("half_even", 2)("2.345")
    Decimal('2.34')
    """

    mode: Mode = "half_up"
    places: int = 2

    def __call__(self, value: Number) -> Decimal:
        """Round ``value``; raise RoundingError where it is not a finite number of at most 100 digits."""
        amount = as_finite(value)
        try:
            quantum = _QUANTA[self.places] if self.places >= 0 else _QUANTA[_MAX_PLACES + 1]
            positive, negative = _MODES[self.mode]
            return amount.quantize(quantum, negative if amount.is_signed() else positive, ROUNDING)
        except (IndexError, KeyError, TypeError):
            sentence = f"no rounding {self.mode!r} to {self.places!r} places"
            raise RoundingError(sentence, mode=self.mode, places=self.places) from None
        except InvalidOperation:
            sentence = f"{value} cannot be rounded: it has too many digits"
            raise RoundingError(sentence, value=value) from None

    def product(self, *factors: Number) -> Decimal:
        """Multiply exactly, then round once.

        >>> Rounding().product("2.3452", 100, "0.19")
        Decimal('44.56')
        """
        return self(exact_product(*factors))

    def quotient(self, dividend: Number, divisor: Number) -> Decimal:
        """Divide and round once, from the exact remainder: no digit of the quotient is lost before that.

        Raises RoundingError where the divisor is zero, or the quotient has over 100 digits.

        >>> Rounding("half_even", 2).quotient("0.03", 2)
        Decimal('0.02')
        """
        amount, by = as_finite(dividend), as_finite(divisor)
        zero = self(0)
        try:
            whole, rest = EXACT.divmod(EXACT.scaleb(amount, self.places), by)
            twice, size = EXACT.multiply(rest.copy_abs(), Decimal(2)), by.copy_abs()
            part = _HALF if twice == size else _MORE if twice > size else _LESS
            near = EXACT.add(whole, part.copy_sign(whole)) if rest else whole
            # Adding zero turns −0 into 0.
            return EXACT.add(EXACT.scaleb(Rounding(self.mode, 0)(near), -self.places), zero)
        except ArithmeticError:
            sentence = f"{dividend} / {divisor} cannot be rounded: divided by zero, or too many digits"
            raise RoundingError(sentence, dividend=dividend, divisor=divisor) from None

    def __str__(self) -> str:
        return f"{self.mode} to {self.places} places"
