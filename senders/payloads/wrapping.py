"""Find the body inside an object that only wraps it: ``{"request": {…}}``."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from cuadre.senders.payloads.payload import Steps
from cuadre.senders.payloads.reading import PayloadValue

_MAX_DEPTH = 4
_MAX_VALUES = 10_000
IsBody = Callable[[Mapping[str, Any]], bool]
"""Tells whether an object looks like a body."""


def find_inner(value: object, is_body: IsBody) -> Steps | None:
    """Return the steps to the first object below ``value`` that looks like a body, or None.

    At most four levels and ten thousand values are looked at, the outer ones first.
    """
    waiting: deque[tuple[Steps, object]] = deque([((), value)])
    for _ in range(_MAX_VALUES):
        if not waiting:
            break
        steps, part = waiting.popleft()
        if steps and isinstance(part, dict) and is_body(part):
            return steps
        if len(steps) < _MAX_DEPTH:
            room = _MAX_VALUES - len(waiting)
            waiting.extend([((*steps, key), member) for key, member in _members(part)[:room]])
    return None


def _members(value: object) -> list[tuple[str | int, object]]:
    """List the objects and lists in a value, with their keys."""
    members: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        members += value.items()
    elif isinstance(value, list):
        members += enumerate(value)
    return [(key, member) for key, member in members if isinstance(member, (dict, list))]


def require_body(root: PayloadValue, provider: str, is_body: IsBody, keys: tuple[str, ...]) -> None:
    """Raise PayloadError where ``root`` only wraps a body, or has none of the ``keys`` of one.

    The pointer is that of the inner object which looks like the body, where there is one.
    """
    if not isinstance(root.value, dict) or is_body(root.value):
        return
    steps = find_inner(root.value, is_body)
    if steps is not None:
        inner = PayloadValue(None, steps)
        inner.fail(f"the body of {provider} seems to be here; give it without the objects around it")
    if not any(key in root.value for key in keys):
        root.fail(f"is no body of {provider}: it has none of the keys {', '.join(keys)}")
