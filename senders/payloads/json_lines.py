"""The line of each JSON pointer (RFC 6901) in a text; computed only when a finding asks for it."""

import json
import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def pointer_lines(text: str) -> dict[str, int]:
    """Return the line, counted from 1, of every value of a valid JSON text, by its pointer."""
    lines: dict[str, int] = {}
    stack: list[tuple[str, str | int]] = []
    line, position, expects_key = 1, 0, False
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
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
            stack[-1] = ("{", _unquoted(sign))
            expects_key = False
        elif sign != ":":
            lines[pointer(tuple([key for _, key in stack]))] = line
            if sign in "{[":
                stack.append((sign, "" if sign == "{" else 0))
                expects_key = sign == "{"
    return lines


def pointer(steps: tuple[str | int, ...]) -> str:
    """Write steps as a JSON pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _unquoted(quoted: str) -> str:

    return str(json.loads(quoted))
