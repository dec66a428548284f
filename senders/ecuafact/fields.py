"""A field of the model and the key that holds it in a body: one row for both ways."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from cuadre.engine.aggregate import Aggregate
from cuadre.engine.scalars import Path
from cuadre.senders.payload import Json, Steps
from cuadre.senders.reading import Node

Places = dict[Path, Steps]
Body = dict[str, Json]
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:[ T].*)?")


class Field(NamedTuple):
    """``name`` in the model, ``key`` in the body."""

    name: str
    key: str
    read: Callable[[Node], Any]
    write: Callable[[Any], Json]


def read_fields(node: Node, fields: Sequence[Field], path: Path, places: Places) -> dict[str, Any]:
    """Read what ``node`` states of ``fields``, and note under ``path`` where each stood."""
    values = {}
    for field in fields:
        found = node.get(field.key)
        if found is not None:
            values[field.name] = field.read(found)
            places[*path, field.name] = found.steps
    return values


def write_fields(part: Aggregate | None, fields: Sequence[Field]) -> Body:
    """Write what ``part`` states of ``fields``."""
    values = {}
    for field in fields:
        found = None if part is None else getattr(part, field.name)
        if found not in (None, "", ()):
            values[field.key] = field.write(found)
    return values


def number(value: Decimal) -> Json:
    """Write an amount as a JSON number: an integer where it has no decimals."""
    return int(value) if value.as_tuple().exponent == 0 else value


def _read_day(node: Node) -> dt.date:
    found = _DAY.fullmatch(node.text().strip())
    if found is None:
        node.fail("must be a day as dd/mm/yyyy")
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        node.fail("is no day of the calendar")


def _write_day(value: dt.date) -> Json:
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def amount(name: str, key: str) -> Field:
    """Make the field of an amount."""
    return Field(name, key, Node.amount, number)


def text(name: str, key: str) -> Field:
    """Make the field of a text."""
    return Field(name, key, Node.text, str)


def texts(name: str, key: str) -> Field:
    """Make the field of several texts in the model, which are lines of one in the body."""
    return Field(name, key, lambda node: (node.text(),), "\n".join)


def day(name: str, key: str) -> Field:
    """Make the field of a date, ``dd/mm/yyyy`` in the body."""
    return Field(name, key, _read_day, _write_day)


_DOLLARS = {"DOLAR": "USD"}


def currency(name: str, key: str) -> Field:
    """Make the field of a currency, which SRI writes as a word."""
    words = {code: word for word, code in _DOLLARS.items()}
    return Field(
        name,
        key,
        lambda node: _DOLLARS.get(node.text().strip().upper(), node.text()),
        lambda code: words.get(code, code),
    )
