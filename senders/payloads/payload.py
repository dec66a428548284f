"""What a provider's JSON payload is read into, and how what the model does not say is kept beside it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Place, format_path
from cuadre.senders.payloads.json_lines import pointer, pointer_lines

Json = dict[str, Any] | list[Any] | str | int | Decimal | bool | None
Steps = tuple[str | int, ...]
"""Where a value stands in a payload: ``("invoice_lines", 0, "price_amount")``."""


class PayloadSource:
    """The places of a document that was read from a payload, in the provider's own names.

    ``places`` says for a path of the Document where it stood; a path that is not in it has the place of
    the nearest part around it that is.
    """

    def __init__(self, text: str, places: Mapping[Path, Steps], file: str | None = None) -> None:
        self._text = text
        self._places = places
        self._file = file

    @cached_property
    def _lines(self) -> dict[str, int]:
        return pointer_lines(self._text)

    def place(self, path: Path) -> Place:
        """Find ``path``: pointer and line."""
        around = path
        while around and around not in self._places:
            around = around[:-1]
        steps = self._places.get(around, ())
        where = pointer(steps)
        return Place(format_path(path), self._file, self._line(steps), pointer=where)

    def _line(self, steps: Steps) -> int | None:
        while steps and pointer(steps) not in self._lines:
            steps = steps[:-1]
        return self._lines.get(pointer(steps))


class PayloadReading(NamedTuple):
    """A document out of a payload, and where its figures stood in it."""

    document: Document
    source: PayloadSource


def no_document(error: ValidationError) -> DocumentError:
    """Say of values that are right one by one why they make no Document: the first reason, and its place."""
    first = error.errors()[0]
    sentence = f"{format_path(first['loc'])}: {first['msg']}"
    return DocumentError(sentence, problems=[{"sentence": sentence}])


def leftovers(given: Json, derived: Json) -> dict[str, Any]:
    """Tell how ``given`` differs from what was ``derived`` from the Document that was read from it.

    The result, kept in ``Document.provider_options``, is plain JSON: ``set`` (pointer steps and value)
    and ``unset`` (pointer steps). ``restore`` applies it, so that a payload comes back as it was given.
    """
    changes: dict[str, Any] = {"set": [], "unset": []}
    _compare(given, derived, (), changes)
    return {name: values for name, values in changes.items() if values}


def _compare(given: Json, derived: Json, steps: Steps, changes: dict[str, Any]) -> None:
    if isinstance(given, dict) and isinstance(derived, dict):
        for key, value in given.items():
            if key in derived:
                _compare(value, derived[key], (*steps, key), changes)
            else:
                changes["set"].append([[*steps, key], encode(value)])
        changes["unset"] += [[*steps, key] for key in derived if key not in given]
    elif isinstance(given, list) and isinstance(derived, list) and len(given) == len(derived):
        for index, (one, other) in enumerate(zip(given, derived, strict=True)):
            _compare(one, other, (*steps, index), changes)
    elif type(given) is not type(derived) or given != derived or str(given) != str(derived):
        changes["set"].append([list(steps), encode(given)])


def restore(derived: Json, changes: Mapping[str, Any]) -> Json:
    """Apply what ``leftovers`` kept to what was derived from the Document; ``derived`` is changed."""
    for steps, value in changes.get("set", ()):
        if not steps:
            return decode(value)
        holder = _holder(derived, steps)
        if isinstance(holder, dict) or (isinstance(holder, list) and steps[-1] < len(holder)):
            holder[steps[-1]] = decode(value)
    for steps in changes.get("unset", ()):
        holder = _holder(derived, steps)
        if isinstance(holder, dict):
            holder.pop(steps[-1], None)
    return derived


def _holder(value: Any, steps: list[str | int]) -> Any:  # noqa: ANN401 - any JSON
    for step in steps[:-1]:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


_NUMBER = "$number"


def encode(value: Json) -> Json:
    """Write a value as JSON that keeps the digits of decimal numbers."""
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    if isinstance(value, dict):
        return {key: encode(inner) for key, inner in value.items()}
    return [encode(inner) for inner in value] if isinstance(value, list) else value


def decode(value: Json) -> Json:
    """Undo ``encode``."""
    if isinstance(value, dict):
        if value.keys() == {_NUMBER}:
            return Decimal(str(value[_NUMBER]))
        return {key: decode(inner) for key, inner in value.items()}
    return [decode(inner) for inner in value] if isinstance(value, list) else value
