"""Read files with numbering resolutions: tables ``[[numbering]]`` in TOML, or the same in JSON."""

import datetime as dt
import tomllib
from dataclasses import fields
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

from cuadre.config.references import secret
from cuadre.engine.errors import CuadreError
from cuadre.engine.file_errors import why
from cuadre.engine.json_reading import read_json
from cuadre.engine.regimes.co.numbering import NumberingError, NumberingResolution
from cuadre.engine.texts import say, text_of

_TABLE = "numbering"
_REFERENCES = ("env:", "file:")
_FIELDS = {field.name: field for field in fields(NumberingResolution)}
_NEEDED = ("invoice_authorization", "from_number", "to_number", "start_date", "end_date")


def read_numbering(file: str | PathLike[str]) -> tuple[NumberingResolution, ...]:
    """Read the resolutions of a file, whose name ends with ``.json``, or else is TOML.

    A technical key is written down, or is ``env:NAME`` or ``file:PATH``, relative to the file. Raises
    NumberingError, with ``file`` and ``field``, for what cannot be read; the technical key is not repeated.
    """
    path = Path(file)
    table = _read(path)
    rows = table.get(_TABLE) if isinstance(table, dict) else table
    if not isinstance(rows, list) or not rows:
        raise _error(path, _TABLE, say("cuadre:numbering_tables"))
    if isinstance(table, dict):
        _require_known(path, "", table, (_TABLE,))
    return tuple([_resolution(path, f"{_TABLE}[{index}]", row) for index, row in enumerate(rows)])


def _read(path: Path) -> object:
    try:
        data = path.read_bytes()
        return read_json(data) if path.suffix.lower() == ".json" else tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        fault = why(error)
    except CuadreError as error:
        fault = text_of(error)
    except (ValueError, RecursionError) as error:
        fault = str(error)
    raise NumberingError(say("cuadre.engine:at", place=str(path), fault=fault), file=str(path))


def _resolution(path: Path, place: str, row: object) -> NumberingResolution:
    if not isinstance(row, dict):
        raise _error(path, place, say("cuadre:config_table"))
    _require_known(path, f"{place}.", row, tuple(_FIELDS))
    for name in _NEEDED:
        if row.get(name) is None:
            raise _error(path, f"{place}.{name}", say("cuadre:numbering_needs"))
    values: dict[str, Any] = {name: _value(name, value) for name, value in row.items() if value is not None}
    try:
        if isinstance(key := values.get("technical_key"), str) and key.startswith(_REFERENCES):
            values["technical_key"] = secret(key, path.parent)
        return NumberingResolution(**values)
    except NumberingError as error:
        raise NumberingError(_said(path, f"{place}.", error), **{**error.detail, "file": str(path)}) from None
    except CuadreError as error:
        raise _error(path, f"{place}.technical_key", text_of(error)) from None


def _value(name: str, value: object) -> object:
    """Take a date from the text of a JSON file, and a number from a text of digits."""
    if isinstance(value, str) and name.endswith("_date"):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, str) and name.endswith("_number") and value.isascii() and value.isdecimal():
        return int(value[:_LONGEST])
    if isinstance(value, int) and name in {"invoice_authorization", "company_id"} and value >= 0:
        return str(value) if value < _LARGEST else value
    return value


_LONGEST = 18
_LARGEST = 10**_LONGEST


def _require_known(path: Path, around: str, table: dict[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known)
            sentence = say("cuadre:config_no_key", key=key)
            if near:
                sentence = say("cuadre:did_you_mean", sentence=sentence, near=tuple(near))
            raise _error(path, f"{around}{key}", sentence)


def _said(path: Path, place: str, error: NumberingError) -> str:
    """Say an error of a field, which starts with the field's name, with the file and the place before it."""
    return say("cuadre:numbering_at", file=str(path), place=place, fault=text_of(error))


def _error(path: Path, field: str, fault: str) -> NumberingError:
    sentence = say("cuadre:config_at", file=str(path), key=field, fault=fault)
    return NumberingError(sentence, file=str(path), field=field)
