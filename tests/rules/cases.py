"""The tables of this folder: base documents (bases.csv), and documents with one fault (PACK_cases.csv)."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cuadre.engine.regimes.co.numbering import NumberingResolution
from cuadre.engine.secrets import Secrets
from cuadre.options import Choices

from .mutate import mutate

TODAY = dt.date(2026, 11, 21)
"""The day after the issue date of every base."""
SECRETS = Secrets("fc8eac422eba16e22ffd8c6f94b3f40a6e38162c", "75315")
"""What the keys of the documents in examples/ were made with."""
RESOLUTION = NumberingResolution(
    invoice_authorization="18760000001",
    prefix="SETP",
    from_number=990000000,
    to_number=995000000,
    start_date=dt.date(2026, 1, 1),
    end_date=dt.date(2027, 12, 31),
)
"""The one that examples/invoice.xml names."""
ROOT = Path(__file__).parents[2]
SAID = ("severity", "path", "message_key", "stated", "expected", "detail", "fix")
"""The columns that say what the finding is: empty for what it does not have."""
_HERE = Path(__file__).parent
_SUFFIX = "_cases"


class Kind(NamedTuple):
    """What differs between kinds of document (kinds.csv); a table says ``{line}`` and means this."""

    letter: str
    kind: str
    file: str
    line: str
    quantity: str
    total: str

    def fill(self, text: str) -> str:
        """Replace ``{file}``, ``{line}``, ``{quantity}`` and ``{total}``."""
        for name in ("file", "line", "quantity", "total"):
            text = text.replace(f"{{{name}}}", getattr(self, name))
        return text


class Case(NamedTuple):
    """One document with one fault, and what its finding says; without a path there is no finding."""

    pack: str
    code: str
    kind: Kind
    base: str
    change: str
    why: str
    """What the row is there for, where the change does not say it; else empty."""
    said: dict[str, str]
    """Every column of ``SAID``."""
    follow: tuple[str, ...]
    """The findings that say they are caused by this one, as ``FAU06 reject path``."""
    besides: tuple[str, ...]
    """Further findings of the same fault that no other causes, written alike."""
    secrets: Secrets
    """Those that the check is given; none unless the table says ``yes``."""
    numbering: str = ""
    """The resolutions that the check is given, as ``resolutions`` reads them."""

    @property
    def path(self) -> str:
        """The path of the finding; empty where the document has none."""
        return self.said["path"]

    @property
    def data(self) -> bytes:
        """The document."""
        return mutate(base(self.base, self.kind.letter), self.kind.fill(self.change))

    @property
    def choices(self) -> Choices:
        """What the check of the document, and that of its base, is given."""
        given = resolutions(self.numbering)
        return {"today": TODAY, "ignore": "XSD", "secrets": self.secrets, "numbering": given}


@cache
def resolutions(text: str) -> tuple[NumberingResolution, ...]:
    """Make resolutions: ``yes`` is that of examples/, ``prefix = X; to_number = 9 | yes`` two of them."""
    found = []
    for one in filter(None, text.split(" | ")):
        fields: dict[str, Any] = {}
        for change in [] if one == "yes" else one.split("; "):
            name, _, value = change.partition(" = ")
            fields[name] = int(value) if name.endswith("_number") else value
            if name.endswith("_date"):
                fields[name] = dt.date.fromisoformat(value)
        found.append(replace(RESOLUTION, **fields))
    return tuple(found)


@cache
def bases() -> dict[tuple[str, str], bytes]:
    """Make every base document, by name and letter of kind."""
    made = {}
    for row in table("bases"):
        for letter in row["kinds"]:
            kind = _ALL_KINDS[letter]
            data = (ROOT / kind.fill(row["file"])).read_bytes()
            made[row["base"], letter] = mutate(data, kind.fill(row["change"]))
    return made


def base(name: str, letter: str = "F") -> bytes:
    """Return a base document by its name in bases.csv; the letter is the first of its codes."""
    return bases()[name, letter]


@cache
def cases() -> tuple[Case, ...]:
    """Read every row of the tables of cases, once for each kind of document; ``?`` is the kind's letter."""
    tables = sorted(_HERE.glob(f"*{_SUFFIX}.csv"))
    names = [(file.stem, file.stem.removesuffix(_SUFFIX)) for file in tables]
    return tuple([case for name, pack in names for row in table(name) for case in read_row(pack, row)])


def read_row(pack: str, row: dict[str, str]) -> Iterator[Case]:
    """Make the cases of a row, one for each of its kinds; ``reject notify`` is a severity for each of two."""
    severities = row["severity"].split()
    for index, letter in enumerate(row["kinds"]):
        said = {column: row[column] for column in SAID}
        if len(severities) > 1:
            said["severity"] = severities[index]
        yield Case(
            pack=pack,
            code=row["code"].replace("?", letter),
            kind=_ALL_KINDS[letter],
            base=row["base"],
            change=row["change"],
            why=row["why"],
            said=said,
            follow=_findings(row["follow"], letter),
            besides=_findings(row["besides"], letter),
            secrets=SECRETS if row["secrets"] == "yes" else Secrets(),
            numbering=row.get("numbering") or "",
        )


def _findings(cell: str, letter: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.replace("?", letter).split("; ")))


def table(name: str) -> list[dict[str, str]]:
    """Read a table of this folder."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_ALL_KINDS = {row["letter"]: Kind(**row) for row in table("kinds")}
KINDS = {letter: _ALL_KINDS[letter] for letter in "FCD"}
"""Those of Colombia whose codes differ by the letter."""
