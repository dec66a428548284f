"""Ecuador's access key (clave de acceso): 49 digits that name a voucher, the last of them a check digit."""

import datetime as dt
import re
from contextlib import suppress
from typing import NamedTuple, Never

from cuadre.engine.errors import CuadreError

LENGTH = 49
_WEIGHTS = (2, 3, 4, 5, 6, 7)
_MODULUS = 11
_SEPARATORS = str.maketrans("", "", " -")
_PARTS = re.compile(
    r"([0-9]{2})([0-9]{2})([0-9]{4})([0-9]{2})([0-9]{13})([0-9])([0-9]{6})([0-9]{9})([0-9]{8})([0-9])([0-9])"
)


class AccessKeyError(CuadreError, ValueError):
    """A text that is no access key; ``detail["fault"]`` is ``length``, ``digits``, ``date`` or ``check``."""

    code = "access_key"


class AccessKey(NamedTuple):
    """The parts of an access key, which SRI compares with the voucher (error 58)."""

    issue_date: dt.date
    document_type: str
    ruc: str
    environment: str
    """1 is for tests, 2 is production."""
    series: str
    """Establishment and point of issue, three digits each."""
    sequential: str
    numeric_code: str
    emission: str
    check_digit: str


def compact(key: str) -> str:
    """Drop spaces and hyphens."""
    return key.translate(_SEPARATORS)


def calc_check_digit(first: str) -> str:
    """Compute the check digit of the digits before it; raise AccessKeyError where they are none.

    >>> calc_check_digit("41261533")
    '6'
    """
    if not (first.isascii() and first.isdigit()):
        _refuse(f"{first!r} is not made of digits", "digits")
    weighted = [_WEIGHTS[i % len(_WEIGHTS)] * int(digit) for i, digit in enumerate(reversed(first))]
    digit = _MODULUS - sum(weighted) % _MODULUS
    return str({11: 0, 10: 1}.get(digit, digit))


def validate(key: str) -> AccessKey:
    """Take a key apart; raise AccessKeyError where it is none, with the digit that it should end in."""
    digits = compact(key)
    if len(digits) != LENGTH:
        _refuse(
            f"an access key has {LENGTH} digits, this one has {len(digits)}", "length", length=len(digits)
        )
    found = _PARTS.fullmatch(digits)
    if found is None:
        _refuse(f"{digits!r} is not made of digits", "digits")
    day, month, year, *others = found.groups()
    date = None
    with suppress(ValueError):
        date = dt.date(int(year), int(month), int(day))
    if date is None:
        _refuse(f"{day}/{month}/{year} is no day of the calendar", "date")
    expected = calc_check_digit(digits[:-1])
    if others[-1] != expected:
        _refuse(f"the check digit is {others[-1]}, must be {expected}", "check", expected=expected)
    return AccessKey(date, *others)


def is_valid(key: str) -> bool:
    """Tell whether ``key`` is an access key."""
    try:
        validate(key)
    except AccessKeyError:
        return False
    return True


def format_key(key: AccessKey) -> str:
    """Write a key; its check digit is computed, whatever it says."""
    date = key.issue_date
    first = "".join([f"{date.day:02}{date.month:02}{date.year:04}", *key[1:-1]])
    return first + calc_check_digit(first)


def _refuse(sentence: str, fault: str, **detail: object) -> Never:
    raise AccessKeyError(sentence, fault=fault, **detail)
