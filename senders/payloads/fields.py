"""A field of the model and the key that holds it in a body: one row for both ways."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.scalars import Path
from cuadre.senders.payloads.payload import Json, Steps
from cuadre.senders.payloads.reading import PayloadValue

Origins = dict[Path, Steps]
"""For a path of the Document the steps of the value that it was read from."""
Body = dict[str, Json]


class Kind(NamedTuple):
    """How the values of a field are read and written."""

    read: Callable[[PayloadValue], Any]
    write: Callable[[Any], Json]


class Field(NamedTuple):
    """``name`` in the model, ``key`` in the body."""

    name: str
    key: str
    kind: Kind


def read_fields(node: PayloadValue, fields: Sequence[Field], path: Path, origins: Origins) -> dict[str, Any]:
    """Read what ``node`` states of ``fields``, and note under ``path`` where each was."""
    values = {}
    for field in fields:
        found = node.get(field.key)
        if found is not None:
            values[field.name] = field.kind.read(found)
            origins[*path, field.name] = found.steps
    return values


def write_fields(part: Aggregate | None, fields: Sequence[Field], *, blanks: bool = False) -> Body:
    """Write what ``part`` states of ``fields``; a text without a letter only where ``blanks`` is given."""
    values = {}
    for field in fields:
        found = None if part is None else getattr(part, field.name)
        if found not in (None, ()) and (blanks or found != ""):
            values[field.key] = field.kind.write(found)
    return values


def same(value: Any) -> Json:  # noqa: ANN401 - text of any field
    """Write a value as it is in the model."""
    return value  # type: ignore[no-any-return]


_ZONE = "-05:00"
_NO_ZONE = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")


def _read_time(node: PayloadValue) -> str:
    text = node.text().strip()
    return text + _ZONE if _NO_ZONE.fullmatch(text) else text


def _write_date(value: dt.date) -> Json:
    return value.isoformat()


TEXT = Kind(PayloadValue.text, same)
DATE = Kind(PayloadValue.date, _write_date)
TIME = Kind(_read_time, lambda value: value.removesuffix(_ZONE))
"""Colombia's time, which a body gives without its zone."""
FLAG = Kind(lambda node: "true" if node.flag() else "false", lambda value: value in {"true", "1"})
"""UBL's indicators: text in the model, a boolean in a body."""
