"""Database ids of an apidian installation and the DIAN codes behind them: data, by profile and version."""

from collections.abc import Iterable, Mapping
from csv import DictReader
from functools import cache
from os import PathLike
from pathlib import Path

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table

SHIPPED = "apidian_2026"
"""Profile and version of the tables that come with cuadre."""
NAMES = (
    "documents",
    "operations",
    "health_operations",
    "taxes",
    "units",
    "currencies",
    "identifications",
    "organizations",
    "regimes",
    "liabilities",
    "municipalities",
    "countries",
    "payment_forms",
    "payment_methods",
    "item_identifications",
    "reference_prices",
    "discounts",
    "credit_reasons",
    "debit_reasons",
    "adjustment_reasons",
)


class Table:
    """One table: ``codes`` by id, and the ids of each code, the lowest first.

    A code is not always the code of one id (units MGM, ONZ, PD and SO have two; so have the operations
    10 and 11, which support documents use with ids of their own).
    """

    def __init__(self, name: str, rows: Iterable[Mapping[str, str]]) -> None:
        self.name = name
        self.codes: dict[str, str] = {row["id"]: row["code"] for row in rows}
        self.ids: dict[str, list[int]] = {}
        for number, code in sorted((int(number), code) for number, code in self.codes.items()):
            self.ids.setdefault(code, []).append(number)


Tables = Mapping[str, Table]


@cache
def shipped(version: str = SHIPPED) -> Tables:
    """Load the tables of a profile and version that come with cuadre."""
    package = f"{__name__}.{version}"
    return {name: Table(name, load_table(package, name, ("id",))) for name in NAMES}


def load_folder(folder: str | PathLike[str]) -> Tables:
    """Load an installation's own tables: the CSV files of a folder, each in place of the shipped one.

    A file is called as its table (``units.csv``) and has the columns ``id`` and ``code``; others are
    allowed. Raises DefinitionError, with file and line, for a file that is no table.
    """
    own = {path.stem: _load_file(path) for path in sorted(Path(folder).glob("*.csv"))}
    return {**shipped(), **own}


def _load_file(path: Path) -> Table:
    if path.stem not in NAMES:
        sentence = f"{path.name}: there is no table {path.stem!r}; there are {', '.join(NAMES)}"
        raise DefinitionError(sentence, file=str(path), line=1)
    rows: list[dict[str, str]] = []
    seen: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in DictReader(file):
            identity = row.get("id") or ""
            if not (identity.isascii() and identity.isdigit()) or not row.get("code") or identity in seen:
                line = len(rows) + 2
                sentence = f"{path.name} line {line}: needs an id of its own, in digits, and a code"
                raise DefinitionError(sentence, file=str(path), line=line)
            seen.add(identity)
            rows.append(row)
    return Table(path.stem, rows)
