"""Replace figures in the bytes of a document or a payload; every other byte stays as it is."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.findings import Finding, Fix
from cuadre.engine.source import Place
from cuadre.excerpts import byte_spans
from cuadre.fixing.choice import NotFixed
from cuadre.fixing.figure_text import rewritten


class Change(NamedTuple):
    """A figure that was replaced: as it was written, and as it is written now."""

    code: str
    place: Place
    old: str
    new: str


class Edited(NamedTuple):
    """The bytes after the changes, what was changed in them, and what could not be."""

    data: bytes
    changes: tuple[Change, ...]
    not_fixed: tuple[NotFixed, ...]


def edit(data: bytes, findings: Sequence[Finding]) -> Edited:
    """Write the values of the findings' fixes at their places.

    The text at a place must be the figure that the finding states, in plain digits; anything else is left
    as it is. Of two findings whose figures are the same text the first is fixed.
    """
    encoding, spans = byte_spans(data, [finding.place for finding in findings])
    not_fixed: list[NotFixed] = []
    edits: dict[tuple[int, int], Change] = {}
    for finding in findings:
        span = spans.get(finding.place)
        if span is None:
            not_fixed.append(NotFixed(finding, "place"))
            continue
        old = data[slice(*span)].decode(encoding, "replace")
        new = _new_text(old, finding.stated, finding.fix)
        if new is None:
            not_fixed.append(NotFixed(finding, "digits"))
        else:
            start, end = span
            edits.setdefault((start, end), Change(finding.code, finding.place, old, new))
    return Edited(_replaced(data, edits, encoding), tuple(edits.values()), tuple(not_fixed))


def _new_text(old: str, stated: object, fix: Fix | None) -> str | None:
    if fix is None or not isinstance(stated, Decimal):
        return None
    return rewritten(old, stated, Decimal(fix.value))


def _replaced(data: bytes, edits: dict[tuple[int, int], Change], encoding: str) -> bytes:
    pieces, position = [], 0
    for (start, end), change in sorted(edits.items()):
        pieces += [data[position:start], change.new.encode(encoding)]
        position = end
    return b"".join([*pieces, data[position:]])
