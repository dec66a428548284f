"""Database ids of an apidian installation and the DIAN codes behind them; each table loads at first use."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from csv import DictReader
from functools import cache, cached_property
from os import PathLike
from pathlib import Path

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say

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

_DIGITS = 18

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


def table_name(listed: str) -> str | None:
    """Tell which table is meant: by its own name, or by the one under which the server lists it."""
    name = _LISTED.get(listed, listed)
    return name if name in NAMES else None


def is_id(text: str) -> bool:
    """Tell whether a text can be a database id: digits of ASCII, at most 18."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


class Table:
    """One table: ``codes`` by id, and the ids of each code, the lowest first.

    A code is not always the code of one id (units MGM, ONZ, PD and SO have two; so have the operations
    10 and 11, which support documents use with ids of their own). Raises DefinitionError for an id that is
    no number.
    """

    def __init__(self, name: str, rows: Iterable[Mapping[str, str]]) -> None:
        self.name = name
        self.codes: dict[str, str] = {row["id"]: row["code"] for row in rows}
        for identity, code in self.codes.items():
            if not is_id(identity) or not code:
                sentence = say("cuadre.senders:no_row", file=name, id=identity)
                raise DefinitionError(sentence, table=name, id=identity)
        self.ids: dict[str, list[int]] = {}
        for number, code in sorted((int(number), code) for number, code in self.codes.items()):
            self.ids.setdefault(code, []).append(number)

    def near(self, given: str) -> tuple[str, ...]:
        """Return the ids that may have been meant where ``given`` is none: those whose code it is.

        JSON's numbers have no leading zero, so 5001 is the code 05001 too.
        """
        wanted = _plain(given)
        return (wanted,) if wanted in self.codes else self._meant.get(wanted, ())

    @cached_property
    def _meant(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code, ids in self.ids.items():
            found[_plain(code)] = (*found.get(_plain(code), ()), *map(str, ids))
        found.pop("", None)
        return found


def _plain(text: str) -> str:
    return text.strip().upper().lstrip("0")


class Tables(Mapping[str, Table]):
    """The tables by name; each is loaded, and checked, when it is first looked up."""

    def __init__(self, load: Callable[[str], Table]) -> None:
        self._load = load
        self._loaded: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        """Return a table; raise DefinitionError, with file and line, where what was given is none."""
        if name not in NAMES:
            raise KeyError(name)
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(NAMES)

    def __len__(self) -> int:
        """Count the tables."""
        return len(NAMES)

    @property
    def loaded(self) -> frozenset[str]:
        """The names of the tables that have been looked up."""
        return frozenset(self._loaded)


@cache
def shipped_tables() -> Tables:
    """Return the tables that come with cuadre: those of the public fork ``Cosmox-SAS/co-apidian2026``."""
    return Tables(lambda name: Table(name, load_table(__name__, name, ("id",), ("code",))))


@cache
def load_folder(folder: str | PathLike[str]) -> Tables:
    """Return an installation's own tables: the CSV files of a folder, each in place of the shipped one.

    A file is called as its table (``units.csv``) or as the server lists it (``unit_measures.csv``) and has
    the columns ``id`` and ``code``; where it has a column ``profile``, the rows of ``apidian`` count.
    Raises DefinitionError where there is no such folder; of a file that is no table, its first look-up does.
    """
    if not Path(folder).is_dir():
        sentence = say("cuadre.senders:no_folder", folder=str(folder))
        raise DefinitionError(sentence, file=str(folder))
    found = [(table_name(path.stem), path) for path in sorted(Path(folder).glob("*.csv"))]
    own = {name: path for name, path in found if name is not None}
    return Tables(lambda name: _load_file(name, own[name]) if name in own else shipped_tables()[name])


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
            if not is_id(identity) or not row.get("code") or identity in seen:
                sentence = say("cuadre.senders:no_row_at", file=path.name, line=line)
                raise DefinitionError(sentence, file=str(path), line=line)
            seen.add(identity)
            rows.append(row)
    return Table(name, rows)
