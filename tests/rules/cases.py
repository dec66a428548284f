"""The tables of this folder: base documents (bases.csv), and what breaks each rule in them (cases.csv)."""

import csv
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cuadre.engine.secrets import Secrets

from .mutate import mutate

TODAY = dt.date(2026, 11, 21)
"""The day after the issue date of every base."""
SECRETS = Secrets("fc8eac422eba16e22ffd8c6f94b3f40a6e38162c", "75315")
"""What the keys of the documents in examples/ were made with."""
ROOT = Path(__file__).parents[2]
_HERE = Path(__file__).parent


class Kind(NamedTuple):
    """What differs between an invoice and its notes; a table says ``{line}`` and means this."""

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


KINDS = {
    kind.letter: kind
    for kind in (
        Kind(
            "F",
            "invoice",
            "invoice",
            "cac:InvoiceLine",
            "cbc:InvoicedQuantity",
            "cac:LegalMonetaryTotal",
        ),
        Kind(
            "C",
            "credit_note",
            "credit-note",
            "cac:CreditNoteLine",
            "cbc:CreditedQuantity",
            "cac:LegalMonetaryTotal",
        ),
        Kind(
            "D",
            "debit_note",
            "debit-note",
            "cac:DebitNoteLine",
            "cbc:DebitedQuantity",
            "cac:RequestedMonetaryTotal",
        ),
    )
}


class Case(NamedTuple):
    """One document with one fault: the code that it fires, where, and what it explains besides."""

    code: str
    kind: Kind
    base: str
    change: str
    path: str
    expected: str
    severity: str
    """Empty where it is the catalogue's."""
    follow: tuple[str, ...]
    """The codes of the findings that say they are caused by this one."""
    secrets: Secrets
    """Those that the check is given; none unless the table says ``yes``."""

    @property
    def data(self) -> bytes:
        """The document."""
        return mutate(base(self.base, self.kind.letter), self.kind.fill(self.change))


@cache
def bases() -> dict[tuple[str, str], bytes]:
    """Make every base document, by name and letter of kind."""
    made = {}
    for row in table("bases"):
        for letter in row["kinds"]:
            kind = KINDS[letter]
            data = (ROOT / kind.fill(row["file"])).read_bytes()
            made[row["base"], letter] = mutate(data, kind.fill(row["change"]))
    return made


def base(name: str, letter: str = "F") -> bytes:
    """Return a base document by its name in bases.csv; the letter is the first of its codes."""
    return bases()[name, letter]


@cache
def cases() -> tuple[Case, ...]:
    """Read every row of cases.csv, once for each kind of document; ``?`` stands for the kind's letter."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for row in table("cases"):
        for letter in row["kinds"]:
            yield Case(
                code=row["code"].replace("?", letter),
                kind=KINDS[letter],
                base=row["base"],
                change=row["change"],
                path=row["path"],
                expected=row["expected"],
                severity=row["severity"],
                follow=tuple(row["follow"].replace("?", letter).split()),
                secrets=SECRETS if row["secrets"] == "yes" else Secrets(),
            )


def table(name: str) -> list[dict[str, str]]:
    """Read a table of this folder."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
