"""The normal form of a text: the escapes of JSON, XML, HTML and URLs undone, however many there are."""

import re
from array import array
from html.entities import html5
from typing import NamedTuple

_PASSES = 8
"""How many escapes around one another are undone; a request and two echoes of it make three."""
_ESCAPE = re.compile(
    r"""
    (?P<bytes>(?:%[0-9A-Fa-f]{2})+)
    | %u(?P<percent_u>[0-9A-Fa-f]{4})
    # A run of backslashes, since each layer of JSON doubles them, and what it escapes.
    | \\+(?:u(?P<u>[0-9A-Fa-f]{4})|u\{(?P<braces>[0-9A-Fa-f]{1,6})\}|x(?P<x>[0-9A-Fa-f]{2})|[bfnrtv])?
    | &\#[xX]0*(?P<hex>[0-9A-Fa-f]{1,6});?
    | &\#0*(?P<decimal>[0-9]{1,7});?
    | &(?P<name>[A-Za-z][A-Za-z0-9]{1,30});
    | <!\[CDATA\[ | \]\]>
    | [\x00-\x1f]+
    | (?P<astral>[\U00010000-\U0010ffff])
    """,
    re.VERBOSE,
)
_HEX = ("percent_u", "u", "braces", "x", "hex")
_LAST = 0x10FFFF
_FIRST_ASTRAL = 0x10000


class NormalForm(NamedTuple):
    """A text without escapes, and for each of its characters where it begins and ends in the original.

    Backslashes, control characters and CDATA's marks are dropped, ``+`` is a blank as in a form, and what
    is beyond U+FFFF is the two halves of its surrogate pair.
    """

    text: str
    begins: "array[int]"
    ends: "array[int]"


def normal_form(text: str) -> NormalForm:
    """Undo the escapes of a text; the time is linear in its length."""
    form = NormalForm(text, array("L", range(len(text))), array("L", range(1, len(text) + 1)))
    for _ in range(_PASSES):
        undone = _undo(form)
        if undone is None:
            break
        form = undone
    return form._replace(text=form.text.replace("+", " "))


def _undo(form: NormalForm) -> NormalForm | None:
    """Undo one layer; None where there is none."""
    text, begins, ends = form
    parts: list[str] = []
    new_begins, new_ends = array("L"), array("L")
    done, found_any = 0, False
    for found in _ESCAPE.finditer(text):
        start, stop = found.span()
        characters = _characters(found)
        if characters is None:
            continue
        found_any = True
        parts.append(text[done:start])
        new_begins += begins[done:start]
        new_ends += ends[done:start]
        for character, first, last in characters:
            halves = _halves(character)
            parts.append(halves)
            new_begins.extend([begins[start + first]] * len(halves))
            new_ends.extend([ends[start + last]] * len(halves))
        done = stop
    if not found_any:
        return None
    parts.append(text[done:])
    new_begins += begins[done:]
    new_ends += ends[done:]
    return NormalForm("".join(parts), new_begins, new_ends)


def _characters(found: re.Match[str]) -> list[tuple[str, int, int]] | None:
    """Say what an escape means, each character with its first and last position in the escape."""
    last = found.end() - found.start() - 1
    kind = found.lastgroup
    if kind is None:
        return []
    value = found[kind]
    if kind == "bytes":
        return _of_bytes(value)
    if kind == "name":
        named = html5.get(f"{value};") or html5.get(f"{value.lower()};")
        return None if named is None else [(named, 0, last)]
    if kind == "astral":
        return [(value, 0, last)]
    code = int(value, 16 if kind in _HEX else 10)
    return [(chr(code), 0, last)] if code <= _LAST else []


def _of_bytes(run: str) -> list[tuple[str, int, int]]:
    """Read percent-encoded bytes as UTF-8; a byte that is none is the Latin-1 character of its value."""
    data = bytes.fromhex(run.replace("%", ""))
    characters, at = [], 0
    for character in data.decode("utf-8", "surrogateescape"):
        escaped = "\udc80" <= character <= "\udcff"
        length = 1 if escaped else len(character.encode())
        shown = chr(data[at]) if escaped else character
        characters.append((shown, 3 * at, 3 * (at + length) - 1))
        at += length
    return characters


def _halves(character: str) -> str:
    """Write a character beyond U+FFFF as its surrogate pair, as JSON's escapes do."""
    if len(character) != 1 or ord(character) < _FIRST_ASTRAL:
        return character
    rest = ord(character) - _FIRST_ASTRAL
    return chr(0xD800 + (rest >> 10)) + chr(0xDC00 + (rest & 0x3FF))
