"""Tables of codes and rules: CSV files inside the package, read once and checked when read."""

import csv
from functools import cache
from importlib import resources

from cuadre.engine.errors import DefinitionError


@cache
def load_table(
    package: str, name: str, key: tuple[str, ...], columns: tuple[str, ...] = ()
) -> tuple[dict[str, str], ...]:
    """Load ``name``.csv of a package, such as ``("cuadre.engine.regimes.co", "taxes", ("id",))``.

    Raises DefinitionError where there is no such file, where it is not UTF-8 or no CSV, where it lacks one
    of ``columns``, or where a row has too few or too many cells, an empty key, or a key twice.
    """
    try:
        text = resources.files(package).joinpath(f"{name}.csv").read_text(encoding="utf-8-sig")
    except (FileNotFoundError, ModuleNotFoundError):
        sentence = f"{package} has no table {name}.csv"
        raise DefinitionError(sentence, file=name, package=package) from None
    except UnicodeDecodeError as error:
        sentence = f"{package}/{name}.csv is not UTF-8: {error.reason} at byte {error.start}"
        raise DefinitionError(sentence, file=name, package=package) from None
    reader = csv.DictReader(text.splitlines())
    missing = sorted({*key, *columns} - set(reader.fieldnames or ()))
    if missing:
        sentence = f"{package}/{name}.csv has no column {missing[0]!r}"
        raise DefinitionError(sentence, file=name, package=package, column=missing[0])
    try:
        rows = tuple(reader)
    except csv.Error as error:
        sentence = f"{package}/{name}.csv line {reader.line_num}: {error}"
        raise DefinitionError(sentence, file=name, line=reader.line_num) from None
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        place = f"{package}/{name}.csv line {number}"
        if None in row or None in row.values():
            sentence = f"{place}: the number of cells is not that of the heading"
            raise DefinitionError(sentence, file=name, line=number)
        identity = tuple(row.get(column, "") for column in key)
        if not identity[0] or identity in seen:
            sentence = f"{place}: the key {identity} is empty or stands already at line {seen.get(identity)}"
            raise DefinitionError(sentence, file=name, line=number)
        seen[identity] = number
    return rows
