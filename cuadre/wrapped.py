"""Find a document inside other JSON, and say where it is: to judge what is around it would be wrong."""

import json
from collections.abc import Mapping
from typing import Any

from cuadre.engine.errors import DocumentError
from cuadre.engine.source import Place
from cuadre.engine.texts import say
from cuadre.recognition import KINDS, provider_of
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.wrapping import find_inner


def refuse_wrapped(value: object, size: int, file: str | None) -> None:
    """Raise DocumentError where JSON that is no document has a document, or a payload, inside.

    ``size`` is its length in bytes.
    """
    if size > _LARGEST:
        return
    steps = find_inner(value, _is_body)
    if steps is None:
        return
    where = pointer(steps)
    sentence = say("cuadre:wrapped", where=where)
    place = Place("", file, pointer=where)
    raise DocumentError(sentence, problems=[{"place": place, "sentence": sentence}], pointer=where)


def _is_body(value: Mapping[str, Any]) -> bool:
    kind = value.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return True
    # Few keys are no payload; what is in them is looked at by itself.
    return len(value) >= _FEWEST_KEYS and provider_of(_written(value)) is not None


_FEWEST_KEYS = 2


def _written(value: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(value, separators=(",", ":"), default=str).encode()
    except RecursionError:
        return b""


_LARGEST = 5_000_000
"""Bytes; in longer JSON nothing is looked for, since each level of it is written once more."""
