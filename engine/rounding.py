"""Round decimal amounts: to places, to tens or hundreds, by named modes, and split them fairly.

Needs the standard library only, so that it can be imported alone:

    >>> from decimal import Decimal
    >>> from cuadre.engine.rounding import round_half_even, round_half_up
    >>> round_half_up(Decimal("2.345")), round_half_even(Decimal("2.345"))
    (Decimal('2.35'), Decimal('2.34'))

Amounts are ``Decimal``, ``int`` or decimal text; a ``float`` is refused, since it is already rounded.
"""

from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.allocation import allocate
from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import RoundingError
from cuadre.engine.modes import MODES, Mode, Number, Rounding, as_finite, exact_product
from cuadre.engine.policies import Policy, PolicyResult, compare_policies, policies

__all__ = [
    "MODES",
    "Mode",
    "Number",
    "Policy",
    "PolicyResult",
    "RoundedPayable",
    "Rounding",
    "allocate",
    "compare_policies",
    "exact_product",
    "policies",
    "round_half_even",
    "round_half_up",
    "round_payable",
    "round_to",
    "round_xpath",
    "truncate",
]


def round_half_up(value: Number, places: int = 2) -> Decimal:
    """Round half away from zero.

    >>> round_half_up("2.345"), round_half_up("-2.345")
    (Decimal('2.35'), Decimal('-2.35'))
    """
    return Rounding("half_up", places)(value)


def round_half_even(value: Number, places: int = 2) -> Decimal:
    """Round half to the even neighbour.

    >>> round_half_even("2.345"), round_half_even("2.355")
    (Decimal('2.34'), Decimal('2.36'))
    """
    return Rounding("half_even", places)(value)


def truncate(value: Number, places: int = 2) -> Decimal:
    """Drop the digits after ``places``.

    >>> truncate("2.349"), truncate("-2.349")
    (Decimal('2.34'), Decimal('-2.34'))
    """
    return Rounding("truncate", places)(value)


def round_xpath(value: Number, places: int = 0) -> Decimal:
    """Round half toward +∞ as XPath ``round()`` does.

    >>> round_xpath("2.5"), round_xpath("-2.5")
    (Decimal('3'), Decimal('-2'))
    """
    return Rounding("xpath", places)(value)


def round_to(value: Number, multiple: Number, mode: Mode = "half_up") -> Decimal:
    """Round to a multiple of a positive number, such as 10, 50 or 100 pesos or 5 cents.

    The modes are those of ``Rounding``; half even takes the even multiple. The result has the decimals
    that ``multiple`` is written with. Raises RoundingError where ``multiple`` is not positive, or where
    one of the two is a float, not a number or not finite.

    >>> round_to("12325", 50), round_to("12325", 50, "half_even"), round_to("7.38", "0.05")
    (Decimal('12350'), Decimal('12300'), Decimal('7.40'))
    """
    step = as_finite(multiple)
    if step <= 0:
        sentence = f"{multiple} is not a positive multiple"
        raise RoundingError(sentence, multiple=multiple)
    try:
        rounded = EXACT.multiply(Rounding(mode, 0).quotient(value, step), step)
        return rounded if int(step.as_tuple().exponent) <= 0 else EXACT.quantize(rounded, Decimal(1))
    except ArithmeticError:
        sentence = f"{value} cannot be rounded to a multiple of {multiple}: it has too many digits"
        raise RoundingError(sentence, value=value, multiple=multiple) from None


class RoundedPayable(NamedTuple):
    """An amount to pay after rounding, and the difference that goes into the document beside it."""

    payable_amount: Decimal
    """UBL PayableAmount: what is paid."""
    payable_rounding_amount: Decimal
    """UBL PayableRoundingAmount: what was added, negative where the amount was rounded down."""


def round_payable(amount: Number, multiple: Number, mode: Mode = "half_up") -> RoundedPayable:
    """Round an amount to pay to a multiple, and keep the difference: for cash without small coins.

    ``amount`` + ``payable_rounding_amount`` = ``payable_amount``, exactly. Arguments and errors are those
    of ``round_to``.

    >>> paid = round_payable("12324.50", 50)
    >>> paid.payable_amount, paid.payable_rounding_amount
    (Decimal('12300.00'), Decimal('-24.50'))
    """
    exact, rounded = as_finite(amount), round_to(amount, multiple, mode)
    try:
        difference = EXACT.subtract(rounded, exact)
        return RoundedPayable(EXACT.add(exact, difference), difference)
    except ArithmeticError:
        sentence = f"{amount} cannot be rounded to a multiple of {multiple}: it has too many digits"
        raise RoundingError(sentence, value=amount, multiple=multiple) from None
