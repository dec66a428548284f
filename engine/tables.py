"""Tables of codes and rules: CSV files inside the package, read once and checked when read."""

import csv
from functools import cache
from importlib import resources

from cuadre.engine.errors import DefinitionError


@cache
def load_table(package: str, name: str, key: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Load ``name``.csv of a package, such as ``("cuadre.engine.regimes.co", "taxes", ("id",))``.

    Raises DefinitionError where a row has too few or too many cells, an empty key, or a key twice.
    """
    text = resources.files(package).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    rows = tuple(csv.DictReader(text.splitlines()))
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
