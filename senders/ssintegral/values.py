"""The types of the envelope's elements: how their text becomes a value of the model, and back."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from cuadre.engine.amounts import parse_amount
from cuadre.engine.model.scalars import format_amount, parse_date

ZONE = "-05:00"
_NO_DAY = "0001-01-01"
_MIDNIGHT = "T00:00:00"
_CLOCK = re.compile(r"([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)(-05:00)?")
_WHOLE = re.compile(r"([0-9]{1,18})(?:\.0*)?")


class Type(NamedTuple):
    """How an element's text becomes a value of the model, and back; both raise ValueError."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]
    always: bool = False
    """Whether the element is there, empty, without a value: text is, .NET's value types cannot be."""


def _read_day(text: str) -> dt.date | None:
    """Read a dateTime as a day; .NET's first day of all means none."""
    day = text.partition("T")[0]
    return None if day == _NO_DAY else parse_date(day)


def _write_whole(text: str) -> str:
    found = _WHOLE.fullmatch(text)
    if found is None:
        sentence = f"{text!r} is not a whole number"
        raise ValueError(sentence)
    return found[1]


def _read_time(text: str) -> str:
    """Read the time of a dateTime; without a zone it is Colombia's."""
    found = _CLOCK.fullmatch(text.partition("T")[2])
    if found is None:
        sentence = f"{text!r} is no dateTime in Colombia's time"
        raise ValueError(sentence)
    return f"{found[1]}{ZONE}"


def write_time(day: dt.date | None, time: str) -> str:
    """Write a time as a whole dateTime without zone, so that no server moves it: it is a part of the CUDS."""
    found = _CLOCK.fullmatch(time)
    if found is None or day is None:
        sentence = f"{time!r} needs a day and is to be in Colombia's time, such as 10:30:00{ZONE}"
        raise ValueError(sentence)
    return f"{day.isoformat()}T{found[1]}"


def _write_amount(value: Decimal) -> str:
    return format_amount(value)


TYPES = {
    "string": Type(str, str, always=True),
    "texts": Type(lambda text: (text,), "\n".join, always=True),
    "int": Type(_write_whole, _write_whole),
    "whole": Type(_write_whole, _write_whole),
    "decimal": Type(parse_amount, _write_amount),
    "day": Type(_read_day, lambda value: value.isoformat() + _MIDNIGHT),
    "date": Type(parse_date, dt.date.isoformat, always=True),
    "time": Type(_read_time, str),
}
"""By the type in envelope.csv; ``array`` is that of the line mapping."""
