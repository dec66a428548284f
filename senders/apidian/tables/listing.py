"""The JSON in which an apidian server lists its tables, read into tables of ids and codes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Never

from cuadre.engine.json_reading import read_json
from cuadre.engine.texts import say
from cuadre.senders.apidian.tables import is_id, shipped_tables, table_name
from cuadre.senders.contract import PayloadError
from cuadre.senders.own_tables import OwnTable
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.payload import Steps
from cuadre.senders.payloads.reading import PayloadValue, decode, parse

_CODE = re.compile(r"\w[\w .-]{0,19}")
_MODEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DATA = "data"
"""The key that some versions of the server put around the whole answer."""


def take_listing(files: Mapping[str, bytes]) -> tuple[OwnTable, ...]:
    """Read the answers of ``GET /api/ubl2.1/listing``, in the order of their tables.

    An answer is an object of tables by name (``type_documents``, or the model ``TypeDocument``); a table is
    a list of objects with ``id`` and ``code``, or an object of such by id. A list alone is the table that
    its file is called after. Tables that payloads do not use are passed by.
    Raises PayloadError, with file and pointer, where an id or a code is none, where an id has two codes,
    where a table lists names only, and where no table is found.
    """
    found: dict[str, OwnTable] = {}
    for file, data in files.items():
        for name, node in _tables(file, data):
            if name in found:
                _refuse(file, node.steps, say("cuadre.senders:listed_twice", table=name))
            found[name] = _table(file, name, node)
    if not found:
        sentence = say("cuadre.senders:no_tables", files=tuple(files))
        raise PayloadError(sentence, pointer="", files=tuple(files))
    return tuple([found[name] for name in shipped_tables() if name in found])


def _tables(file: str, data: bytes) -> Iterator[tuple[str, PayloadValue]]:
    text = decode(data)
    if text.lstrip().startswith("["):
        name = table_name(PurePath(file).stem)
        if name is not None:
            yield name, PayloadValue(read_json(text))  # type: ignore[arg-type]
        return
    root = parse(text)
    inner = root.get(_DATA)
    given = inner if inner is not None and isinstance(inner.value, dict) else root
    for key in given.value if isinstance(given.value, dict) else ():
        name, node = _name(key), given.get(key)
        if name is not None and node is not None:
            yield name, node


def _name(key: str) -> str | None:
    """Tell which table a key means: the table itself, or the server's model of one row of it."""
    word = _MODEL.sub("_", key).lower()
    names = (word, f"{word}s", f"{word}es", f"{word.removesuffix('y')}ies")
    return next((found for one in names if (found := table_name(one))), None)


def _table(file: str, name: str, node: PayloadValue) -> OwnTable:
    codes: dict[str, str] = {}
    without_code = 0
    for given, row in _rows(file, name, node):
        identity, code = _text(file, row, "id") or given, _text(file, row, "code")
        if identity is None or not is_id(identity):
            _refuse(file, row.steps, say("cuadre.senders:no_id", table=name, id=identity or ""))
        identity = str(int(identity))
        if code is None:
            without_code += 1
        elif not _CODE.fullmatch(code):
            _refuse(file, row.steps, say("cuadre.senders:no_code", table=name, code=code[:40]))
        elif codes.setdefault(identity, code) != code:
            _refuse(file, row.steps, say("cuadre.senders:two_codes", table=name, id=identity))
    if not codes:
        _refuse(file, node.steps, say("cuadre.senders:names_only", table=name))
    ordered = {one: codes[one] for one in sorted(codes, key=int)}
    return OwnTable(name, ordered, shipped_tables()[name].codes, without_code)


def _rows(file: str, name: str, node: PayloadValue) -> Iterator[tuple[str | None, PayloadValue]]:
    """Yield each row, and the id that it has as a key."""
    rows: list[tuple[str | None, PayloadValue]]
    if isinstance(node.value, dict):
        rows = [(key, PayloadValue(row, (*node.steps, key))) for key, row in node.value.items()]
    else:
        rows = [(None, row) for row in node.items()]
    for given, row in rows:
        if not isinstance(row.value, dict):
            _refuse(file, row.steps, say("cuadre.senders:names_only", table=name))
        yield given, row


def _text(file: str, row: PayloadValue, key: str) -> str | None:
    found = row.get(key)
    if found is None:
        return None
    if isinstance(found.value, bool) or not isinstance(found.value, (str, int)):
        _refuse(file, found.steps, say("cuadre.senders:no_text_or_number"))
    return str(found.value).strip() or None


def _refuse(file: str, steps: Steps, fault: str) -> Never:
    where = pointer(steps)
    sentence = say("cuadre.senders:in_listing", place=f"{file}: {where}" if where else file, fault=fault)
    raise PayloadError(sentence, pointer=where, file=file)
