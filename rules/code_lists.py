"""Lists of codes of checks.csv: written in the row, or a column of a table that is read when it is needed."""

import unicodedata
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say


class CodeList:
    """A list of codes; a table is read when somebody asks for its members."""

    def __init__(self, package: str, name: str, column: str) -> None:
        self._package = package
        self.shown = name
        """What a message calls it: its codes, or the name of the table."""
        self._column = column

    @cached_property
    def members(self) -> frozenset[str]:
        """The codes."""
        if not self._column:
            return frozenset(self.shown.split(", "))
        return frozenset(pairs(self._package, self.shown, self._column, self._column))


def code_list(package: str, value: str) -> CodeList:
    """Read ``19 5 0`` as codes, and ``units:code`` or ``other.package/taxes:id`` as a column of a table.

    Raises DefinitionError where there is no such table.
    """
    table, _, column = value.partition(":")
    if not column:
        return CodeList(package, value.replace(" ", ", "), "")
    return CodeList(*table_of(package, table), column)


def table_of(package: str, table: str) -> tuple[str, str]:
    """Find a table: of the pack's ``tables``, or ``other.package/name``; raise DefinitionError for none."""
    folder, _, name = table.rpartition("/")
    place = folder or f"{package}.tables"
    try:
        known = files(place).joinpath(f"{name}.csv").is_file()
    except ModuleNotFoundError:
        known = False
    if not known:
        raise DefinitionError(
            say("cuadre.rules:no_table", package=place, name=name), file=name, package=place
        )
    return place, name


@cache
def pairs(package: str, name: str, key: str, column: str) -> Mapping[str, str]:
    """Map one column of a table to another."""
    return {row[key]: row[column] for row in load_table(package, name, (key,), (column,))}


@cache
def folded(text: str) -> str:
    """Reduce a name to what is compared: letters and digits, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join([sign for sign in plain if sign.isalnum()])
