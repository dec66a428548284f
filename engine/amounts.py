"""Guarded reading of amounts: from text, from JSON tokens, from Python numbers, never through a float."""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Never

from cuadre.engine.decimals import ROUNDING
from cuadre.engine.errors import AmountError, DocumentError

MAX_INTEGER_DIGITS = 18
MAX_DECIMALS = 12
MAX_BYTES = 20_000_000
MAX_OBJECTS = 500_000
"""Of a JSON text: ten for each of 50,000 lines, and small enough to be held in memory."""

_SPACE = r"[ \t\r\n]*"
# xs:decimal in ASCII digits: "+1.0", ".5" and "5." are valid there and seen in accepted documents.
_TEXT = re.compile(
    _SPACE + r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})" + _SPACE,
    re.ASCII,
)
_EXPONENT = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?[eE][+-]?[0-9]{1,2}", re.ASCII)
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


def _json_float(token: str) -> Decimal:
    if _EXPONENT.fullmatch(token):
        return _within(Decimal(token))
    return parse_amount(token)


def _json_int(token: str) -> Decimal | int:
    # Identifiers are JSON integers too, so an integer stays one; the limit is the amounts' own.
    return int(parse_amount(token))


def _json_constant(token: str) -> Never:
    sentence = f"{token} is not a JSON number"
    raise AmountError(sentence, value=token)


def _json_objects() -> Callable[[list[tuple[str, object]]], dict[str, object]]:
    """Make the function that makes the objects of one text, and counts them."""
    left = MAX_OBJECTS

    def make(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal left
        left -= 1
        result = dict(pairs)
        if len(result) != len(pairs):
            seen: set[str] = set()
            double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            sentence = f"the key {double!r} is twice in one JSON object"
            raise DocumentError(sentence, problems=[], key=double)
        if left < 0:
            sentence = f"the JSON has more than {MAX_OBJECTS} objects"
            raise DocumentError(sentence, problems=[])
        return result

    return make


_HOOKS: dict[str, Callable[..., object]] = {
    "parse_float": _json_float,
    "parse_int": _json_int,
    "parse_constant": _json_constant,
}


def read_json(text: str | bytes) -> object:
    """Read JSON whose decimals become ``Decimal``, digit by digit.

    Raises DocumentError where the text is too large (20 MB, 500,000 objects), too deep, not JSON, or says a
    key twice; AmountError where a number is out of limits, NaN or Infinity.
    """
    # Characters are at most as many as bytes, so this never refuses what the bytes would not.
    if len(text) > MAX_BYTES:
        sentence = f"the JSON has {len(text)} bytes, more than the limit of {MAX_BYTES}"
        raise DocumentError(sentence, problems=[])
    try:
        return json.loads(text, object_pairs_hook=_json_objects(), **_HOOKS)  # type: ignore[arg-type]
    except json.JSONDecodeError as error:
        sentence = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise DocumentError(sentence, problems=[], line=error.lineno) from None
    except UnicodeDecodeError as error:
        sentence = f"not JSON: byte {error.start} is not {error.encoding}"
        raise DocumentError(sentence, problems=[]) from None
    except RecursionError:
        sentence = "the JSON is nested too deeply"
        raise DocumentError(sentence, problems=[]) from None
