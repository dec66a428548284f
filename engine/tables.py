"""Tables of codes and rules: CSV files inside the package, read once and checked when read."""

import csv
from functools import cache
from importlib import resources

from cuadre.engine.errors import DefinitionError
from cuadre.engine.texts import say


@cache
def load_table(
    package: str, name: str, key: tuple[str, ...], columns: tuple[str, ...] = ()
) -> tuple[dict[str, str], ...]:
    """Load ``name``.csv of a package, such as ``("cuadre.engine.regimes.co", "taxes", ("id",))``.

    Raises DefinitionError where there is no such file, where it is not UTF-8 or no CSV, where it lacks one
    of ``columns``, or where a row has too few or too many cells, an empty key, or a key twice.
    """
    file = f"{package}/{name}.csv"
    try:
        text = resources.files(package).joinpath(f"{name}.csv").read_text(encoding="utf-8-sig")
    except (FileNotFoundError, ModuleNotFoundError):
        sentence = say("cuadre.engine:no_table", package=package, name=name)
        raise DefinitionError(sentence, file=name, package=package) from None
    except UnicodeDecodeError as error:
        sentence = say("cuadre.engine:not_utf_8", file=file, byte=error.start)
        raise DefinitionError(sentence, file=name, package=package) from None
    reader = csv.DictReader(text.splitlines())
    missing = sorted({*key, *columns} - set(reader.fieldnames or ()))
    if missing:
        sentence = say("cuadre.engine:no_column", file=file, column=missing[0])
        raise DefinitionError(sentence, file=name, package=package, column=missing[0])
    try:
        rows = tuple(reader)
    except csv.Error as error:
        raise _at(file, name, reader.line_num, str(error)) from None
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise _at(file, name, number, say("cuadre.engine:wrong_cells"))
        identity = tuple(row.get(column, "") for column in key)
        if not identity[0]:
            raise _at(file, name, number, say("cuadre.engine:no_key", column=key[0]))
        if identity in seen:
            fault = say("cuadre.engine:key_twice", key=identity, first=seen[identity])
            raise _at(file, name, number, fault)
        seen[identity] = number
    return rows


def _at(file: str, name: str, line: int, fault: str) -> DefinitionError:
    sentence = say("cuadre.engine:table_line", file=file, line=line, fault=fault)
    return DefinitionError(sentence, file=name, line=line)
