"""Find secrets in a text, however they were escaped on the way there, and write their names instead.

A server that echoes a request may escape it again, in whatever way. So a text is looked through twice: as
it is, and in its normal form (escapes.py), where a secret has its own normal form. Base64 is found too:
that of a secret, or of a longer text around it.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from cuadre.senders.delivery.escapes import normal_form

_SHORTEST = 5
"""A shorter piece of base64 is found in other texts by chance."""
_LETTERS = 4
"""So many ASCII characters must a secret have to be found where a server misread the others."""
_MARGIN = 4096
_LONGEST_ESCAPE = 16
"""How many characters one of a secret may become by two escapes."""
_URL_SAFE = str.maketrans("+/", "-_")


class _Span(NamedTuple):
    begin: int
    end: int
    name: str


class _Secret(NamedTuple):
    """A secret in the forms in which it is looked for."""

    name: str
    plain: str
    literals: tuple[str, ...]
    """Found in a normal form as they are."""
    misread: re.Pattern[str] | None
    """Finds it in a normal form where its non-ASCII characters were read in another encoding."""


class Redaction:
    """Writes ``${NAME}`` for each secret of ``names``, a mapping of secret to name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        # The longest first: a secret may be a part of another, whose name is the better one.
        self._secrets = [
            _secret(value, name) for value, name in sorted(names.items(), key=lambda item: -len(item[0]))
        ]
        self._margin = _MARGIN + _LONGEST_ESCAPE * max(map(len, names), default=0)

    def redact(self, text: str, *, identifier: bool = False, keep: int | None = None) -> str:
        """Take the secrets out; in an ``identifier``, those that are digits only stay.

        With ``keep``, only so many characters of the text are given back, and little more are looked at.
        """
        keep = len(text) if keep is None else keep
        text = text[: keep + self._margin]
        parts, done = [], 0
        for begin, end, name in self._spans(text):
            if begin >= keep:
                break
            if identifier and text[begin:end].isdigit():
                continue
            parts += [text[done:begin], f"${{{name}}}"]
            done = end
        return "".join([*parts, text[done : max(done, keep)]])

    def _spans(self, text: str) -> list[_Span]:
        """Find where secrets are, in order; those that overlap are one."""
        found = sorted(self._found(text), key=lambda span: (span.begin, -span.end))
        spans: list[_Span] = []
        for span in found:
            if spans and span.begin < spans[-1].end:
                spans[-1] = spans[-1]._replace(end=max(spans[-1].end, span.end))
            else:
                spans.append(span)
        return spans

    def _found(self, text: str) -> Iterator[_Span]:
        if not self._secrets:
            return
        form, begins, ends = normal_form(text)
        for secret in self._secrets:
            yield from (_Span(at, at + len(secret.plain), secret.name) for at in _all(secret.plain, text))
            found = [(at, at + len(literal)) for literal in secret.literals for at in _all(literal, form)]
            if secret.misread is not None:
                found += [match.span() for match in secret.misread.finditer(form)]
            yield from (_Span(begins[first], ends[last - 1], secret.name) for first, last in found)


def _all(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _secret(value: str, name: str) -> _Secret:
    normal = normal_form(value).text
    literals = ([normal] if normal else []) + [piece.replace("+", " ") for piece in _base64(value)]
    return _Secret(name, value, tuple(dict.fromkeys(literals)), _misread(normal))


def _base64(value: str) -> Iterator[str]:
    """Write what the base64 of a text has of a secret in it, as it is or escaped, wherever it begins."""
    forms = [value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]]
    forms += [escape(value), escape(value, {'"': "&quot;", "'": "&apos;"}), quote(value, safe="")]
    for form in dict.fromkeys(forms):
        data = form.encode("utf-8", "replace")
        for before in range(3):
            whole = b64encode(bytes(before) + data).decode()
            # The first and the last characters hold bits of what is beside the secret.
            first, last = -(-8 * before // 6), (8 * (before + len(data))) // 6
            piece = whole[first:last]
            if len(piece) >= _SHORTEST:
                yield from {piece, piece.translate(_URL_SAFE)}


def _misread(normal: str) -> re.Pattern[str] | None:
    letters = sum(character.isascii() for character in normal)
    if letters == len(normal) or letters < _LETTERS:
        return None
    return re.compile("".join(map(_in_any_encoding, normal)))


def _in_any_encoding(character: str) -> str:
    """Match a character, or what a reader makes of it that takes UTF-8 and Latin-1 for one another."""
    if character.isascii():
        return re.escape(character)
    data = character.encode("utf-8", "surrogatepass")
    wrong = {character, data.decode("latin-1"), data.decode("cp1252", "replace")}
    return f"(?:{'|'.join(map(re.escape, sorted(wrong)))}|\ufffd{{1,4}}|\\?)"
