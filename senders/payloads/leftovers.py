"""What a payload says and its Document does not: carried in the Document, and written back into it."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document
from cuadre.engine.source import format_path
from cuadre.senders.payloads.differences import apply_differences, decode, differences, encode
from cuadre.senders.payloads.payload import Json, Steps

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
    """List what a document carries for other providers than ``to``: no other format has room for it.

    A value that the Document has too, in another spelling, is not left out: 19 and "19.00", an object and
    a list of one; nor is a key without a value.
    """
    found = []
    for provider in sorted(document.provider_options or {}):
        carried = leftovers_of(document, provider)
        said = {tuple(steps): value for steps, value in carried.get("over", ())}
        paths = [
            format_path(path)
            for steps, value in carried.get("set", ())
            for path in _unsaid(decode(value), decode(said.get(tuple(steps))), tuple(steps))
        ]
        if provider != to and paths:
            found.append(LeftOut(provider, tuple(dict.fromkeys(paths))))
    return tuple(found)


def _unsaid(given: Json, said: Json, steps: Steps) -> Iterator[Steps]:
    """Name what ``given`` says and ``said``, which was written for the same key, does not say at all."""
    if given is None or given in ("", [], {}):
        return
    if said is None or said in ("", [], {}):
        yield steps
    elif isinstance(given, list) or isinstance(said, list):
        yield from _unsaid_members(given, said, steps)
    elif isinstance(given, dict) and isinstance(said, dict):
        for key, value in given.items():
            yield from _unsaid(value, said.get(key), (*steps, key))


def _unsaid_members(given: Json, said: Json, steps: Steps) -> Iterator[Steps]:
    """Compare the members of lists, where a value counts as a list of one."""
    if isinstance(given, list) and not isinstance(said, (list, dict)):
        return
    members = given if isinstance(given, list) else [given]
    others = said if isinstance(said, list) else [said]
    for index, (member, other) in enumerate(zip_longest(members, others)):
        yield from _unsaid(member, other, (*steps, index) if isinstance(given, list) else steps)


def _at(value: Any, steps: list[str | int]) -> Any:  # noqa: ANN401 - any JSON
    try:
        for step in steps:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return _ABSENT
    return value
