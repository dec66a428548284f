"""A payload, or the model's JSON, that a program gives as Python data: written as JSON, digit by digit."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Never

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import AmountError, DocumentError
from cuadre.engine.source import Place
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.payload import Json, Steps


def json_bytes(data: Mapping[str, object]) -> bytes:
    """Write Python data as JSON: text, int, Decimal, bool, None, dates, lists, tuples and dicts.

    Raises DocumentError, with the JSON pointer, for a float, which has lost digits already, for a number
    out of limits, and for what JSON has no word for.
    """
    try:
        return write_json(_plain(data, ()), indent=0)
    except RecursionError:
        sentence = "the data is nested too deeply"
        raise DocumentError(sentence, problems=[]) from None


def _plain(value: object, steps: Steps) -> Json:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Mapping):
        return {_key(key, steps): _plain(member, (*steps, str(key))) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(member, (*steps, index)) for index, member in enumerate(value)]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)):
        return _number(value, steps)
    return _refuse(f"a {type(value).__name__} is no JSON value", steps)


def _key(key: object, steps: Steps) -> str:
    return key if isinstance(key, str) else _refuse(f"the key {key!r} is no text", steps)


def _number(value: float | Decimal, steps: Steps) -> Json:
    try:
        amount = parse_amount(value)
    except AmountError as error:
        _refuse(str(error), steps)
    return int(amount) if isinstance(value, int) else amount


def _refuse(fault: str, steps: Steps) -> Never:
    where = pointer(steps)
    sentence = f"{where or 'the data'}: {fault}"
    place = Place("", pointer=where)
    raise DocumentError(sentence, problems=[{"place": place, "sentence": sentence}])
