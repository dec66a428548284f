"""Database ids of an apidian installation and the DIAN codes behind them: data, by profile and version."""

from collections.abc import Iterable, Mapping
from csv import DictReader
from functools import cache
from os import PathLike
from pathlib import Path

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table

PROFILE = "apidian"
"""The profile whose rows are taken from a file that has several."""
FOLDER = "CUADRE_APIDIAN_TABLES"
"""The environment variable that names the folder of an installation's own tables."""
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


# The names under which the server lists its tables, and so the names of files that were saved from it.
_LISTED = {
    "type_documents": "documents",
    "type_operations": "operations",
    "health_type_operations": "health_operations",
    "unit_measures": "units",
    "type_currencies": "currencies",
    "type_document_identifications": "identifications",
    "type_organizations": "organizations",
    "type_regimes": "regimes",
    "type_liabilities": "liabilities",
    "type_item_identifications": "item_identifications",
    "credit_note_discrepancy_responses": "credit_reasons",
    "debit_note_discrepancy_responses": "debit_reasons",
    "credit_note_discrepancy_responses_sd": "adjustment_reasons",
}


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
def starter_tables() -> Tables:
    """Load the few ids that come with cuadre: those that its own examples need, and the commonest."""
    package = f"{__name__}.starter"
    return {name: Table(name, load_table(package, name, ("id",))) for name in NAMES}


@cache
def load_folder(folder: str | PathLike[str]) -> Tables:
    """Load an installation's own tables: the CSV files of a folder, each in place of the starter's.

    A file is called as its table (``units.csv``) or as the server lists it (``unit_measures.csv``) and has
    the columns ``id`` and ``code``; where it has a column ``profile``, the rows of ``apidian`` count.
    Raises DefinitionError, with file and line, for a file that is no table.
    """
    own = {_name(path): path for path in sorted(Path(folder).glob("*.csv"))}
    return {
        **starter_tables(),
        **{name: _load_file(name, path) for name, path in own.items() if name is not None},
    }


def _name(path: Path) -> str | None:
    name = _LISTED.get(path.stem, path.stem)
    return name if name in NAMES else None


def _load_file(name: str, path: Path) -> Table:
    rows: list[dict[str, str]] = []
    seen: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(DictReader(file), start=2):
            # A server lists ids without a code too; in a table of one's own that is a slip.
            listed = "profile" in row
            if listed and (row["profile"] != PROFILE or not row.get("code")):
                continue
            identity = row.get("id") or ""
            if not (identity.isascii() and identity.isdigit()) or not row.get("code") or identity in seen:
                sentence = f"{path.name} line {line}: needs an id of its own, in digits, and a code"
                raise DefinitionError(sentence, file=str(path), line=line)
            seen.add(identity)
            rows.append(row)
    return Table(name, rows)
