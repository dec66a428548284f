"""The encoding that XML is written in, and whether its declaration says the same."""

import re
from typing import NamedTuple

from cuadre.engine.errors import DocumentError
from cuadre.engine.texts import say


class _Written(NamedTuple):
    """An encoding that the first bytes of a document show."""

    name: str
    codec: str
    labels: frozenset[str]
    """The names for it that a declaration may have."""


def _written(name: str, *labels: str) -> _Written:
    return _Written(name, name, frozenset(labels))


_UTF_8 = _written("UTF-8", "utf-8", "utf8")
_UTF_16_LE = _written("UTF-16LE", "utf-16", "utf-16le", "ucs-2", "iso-10646-ucs-2")
_UTF_16_BE = _written("UTF-16BE", "utf-16", "utf-16be", "ucs-2", "iso-10646-ucs-2")
_UTF_32_LE = _written("UTF-32LE", "utf-32", "utf-32le", "ucs-4", "iso-10646-ucs-4")
_UTF_32_BE = _written("UTF-32BE", "utf-32", "utf-32be", "ucs-4", "iso-10646-ucs-4")
# The order matters: the mark of UTF-32LE begins with that of UTF-16LE.
_STARTS = (
    (b"\xef\xbb\xbf", _UTF_8),
    (b"\xff\xfe\0\0", _UTF_32_LE),
    (b"\0\0\xfe\xff", _UTF_32_BE),
    (b"<\0\0\0", _UTF_32_LE),
    (b"\0\0\0<", _UTF_32_BE),
    (b"\xff\xfe", _UTF_16_LE),
    (b"\xfe\xff", _UTF_16_BE),
    (b"<\0", _UTF_16_LE),
    (b"\0<", _UTF_16_BE),
)
_WIDE = _UTF_16_LE.labels | _UTF_16_BE.labels | _UTF_32_LE.labels | _UTF_32_BE.labels
_DECLARED = re.compile(r"\ufeff?<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_HEAD = 800


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a document declares, in small letters; None where it declares none.

    Raises DocumentError where its first bytes show another one. libxml2 believes the bytes, and other
    parsers refuse such a document.
    """
    written = next((written for start, written in _STARTS if data.startswith(start)), None)
    head = data[:_HEAD].decode(written.codec if written else "latin-1", "replace")
    found = _DECLARED.match(head)
    if found is None:
        return None
    label = found[1].lower()
    if label in _WIDE if written is None else label not in written.labels:
        name = written.name if written else "bytes"
        sentence = say("cuadre.ubl:encoding", written=name, declared=found[1])
        raise DocumentError(sentence, problems=[], line=1, written=name, declared=found[1])
    return label
