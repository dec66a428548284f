"""Guarded reading of amounts, from text and from Python numbers, never through a float."""

import re
from decimal import Decimal, InvalidOperation
from typing import Never

from cuadre.engine.decimals import ROUNDING
from cuadre.engine.errors import AmountError

MAX_INTEGER_DIGITS = 18
MAX_DECIMALS = 12

_SPACE = r"[ \t\r\n]*"
# xs:decimal in ASCII digits: "+1.0", ".5" and "5." are valid there and seen in accepted documents.
_TEXT = re.compile(
    _SPACE + r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})" + _SPACE,
    re.ASCII,
)
_LIMIT = Decimal(10) ** MAX_INTEGER_DIGITS
_UNIT = Decimal(1)
_decimal = ROUNDING.create_decimal
_PLAIN = "0123456789."
_SHORT = MAX_DECIMALS + 1
_SHOWN = 40


def parse_amount(value: object) -> Decimal:
    """Read an amount and keep the digits that it was written with.

    Takes decimal text, ``Decimal`` or ``int``; at most 18 integer digits and 12 decimals. Raises
    AmountError for anything else: a float, NaN, an exponent in text, a thousands separator.
    """
    if type(value) is str:
        # Most amounts are short and plain; this look costs half of the pattern's.
        if len(value) <= _SHORT and not value.strip(_PLAIN):
            try:
                return _decimal(value)
            except InvalidOperation:
                _refuse(value)
        if _TEXT.fullmatch(value) is None:
            _refuse(value)
        return Decimal(value)
    if type(value) is int:
        return _within(Decimal(value)) if -_LIMIT < value < _LIMIT else _refuse(value)
    if isinstance(value, Decimal):
        return _within(value)
    return _refuse(value)


def _within(value: Decimal) -> Decimal:
    if not value.is_finite():
        _refuse(value)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, str) or exponent < -MAX_DECIMALS or value.adjusted() >= MAX_INTEGER_DIGITS:
        _refuse(value)
    # 1E+3 is written out, since an exponent has no place in an invoice.
    return value if exponent <= 0 else ROUNDING.quantize(value, _UNIT)


def _refuse(value: object) -> Never:
    shown = str(value) if isinstance(value, (str, int, Decimal)) and _short(value) else type(value).__name__
    if value == "":
        sentence = "the amount is empty"
    elif isinstance(value, float):
        sentence = f"{value!r} is a binary float, which has already lost digits: give a Decimal or text"
    else:
        sentence = (
            f"{shown!r} is not an amount: digits with a decimal point, "
            f"at most {MAX_INTEGER_DIGITS} integer digits and {MAX_DECIMALS} decimals"
        )
    raise AmountError(sentence, value=shown)


def _short(value: str | int | Decimal) -> bool:
    if isinstance(value, int):
        return value.bit_length() < 4 * _SHOWN
    return len(value if isinstance(value, str) else value.as_tuple().digits) <= _SHOWN
