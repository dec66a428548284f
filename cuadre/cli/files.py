"""Find the files that a command line names: files, folders, patterns, and - for standard input."""

import sys
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from cuadre.engine.errors import CuadreError
from cuadre.engine.limits import MAX_BYTES

STDIN = "-"
_ENDINGS = {".xml", ".json"}


def expand(paths: Sequence[str]) -> list[str]:
    """List the files, each once, in the order given; raise CuadreError where a name finds nothing."""
    return list(dict.fromkeys(file for path in paths for file in _expand(path)))


def _expand(path: str) -> Iterator[str]:
    if path == STDIN:
        yield STDIN
    elif not path:
        sentence = "an empty name is no file"
        raise CuadreError(sentence, path=path)
    elif Path(path).is_dir():
        found = sorted(
            file for file in Path(path).rglob("*") if file.suffix.lower() in _ENDINGS and file.is_file()
        )
        if not found:
            sentence = f"{path}: no .xml or .json file in this folder"
            raise CuadreError(sentence, path=path)
        yield from map(str, found)
    elif Path(path).exists() or not has_magic(path):
        yield path
    else:
        matches = sorted(match for match in glob(path, recursive=True) if Path(match).is_file())  # noqa: PTH207 - absolute patterns are common
        if not matches:
            sentence = f"{path}: no file matches this pattern"
            raise CuadreError(sentence, path=path)
        yield from matches


def read_bytes(file: str) -> bytes:
    """Read a file or standard input, never more than one byte over the limit."""
    if file == STDIN:
        if sys.stdin is None:
            sentence = "standard input is closed"
            raise CuadreError(sentence)
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    from cuadre.inputs import read_file  # noqa: PLC0415 - `cuadre --help` needs no document

    return read_file(file)
