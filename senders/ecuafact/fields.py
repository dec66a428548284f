"""Kinds of fields that are Ecuafact's own."""

import datetime as dt
import re
from decimal import Decimal

from cuadre.senders.payloads.fields import TEXT, Field, Kind
from cuadre.senders.payloads.payload import Json
from cuadre.senders.payloads.reading import PayloadValue

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:[ T].*)?")


def number(value: Decimal) -> Json:
    """Write an amount as a JSON number: an integer where it has no decimals."""
    return int(value) if value.as_tuple().exponent == 0 else value


def _read_day(node: PayloadValue) -> dt.date:
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
    return Field(name, key, Kind(PayloadValue.amount, number))


def text(name: str, key: str) -> Field:
    """Make the field of a text."""
    return Field(name, key, TEXT)


def texts(name: str, key: str) -> Field:
    """Make the field of several texts in the model, which are lines of one in the body."""
    return Field(name, key, Kind(lambda node: (node.text(),), "\n".join))


def day(name: str, key: str) -> Field:
    """Make the field of a date, ``dd/mm/yyyy`` in the body."""
    return Field(name, key, Kind(_read_day, _write_day))


_DOLLARS = {"DOLAR": "USD"}


def currency(name: str, key: str) -> Field:
    """Make the field of a currency, which SRI writes as a word."""
    words = {code: word for word, code in _DOLLARS.items()}
    kind = Kind(
        lambda node: _DOLLARS.get(node.text().strip().upper(), node.text()),
        lambda code: words.get(code, code),
    )
    return Field(name, key, kind)
