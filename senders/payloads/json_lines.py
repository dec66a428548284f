"""Where each JSON pointer (RFC 6901) is in a text; computed only when a finding asks for it."""

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def pointer_lines(text: str) -> dict[str, int]:
    """Return the line, counted from 1, of every value of a valid JSON text, by its pointer."""
    lines: dict[str, int] = {}
    line, position = 1, 0
    for where, start, _ in _values(text):
        line += text.count("\n", position, start)
        position = start
        lines[where] = line
    return lines


def pointer_spans(text: str) -> dict[str, tuple[int, int]]:
    """Return where every value that is no object or list begins and ends, in characters, by its pointer.

    A text begins and ends inside its quotes.
    """
    spans = {}
    for where, start, end in _values(text):
        if text[start] not in "{[":
            quote = 1 if text[start] == '"' else 0
            spans[where] = (start + quote, end - quote)
    return spans


def _values(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the pointer of every value of a valid JSON text, and where its first token begins and ends."""
    stack: list[tuple[str, str | int]] = []
    expects_key = False
    for match in _TOKEN.finditer(text):
        sign = match[0]
        if sign in "}]":
            stack.pop()
            expects_key = False
        elif sign == ",":
            kind, key = stack[-1]
            expects_key = kind == "{"
            if isinstance(key, int):
                stack[-1] = (kind, key + 1)
        elif expects_key:
            stack[-1] = ("{", str(json.loads(sign)))
            expects_key = False
        elif sign != ":":
            yield pointer(tuple([key for _, key in stack])), match.start(), match.end()
            if sign in "{[":
                stack.append((sign, "" if sign == "{" else 0))
                expects_key = sign == "{"


def pointer(steps: tuple[str | int, ...]) -> str:
    """Write steps as a JSON pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
