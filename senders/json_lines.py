"""On which line of a JSON text a pointer stands (RFC 6901); walked only when a finding asks."""

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
        token = match[0]
        if token in "}]":
            stack.pop()
            expects_key = False
        elif token == ",":
            kind, key = stack[-1]
            expects_key = kind == "{"
            if isinstance(key, int):
                stack[-1] = (kind, key + 1)
        elif expects_key:
            stack[-1] = ("{", _unquoted(token))
            expects_key = False
        elif token != ":":
            lines[pointer(tuple([key for _, key in stack]))] = line
            if token in "{[":
                stack.append((token, "" if token == "{" else 0))
                expects_key = token == "{"
    return lines


def pointer(steps: tuple[str | int, ...]) -> str:
    """Write steps as a JSON pointer."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _unquoted(token: str) -> str:

    return str(json.loads(token))
