"""The steps of ``mutate`` over JSON: paths such as ``lines[0].tax_totals[1].percent``."""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from cuadre.engine.errors import DocumentError, UsageError
from cuadre.engine.json_reading import read_json
from cuadre.engine.texts import say
from cuadre.testing.steps import refuse, split

_STEP = re.compile(r"\.?([A-Za-z_0-9]+)|\[([0-9]+)\]")
_WORDS = {"true", "false", "null"}
Parse = Callable[[str], Any]


def change_json(tree: Any, steps: Iterable[str], parse: Parse) -> Any:  # noqa: ANN401 - any JSON
    """Change a tree in place by ``set PATH = value``, ``remove PATH`` and ``copy PATH``, and return it.

    ``parse`` makes a value of its text. Raises UsageError where a path leads to nothing.
    """
    for step in steps:
        verb, path, value = split(step, _VERBS)
        _VERBS[verb](*_find(tree, path), parse(value))
    return tree


def as_json(value: str) -> Any:  # noqa: ANN401 - any JSON
    """Take a value as JSON, or else as text: 4 is a number and 2-4 is text, as "4" is."""
    try:
        return read_json(value)
    except DocumentError:
        return value


def as_text(value: str) -> Any:  # noqa: ANN401 - any JSON
    """Take a value as text, which a Document takes for a figure too, unless it can only be JSON."""
    return as_json(value) if value in _WORDS or value.startswith(("{", "[", '"')) else value


def _find(tree: Any, path: str) -> tuple[Any, str | int]:  # noqa: ANN401 - any JSON
    *around, last = [found[1] or int(found[2]) for found in _STEP.finditer(path)] or [""]
    try:
        for step in around:
            tree = tree[step]
    except (LookupError, TypeError):
        refuse(path)
    is_there = (
        isinstance(tree, dict) if isinstance(last, str) else isinstance(tree, list) and last < len(tree)
    )
    if not is_there:
        refuse(path)
    return tree, last


def _set(holder: Any, last: str | int, value: object) -> None:  # noqa: ANN401 - any JSON
    holder[last] = value


def _remove(holder: Any, last: str | int, value: object) -> None:  # noqa: ANN401 - any JSON
    del value
    try:
        del holder[last]
    except LookupError:
        refuse(last)


def _copy(holder: Any, last: str | int, value: object) -> None:  # noqa: ANN401 - any JSON
    del value
    if not isinstance(last, int):
        raise UsageError(say("cuadre:no_member", path=last), given=last)
    holder.insert(last + 1, deepcopy(holder[last]))


_VERBS: dict[str, Callable[[Any, str | int, object], None]] = {
    "set": _set,
    "remove": _remove,
    "copy": _copy,
}
