"""What a payload says and its Document does not: kept beside it, and given back unless it was changed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document
from cuadre.engine.source import format_path
from cuadre.senders.payloads.payload import Json, encode, leftovers, restore

_ABSENT: Any = object()


def keep(given: Json, derived: Json) -> dict[str, Any] | None:
    """Tell what ``given`` says beyond what was ``derived`` from the Document read from it.

    Besides ``leftovers``, the result has ``over``: what the Document said at each place that they
    change, so that ``give_back`` knows a figure that was corrected since.
    """
    changes = leftovers(given, derived)
    touched = [steps for steps, _ in changes.get("set", ())] + changes.get("unset", [])
    over = [[steps, encode(now)] for steps in touched if (now := _at(derived, steps)) is not _ABSENT]
    if over:
        changes["over"] = over
    return changes or None


def kept_of(part: Aggregate, provider: str) -> dict[str, Any]:
    """Return what ``part`` of a document keeps for ``provider``; empty where it keeps nothing."""
    kept = (part.provider_options or {}).get(provider)
    return kept if isinstance(kept, dict) else {}


def give_back(derived: Json, kept: Mapping[str, Any]) -> Json:
    """Apply what was kept where the Document still says what it said; ``derived`` is changed.

    With a Document as it was read this is ``restore``: the payload as it was given.
    """
    over = {tuple(steps): value for steps, value in kept.get("over", ())}

    def holds(steps: list[str | int]) -> bool:
        now, was = _at(derived, steps), over.get(tuple(steps), _ABSENT)
        if now is _ABSENT or was is _ABSENT:
            return now is was
        return bool(encode(now) == was)

    return restore(
        derived,
        {
            "set": [[steps, value] for steps, value in kept.get("set", ()) if holds(steps)],
            "unset": [steps for steps in kept.get("unset", ()) if holds(steps)],
        },
    )


class LeftOut(NamedTuple):
    """What only one provider's payload says."""

    provider: str
    paths: tuple[str, ...]
    """In the payload: ``spd_extensions``."""


def left_out(document: Document, to: str) -> tuple[LeftOut, ...]:
    """List what a document keeps for other providers than ``to``: no other format has a place for it."""
    found = []
    for provider in sorted(document.provider_options or {}):
        paths = [format_path(tuple(steps)) for steps, _ in kept_of(document, provider).get("set", ())]
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
