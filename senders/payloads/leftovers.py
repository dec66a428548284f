"""What a payload says and its Document does not: carried in the Document, and written back into it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document
from cuadre.engine.source import format_path
from cuadre.senders.payloads.differences import apply_differences, differences, encode
from cuadre.senders.payloads.payload import Json

_ABSENT: Any = object()


def find_leftovers(given: Json, derived: Json) -> dict[str, Any] | None:
    """Tell what ``given`` says beyond what was ``derived`` from the Document read from it.

    Besides ``differences``, the result has ``over``: what the Document said wherever they change it, so
    that ``put_back`` knows a figure that was corrected since.
    """
    changes = differences(given, derived)
    touched = [steps for steps, _ in changes.get("set", ())] + changes.get("unset", [])
    over = [[steps, encode(now)] for steps in touched if (now := _at(derived, steps)) is not _ABSENT]
    if over:
        changes["over"] = over
    return changes or None


def leftovers_of(part: Aggregate, provider: str) -> dict[str, Any]:
    """Return what ``part`` of a document carries for ``provider``; empty where it carries nothing."""
    carried = (part.provider_options or {}).get(provider)
    return carried if isinstance(carried, dict) else {}


def put_back(derived: Json, carried: Mapping[str, Any]) -> Json:
    """Write leftovers into a payload where the Document still says what it said; ``derived`` is changed.

    With a Document as it was read, the result is the payload as it was given.
    """
    over = {tuple(steps): value for steps, value in carried.get("over", ())}

    def unchanged(steps: list[str | int]) -> bool:
        now, was = _at(derived, steps), over.get(tuple(steps), _ABSENT)
        if now is _ABSENT or was is _ABSENT:
            return now is was
        return bool(encode(now) == was)

    return apply_differences(
        derived,
        {
            "set": [[steps, value] for steps, value in carried.get("set", ()) if unchanged(steps)],
            "unset": [steps for steps in carried.get("unset", ()) if unchanged(steps)],
        },
    )


class LeftOut(NamedTuple):
    """What only one provider's payload says."""

    provider: str
    paths: tuple[str, ...]
    """In the payload: ``spd_extensions``."""


def left_out(document: Document, to: str) -> tuple[LeftOut, ...]:
    """List what a document carries for other providers than ``to``: no other format has room for it."""
    found = []
    for provider in sorted(document.provider_options or {}):
        paths = [format_path(tuple(steps)) for steps, _ in leftovers_of(document, provider).get("set", ())]
        if provider != to and paths:
            found.append(LeftOut(provider, tuple(dict.fromkeys(paths))))
    return tuple(found)


def _at(value: Any, steps: list[str | int]) -> Any:  # noqa: ANN401 - any JSON
    try:
        for step in steps:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return _ABSENT
    return value
