"""Change JSON in one thing: the steps of mutate.py, over paths such as ``lines[0].tax_totals[1].percent``."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from cuadre.engine.errors import DocumentError
from cuadre.engine.json_reading import read_json
from cuadre.senders.payloads.json_text import write_json

_STEP = re.compile(r"\.?([A-Za-z_0-9]+)|\[([0-9]+)\]")


def mutate_json(data: bytes, change: str) -> bytes:
    """Apply ``set PATH = value``, ``remove PATH`` and ``copy PATH``, which ``; `` separates, to JSON.

    A value is JSON, or else text: 4 is a number and 2-4 is text, as "4" is. ``set`` may add a key, and
    ``copy`` puts a copy behind a member of a list. Raises ValueError where a path leads to nothing.
    """
    tree: Any = read_json(data)
    for step in filter(None, change.split("; ")):
        verb, _, rest = step.strip().partition(" ")
        path, _, value = rest.partition(" =")
        holder, last = _find(tree, path)
        _VERBS[verb](holder, last, value.strip())
    return write_json(tree)


def _find(tree: Any, path: str) -> tuple[Any, str | int]:  # noqa: ANN401 - any JSON
    *around, last = [found[1] or int(found[2]) for found in _STEP.finditer(path)]
    try:
        for step in around:
            tree = tree[step]
        if isinstance(last, int):
            tree[last]
    except (LookupError, TypeError):
        sentence = f"{path} matches nothing"
        raise ValueError(sentence) from None
    return tree, last


def _set(holder: Any, last: str | int, value: str) -> None:  # noqa: ANN401 - any JSON
    try:
        holder[last] = read_json(value)
    except DocumentError:
        holder[last] = value


def _remove(holder: Any, last: str | int, value: str) -> None:  # noqa: ANN401 - any JSON
    del value
    try:
        del holder[last]
    except LookupError:
        sentence = f"{last} matches nothing"
        raise ValueError(sentence) from None


def _copy(holder: Any, last: str | int, value: str) -> None:  # noqa: ANN401 - any JSON
    del value
    if not isinstance(last, int):
        sentence = f"{last} is no member of a list"
        raise ValueError(sentence)  # noqa: TRY004 - like a path that leads to nothing
    holder.insert(last + 1, deepcopy(holder[last]))


_VERBS: dict[str, Callable[[Any, str | int, str], None]] = {"set": _set, "remove": _remove, "copy": _copy}
