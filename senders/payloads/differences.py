"""How one JSON value differs from another, as plain JSON that can be applied to it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cuadre.senders.payloads.payload import Json, Steps

_NUMBER = "$number"


def differences(given: Json, derived: Json) -> dict[str, Any]:
    """Tell how ``given`` differs from ``derived``; digits count, so 19 and 19.00 differ.

    The result is plain JSON: ``set`` (steps and value) and ``unset`` (steps).
    ``apply_differences`` makes ``given`` of ``derived`` with it.
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


def apply_differences(derived: Json, changes: Mapping[str, Any]) -> Json:
    """Apply what ``differences`` found; ``derived`` is changed."""
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
