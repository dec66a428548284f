"""JSON as bytes, with decimal numbers written digit by digit: never through a binary float."""

import json
from decimal import Decimal

from cuadre.senders.payloads.payload import Json


def write_json(value: Json, indent: int = 2) -> bytes:
    """Write a value as UTF-8 JSON; ``read_json`` reads it back as it was, digits included.

    Raises ValueError for a number that JSON has no word for, and TypeError for what is no JSON value;
    a float is none.
    """
    return (_text(value, "\n", " " * indent) + "\n").encode()


def _text(value: Json, newline: str, step: str) -> str:
    inner = newline + step
    if isinstance(value, dict):
        members = [f"{_string(key)}: {_text(member, inner, step)}" for key, member in value.items()]
        return _enclosed("{}", members, newline, inner)
    if isinstance(value, list):
        return _enclosed("[]", [_text(member, inner, step) for member in value], newline, inner)
    return _scalar(value)


def _enclosed(brackets: str, members: list[str], newline: str, inner: str) -> str:
    if not members:
        return brackets
    return brackets[0] + inner + f",{inner}".join(members) + newline + brackets[1]


def _scalar(value: str | int | Decimal | bool | None) -> str:  # noqa: FBT001 - any JSON scalar
    if isinstance(value, str):
        return _string(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    return _number(value)


def _number(value: Decimal) -> str:
    if not isinstance(value, Decimal):
        sentence = f"a {type(value).__name__} is no JSON value"
        raise TypeError(sentence)
    if not value.is_finite():
        sentence = f"{value} is no JSON number"
        raise ValueError(sentence)
    text = str(value)
    # What has no point and no exponent would be read back as an integer.
    return text if not text.lstrip("-").isdigit() else f"{text}e0"


def _string(text: str) -> str:
    # Half of a surrogate pair has no UTF-8; JSON can still say it with an escape.
    halves = any("\ud800" <= character <= "\udfff" for character in text)
    return json.dumps(text, ensure_ascii=halves)
