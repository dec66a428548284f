"""Guarded reading of JSON: numbers keep their digits, no key comes twice, and the size has limits."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Never

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import AmountError, DocumentError
from cuadre.engine.limits import MAX_BYTES, MAX_PARTS, MAX_VALUES

_EXPONENT = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?[eE][+-]?[0-9]{1,2}", re.ASCII)
# A text without an end goes to the end of the input, so that no part of it is searched twice.
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_BEFORE_VALUE = re.compile(r",|[\[{](?!\s*[\]}])")
_OBJECT = re.compile("{")


def read_json(text: str | bytes) -> object:
    """Read JSON whose decimals become ``Decimal``, digit by digit.

    Raises DocumentError where the text is too large (see ``limits``) or too deep, is not JSON, or has a
    key twice; AmountError where a number is out of limits, NaN or Infinity.
    """
    # Characters are at most as many as bytes, so this never refuses what the bytes would not.
    if len(text) > MAX_BYTES:
        sentence = f"the JSON has {len(text)} bytes, more than the limit of {MAX_BYTES}"
        raise DocumentError(sentence, problems=[])
    try:
        if isinstance(text, bytes):
            # As json.loads does; a lone surrogate in UTF-8 is its caller's affair.
            text = text.decode(json.detect_encoding(text), "surrogatepass")
        _count(text)
        return json.loads(text, **_HOOKS)  # type: ignore[arg-type]
    except json.JSONDecodeError as error:
        sentence = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise DocumentError(sentence, problems=[], line=error.lineno) from None
    except UnicodeDecodeError as error:
        sentence = f"not JSON: byte {error.start} is not {error.encoding}"
        raise DocumentError(sentence, problems=[]) from None
    except RecursionError:
        sentence = "the JSON is nested too deeply"
        raise DocumentError(sentence, problems=[]) from None


def _count(text: str) -> None:
    """Raise DocumentError where there are too many values or objects."""
    # Every value but the first comes after one of these signs, so this is never less than their number.
    if sum(map(text.count, ",[{")) >= MAX_VALUES or text.count("{") > MAX_PARTS:
        bare = _TEXT.sub('"', text)
        _refuse_beyond(bare, _BEFORE_VALUE, MAX_VALUES - 1, f"more than {MAX_VALUES} values")
        _refuse_beyond(bare, _OBJECT, MAX_PARTS, f"more than {MAX_PARTS} objects")


def _refuse_beyond(bare: str, signs: re.Pattern[str], most: int, what: str) -> None:
    found = next(islice(signs.finditer(bare), most, None), None)
    if found is not None:
        line = bare.count("\n", 0, found.start()) + 1
        sentence = f"the JSON has {what}; the first above the limit is in line {line}"
        raise DocumentError(sentence, problems=[], line=line)


def _float(token: str) -> Decimal:
    return parse_amount(Decimal(token) if _EXPONENT.fullmatch(token) else token)


def _int(token: str) -> int:
    # Identifiers are JSON integers too, so an integer stays one; the limit is that of amounts.
    return int(parse_amount(token))


def _constant(token: str) -> Never:
    sentence = f"{token} is not a JSON number"
    raise AmountError(sentence, value=token)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        sentence = f"the key {double!r} is twice in one JSON object"
        raise DocumentError(sentence, problems=[], key=double)
    return result


_HOOKS: dict[str, Callable[..., object]] = {
    "parse_float": _float,
    "parse_int": _int,
    "parse_constant": _constant,
    "object_pairs_hook": _object,
}
