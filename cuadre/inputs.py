"""What may be given to check, read, recompute and fill: a file name, bytes, Python data or a Document."""

import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from cuadre.engine.errors import UsageError
from cuadre.engine.limits import MAX_BYTES
from cuadre.engine.model.document import Document

Input = str | PathLike[str] | bytes | bytearray | memoryview | Mapping[str, object] | Document


class Opened(NamedTuple):
    """An input whose file, where it is one, has been read."""

    content: bytes | Mapping[str, object] | Document
    name: str
    """What a report calls it."""
    file: str | None = None
    """The file that its places are in."""


def open_input(given: Input, name: str | None = None) -> Opened:
    """Open an input; ``name`` is what a report calls it, else the file's own name.

    Raises OSError where a file cannot be opened, and UsageError for a text that is a document instead of
    the name of one, or for a type that is none of ``Input``.
    """
    if isinstance(given, Document):
        return Opened(given, name or "<document>")
    if isinstance(given, (bytes, bytearray, memoryview)):
        return Opened(bytes(given), name or "<bytes>", name)
    if isinstance(given, Mapping):
        return Opened(given, name or "<dict>", name)
    if isinstance(given, (str, PathLike)):
        file = os.fsdecode(given)
        return Opened(_read_named(file), name or file, name or file)
    sentence = f"a {type(given).__name__} cannot be read: give a file name, bytes, a dict or a Document"
    raise UsageError(sentence, given=type(given).__name__)


def read_file(file: str) -> bytes:
    """Read a file, never more than one byte over the limit; raise OSError where it cannot be opened."""
    with Path(file).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _read_named(file: str) -> bytes:
    try:
        return read_file(file)
    except (OSError, ValueError) as error:
        if file.lstrip("\ufeff \t\r\n").startswith(("<", "{", "[")):
            sentence = "this is the text of a document, not the name of a file: give bytes, text.encode()"
            raise UsageError(sentence, given="text") from None
        if isinstance(error, OSError):
            raise
        sentence = f"no file can have the name {file[:_SHOWN]!r}"
        raise UsageError(sentence, given="text") from None


_SHOWN = 40
