"""Colombia's NIT: its check digit (table 13.2.1 of annex 1.9, note on identification 31)."""

from cuadre.engine.errors import CuadreError

_WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
_MODULUS = 11


class NitError(CuadreError, ValueError):
    """A text that is no NIT: 1 to 15 digits, without its check digit."""

    code = "nit"


def calc_check_digit(nit: str) -> str:
    """Compute the check digit of a NIT given without it; raise NitError where it is none.

    >>> calc_check_digit("800197268")
    '4'
    """
    if not (nit.isascii() and nit.isdigit() and len(nit) <= len(_WEIGHTS)):
        sentence = f"{nit!r} is no NIT: 1 to {len(_WEIGHTS)} digits without the check digit"
        raise NitError(sentence, nit=nit)
    remainder = (
        sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, reversed(nit), strict=False)) % _MODULUS
    )
    return str(remainder if remainder <= 1 else _MODULUS - remainder)


def is_valid(nit: str, check_digit: str) -> bool:
    """Tell whether ``check_digit`` is that of ``nit``."""
    try:
        return calc_check_digit(nit) == check_digit
    except NitError:
        return False
