"""Find the files that a command line names: files, folders, patterns, and - for standard input."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.limits import MAX_BYTES
from cuadre.engine.texts import say

if TYPE_CHECKING:
    from cuadre.config.configuration import Configuration

STDIN = "-"


class Files(NamedTuple):
    """The files that a command line names, in that order."""

    names: list[str]
    looked_for: set[str]
    """Those of a folder: they may be no documents. What is named itself always is one."""
    passed_by: Counter[str]
    """How many are not looked at, and why."""


def expand(paths: Sequence[str], configuration: "Configuration", *, force_exclude: bool = False) -> Files:
    """List the files, each once; raise CuadreError where a name finds nothing.

    With ``force_exclude`` named files are taken as if they had been looked for: a hook names every file.
    """
    named, looked_for = dict[str, bool](), set[str]()
    passed_by = Counter[str]()
    for path in paths:
        if path != STDIN and path and Path(path).is_dir():
            below = _below(path, configuration, passed_by)
            looked_for |= below.keys()
            named = below | named
        else:
            named |= dict.fromkeys(_named(path), True)
    found = Files(list(named), {name for name in looked_for if not named[name]}, passed_by)
    return _excluded(found, configuration) if force_exclude else found


def _excluded(found: Files, configuration: "Configuration") -> Files:
    from cuadre.folders import EXCLUDED, Exclusion  # noqa: PLC0415 - a file needs none of it

    exclusion = Exclusion(configuration.exclude, configuration.folder)
    names = [name for name in found.names if name == STDIN or not exclusion.leaves_out(Path(name))]
    if len(names) < len(found.names):
        found.passed_by[EXCLUDED] += len(found.names) - len(names)
    return Files(names, {name for name in names if name != STDIN}, found.passed_by)


def _below(path: str, configuration: "Configuration", passed_by: Counter[str]) -> dict[str, bool]:
    from cuadre.folders import Folder  # noqa: PLC0415 - a file needs none of it

    folder = Folder(
        path,
        exclude=configuration.exclude,
        root=configuration.folder,
        gitignore=configuration.respect_gitignore,
    )
    found = dict.fromkeys(folder.files(), False)
    passed_by.update(folder.passed_by)
    if not found and not folder.passed_by:
        raise CuadreError(say("cuadre:empty_folder", path=path), path=path)
    return found


def _named(path: str) -> Iterator[str]:
    if path == STDIN:
        yield STDIN
    elif not path:
        sentence = say("cuadre:empty_name")
        raise CuadreError(sentence, path=path)
    elif Path(path).exists() or not has_magic(path):
        yield path
    else:
        matches = sorted(match for match in glob(path, recursive=True) if Path(match).is_file())  # noqa: PTH207 - absolute patterns are common
        if not matches:
            sentence = say("cuadre:no_match", path=path)
            raise CuadreError(sentence, path=path)
        yield from matches


def read_bytes(file: str) -> bytes:
    """Read a file or standard input, never more than one byte over the limit."""
    if file == STDIN:
        if sys.stdin is None:
            sentence = say("cuadre:stdin_closed")
            raise CuadreError(sentence)
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    from cuadre.inputs import read_file  # noqa: PLC0415 - `cuadre --help` needs no document

    return read_file(file)
