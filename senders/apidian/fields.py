"""A field of the model and the key that holds it in a payload: one row for both ways."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.scalars import Path, format_amount
from cuadre.senders.apidian.lookup import Lookup
from cuadre.senders.apidian.tables import Table, Tables
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads import fields
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.payload import Json, Steps
from cuadre.senders.payloads.reading import PayloadValue


class Kind(NamedTuple):
    """How the values of a field are read and written."""

    read: Callable[[PayloadValue, Lookup], Any]
    write: Callable[[Any, Tables, Steps], Json]


class Field(NamedTuple):
    """``name`` in the model, ``key`` in the payload."""

    name: str
    key: str
    kind: Kind


def read_fields(
    node: PayloadValue, rows: Sequence[Field], lookup: Lookup, path: Path, origins: Origins
) -> dict[str, Any]:
    """Read what ``node`` states of ``rows``, and note under ``path`` where each was.

    An id that its table lacks has no value; the look-up has noted it, or has stopped the reading.
    """
    values = {}
    for field in rows:
        found = node.get(field.key)
        if found is not None:
            value = field.kind.read(found, lookup)
            origins[*path, field.name] = found.steps
            if value is not None:
                values[field.name] = value
    return values


def write_fields(
    part: Aggregate | None, rows: Sequence[Field], tables: Tables, steps: Steps
) -> dict[str, Json]:
    """Write what ``part`` states of ``rows``; ``steps`` leads to what they are written into."""
    values = {}
    for field in rows:
        found = None if part is None else getattr(part, field.name)
        if found not in (None, "", ()):
            values[field.key] = field.kind.write(found, tables, (*steps, field.key))
    return values


def write_id(code: str, table: Table, steps: Steps) -> int:
    """Write a code as its lowest id; a code that has none is an error."""
    ids = table.ids.get(code)
    if ids is None:
        where = pointer(steps)
        sentence = f"{where}: the table {table.name} has no id for the code {code!r}"
        raise PayloadError(sentence, pointer=where, table=table.name, code=code, known=tuple(table.ids))
    return ids[0]


def ids(table: str, *, needed: bool) -> Kind:
    """Make the kind of a field that holds an id of ``table``, and a code in the model.

    ``needed`` tells whether figures depend on it; if none does, a body with an unknown id is read without it.
    """
    find = Lookup.code if needed else Lookup.code_if_known
    return Kind(
        lambda node, lookup: find(lookup, node, table),
        lambda code, tables, steps: write_id(code, tables[table], steps),
    )


def _free(kind: fields.Kind) -> Kind:
    """Take a kind that needs no table."""
    return Kind(lambda node, _: kind.read(node), lambda value, *_: kind.write(value))


def _read_texts(node: PayloadValue, lookup: Lookup) -> tuple[str, ...]:
    del lookup
    return tuple([part.text() for part in node.items()] if isinstance(node.value, list) else [node.text()])


def _write_texts(value: tuple[str, ...], tables: Tables, steps: Steps) -> Json:
    del tables, steps
    return "\n".join(value)


AMOUNT = _free(fields.Kind(PayloadValue.amount, format_amount))
TEXT = _free(fields.TEXT)
TEXTS = Kind(_read_texts, _write_texts)
"""Several texts in the model; in a payload one, or a list."""
DATE = _free(fields.DATE)
TIME = _free(fields.TIME)
FLAG = _free(fields.FLAG)
