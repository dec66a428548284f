"""JSON as e-Misión prints it: comments, a semicolon for a comma or a colon, a comma too many.

Strict JSON is tried first, so nothing that is valid is read in another way. What is not is rewritten
token by token into strict JSON, and read by the same guarded reader, whose limits hold here too.
"""

import re
from collections.abc import Iterator

from cuadre.engine.errors import DocumentError
from cuadre.engine.json_reading import read_json

_TOKEN = re.compile(
    r'(?P<skip>\s+|//[^\n]*|/\*.*?\*/)|(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[{}\[\],:;])|(?P<word>[^\s{}\[\],:;"/]+)',
    re.DOTALL,
)


_MAX_LOOSE = 5_000_000
"""Bytes of what is no strict JSON; a token takes many times the memory that its text takes."""


def read_loose(data: bytes) -> object:
    """Read JSON, strict or as documented; raise DocumentError or AmountError where it is neither."""
    try:
        return read_json(data)
    except DocumentError:
        if len(data) > _MAX_LOOSE:
            raise
        text = data.decode("utf-8", "replace")
        return read_json(" ".join(strict(text)))


def strict(text: str) -> Iterator[str]:
    """Rewrite loose JSON part by part; white space and comments are dropped.

    A semicolon is a colon right after a key, and a comma elsewhere. A comma before a closing bracket is
    dropped. Raises DocumentError at the first character that begins no part.
    """
    after_key, comma = False, False
    open_brackets: list[str] = []
    at_key = False
    for kind, part in _tokens(text):
        if kind == "mark" and part in ",:;":
            colon = part == ":" or (part == ";" and after_key)
            if colon or comma:
                yield ":" if colon else ","
            after_key, comma = False, not colon
            at_key = comma and open_brackets[-1:] == ["{"]
            continue
        if comma and part not in "}]":
            yield ","
        comma = False
        yield part
        if part in "{[" and kind == "mark":
            open_brackets.append(part)
            at_key = part == "{"
        elif part in "}]" and kind == "mark":
            del open_brackets[-1:]
            at_key = False
        else:
            after_key, at_key = at_key, False


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            sentence = f"not JSON: nothing begins with {text[position]!r} at character {position + 1}"
            raise DocumentError(sentence, problems=[])
        position = found.end()
        if found.lastgroup != "skip":
            yield str(found.lastgroup), found[0]
