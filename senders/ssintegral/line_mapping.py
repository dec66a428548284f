"""The lines and tax groups, whose elements SS Integral does not document: as the user's table has them."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path as FilePath
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import AllowanceCharge, Line, TaxSubtotal
from cuadre.engine.model.scalars import format_amount
from cuadre.senders.payloads.payload import Json
from cuadre.senders.ssintegral.paths import nest, value_at

LINES = "DocumentoEquivalenteDetalles"
TAXES, ALLOWANCES, WITHHOLDINGS = "detallesivas", "allowancecharge", "withholdingtaxTotal"
PARTS: Mapping[str, type[Aggregate]] = {
    TAXES: TaxSubtotal,
    ALLOWANCES: AllowanceCharge,
    WITHHOLDINGS: TaxSubtotal,
    LINES: Line,
}
"""The four arrays of documentoSE, and what a member of each is in the model."""
_COLUMNS = ["array", "member", "element", "value"]


class Array(NamedTuple):
    """The mapping of one array: the element of a member, and its elements with where each comes from."""

    member: str
    """Empty for an array that is sent as nil on purpose."""
    fields: tuple[tuple[str, str], ...] = ()


LineMapping = Mapping[str, Array]
"""By the array's element."""


@cache
def load_mapping(file: str) -> LineMapping:
    """Load a CSV file with the columns array, member, element and value; see docs/ssintegral.md.

    Raises OSError where it cannot be opened, and DefinitionError, with the line, where it is wrong.
    """
    rows = csv.DictReader(FilePath(file).read_text(encoding="utf-8-sig").splitlines())
    if rows.fieldnames != _COLUMNS:
        sentence = f"{file}: the columns must be {', '.join(_COLUMNS)}"
        raise DefinitionError(sentence, file=file, line=1)
    mapping: dict[str, Array] = {}
    for row in rows:
        try:
            _add(mapping, {key: (row[key] or "").strip() for key in _COLUMNS})
        except ValueError as error:
            sentence = f"{file}:{rows.line_num}: {error}"
            raise DefinitionError(sentence, file=file, line=rows.line_num) from None
    return mapping


def _add(mapping: dict[str, Array], row: dict[str, str]) -> None:
    array, member, element, value = (row[key] for key in _COLUMNS)
    known = mapping.get(array)
    if array not in PARTS:
        sentence = f"there is no array {array!r}; there are {', '.join(PARTS)}"
        raise ValueError(sentence)
    if known is not None and known.member != member:
        sentence = f"the members of {array} are called {known.member!r} above and {member!r} here"
        raise ValueError(sentence)
    if bool(member) != bool(element and value):
        sentence = "a row has member, element and value, or none of them for an array that stays nil"
        raise ValueError(sentence)
    if member and not value.startswith("="):
        _check(PARTS[array], value)
    fields = known.fields if known else ()
    mapping[array] = Array(member, (*fields, (element, value)) if member else ())


def _check(model: type[BaseModel], path: str) -> None:
    """Raise ValueError where a path leads nowhere: ``item.description.0``."""
    inner: type[BaseModel] | None = model
    for step in path.split("."):
        if step.isdigit():
            continue
        if inner is None or step not in inner.model_fields:
            sentence = f"{path!r} is no path in a {model.__name__}: {step!r}"
            raise ValueError(sentence)
        inner = _model(inner.model_fields[step].annotation)


def _model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _model(one))), None)


def write_array(array: Array, parts: Iterable[Aggregate]) -> Json:
    """Write parts as the members of an array; what a part does not state has no element."""
    members: list[Json] = []
    for part in parts:
        member: dict[str, Json] = {}
        for element, value in array.fields:
            text = value[1:] if value.startswith("=") else _text(value_at(part, value))
            if text is not None:
                _put(member, element.split("/"), text)
        members.append(member)
    if not members or not array.member:
        return None
    return {array.member: members if len(members) > 1 else members[0]}


def _put(member: dict[str, Json], steps: list[str], text: str) -> None:
    *outer, last = steps
    for step in outer:
        inner = member.setdefault(step, {})
        if isinstance(inner, dict):
            member = inner
    member[last] = text


def _text(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, Decimal):
        return format_amount(value)
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def read_array(array: Array, given: Json) -> list[dict[str, Any]]:
    """Read the members of an array as the fields of their parts; a constant says nothing."""
    members = given.get(array.member) if isinstance(given, dict) else None
    found = []
    for member in members if isinstance(members, list) else [members] if members else []:
        values: dict[str, Any] = {}
        for element, value in array.fields:
            text: Json = member
            for step in element.split("/"):
                text = text.get(step) if isinstance(text, dict) else None
            if isinstance(text, str) and text and not value.startswith("="):
                values[value] = text
        found.append(nest(values))
    return found
