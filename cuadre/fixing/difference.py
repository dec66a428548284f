"""Show what a fix changes: as a unified diff, or figure by figure where a line is too long to be read."""

import re
from collections.abc import Sequence
from difflib import unified_diff

from cuadre.excerpts import byte_spans
from cuadre.fixing.edit import Change

_LONGEST = 400
# A text of a document must not move the cursor.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def difference(name: str, old: bytes, new: bytes, changes: Sequence[Change]) -> str:
    """Return a unified diff of two versions of a file; empty where they are the same.

    Where a line that changes has more than 400 characters, as in a minified file, each change is shown
    by itself below its place.
    """
    encoding, _ = byte_spans(old, ())
    before, after = (_lines(data, encoding) for data in (old, new))
    changed = [line for one, two in zip(before, after, strict=True) if one != two for line in (one, two)]
    if any(len(line) > _LONGEST for line in changed):
        return _by_figure(name, changes)
    return "\n".join(map(printable, unified_diff(before, after, name, name, lineterm="")))


def printable(text: str) -> str:
    """Write control characters and marks of direction as escapes, so that a terminal shows and obeys none."""
    return _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def _lines(data: bytes, encoding: str) -> list[str]:
    return [line.removesuffix("\r") for line in data.decode(encoding, "backslashreplace").split("\n")]


def _by_figure(name: str, changes: Sequence[Change]) -> str:
    lines = [f"--- {name}", f"+++ {name}"]
    for change in changes:
        where = change.place.xpath or change.place.pointer or change.place.path
        lines += [f"@@ {where} @@", f"-{change.old.strip()}", f"+{change.new.strip()}"]
    return "\n".join(map(printable, lines))
