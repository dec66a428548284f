"""A field of the model and the key that holds it in a payload: one row for both ways."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from cuadre.engine.aggregate import Aggregate
from cuadre.engine.scalars import Path, format_amount
from cuadre.senders.apidian.tables import Table, Tables
from cuadre.senders.contract import PayloadError
from cuadre.senders.json_lines import pointer
from cuadre.senders.payload import Json, Steps
from cuadre.senders.reading import Node

Places = dict[Path, Steps]


class Kind(NamedTuple):
    """How the values of a field are read and written."""

    read: Callable[[Node, Tables], Any]
    write: Callable[[Any, Tables, Steps], Json]


class Field(NamedTuple):
    """``name`` in the model, ``key`` in the payload."""

    name: str
    key: str
    kind: Kind


def read_fields(
    node: Node, fields: Sequence[Field], tables: Tables, path: Path, places: Places
) -> dict[str, Any]:
    """Read what ``node`` states of ``fields``, and note under ``path`` where each stood."""
    values = {}
    for field in fields:
        found = node.get(field.key)
        if found is not None:
            values[field.name] = field.kind.read(found, tables)
            places[*path, field.name] = found.steps
    return values


def write_fields(
    part: Aggregate | None, fields: Sequence[Field], tables: Tables, steps: Steps
) -> dict[str, Json]:
    """Write what ``part`` states of ``fields``; ``steps`` leads to what they are written into."""
    values = {}
    for field in fields:
        found = None if part is None else getattr(part, field.name)
        if found not in (None, "", ()):
            values[field.key] = field.kind.write(found, tables, (*steps, field.key))
    return values


def read_id(node: Node, table: Table) -> str:
    """Read a database id as the code behind it; an id that is not in the table is an error."""
    identity = node.text().strip()
    code = table.codes.get(identity)
    if code is None:
        known = tuple(table.codes)
        sentence = f"{identity!r} is no id of the table {table.name} ({len(known)} ids)"
        node.fail(sentence, table=table.name, id=identity, known=known)
    return code


def write_id(code: str, table: Table, steps: Steps) -> int:
    """Write a code as the lowest id that stands for it; a code that has none is an error."""
    ids = table.ids.get(code)
    if ids is None:
        where = pointer(steps)
        sentence = f"{where}: the table {table.name} has no id for the code {code!r}"
        raise PayloadError(sentence, pointer=where, table=table.name, code=code, known=tuple(table.ids))
    return ids[0]


def ids(table: str) -> Kind:
    """Make the kind of a field that holds an id of ``table``, and a code in the model."""
    return Kind(
        lambda node, tables: read_id(node, tables[table]),
        lambda code, tables, steps: write_id(code, tables[table], steps),
    )


def _write_amount(value: Decimal, tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return format_amount(value)


def _write_text(value: str, tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return value


def _write_date(value: dt.date, tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return value.isoformat()


def _read_texts(node: Node, tables: Tables) -> tuple[str, ...]:
    del tables
    return tuple([part.text() for part in node.items()] if isinstance(node.value, list) else [node.text()])


def _write_texts(value: tuple[str, ...], tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return "\n".join(value)


def _read_flag(node: Node, tables: Tables) -> str:
    del tables
    return "true" if node.flag() else "false"


def _write_flag(value: str, tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return value in {"true", "1"}


_ZONE = "-05:00"
_NO_ZONE = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")


def _read_time(node: Node, tables: Tables) -> str:
    del tables
    text = node.text().strip()
    return text + _ZONE if _NO_ZONE.fullmatch(text) else text


def _write_time(value: str, tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return value.removesuffix(_ZONE)


AMOUNT = Kind(lambda node, _: node.amount(), _write_amount)
TEXT = Kind(lambda node, _: node.text(), _write_text)
TEXTS = Kind(_read_texts, _write_texts)
"""Several texts in the model; in a payload one, or a list."""
DATE = Kind(lambda node, _: node.date(), _write_date)
TIME = Kind(_read_time, _write_time)
"""Colombia's time, which a payload gives without its zone."""
FLAG = Kind(_read_flag, _write_flag)
"""UBL's indicators: text in the model, a boolean in a payload."""
