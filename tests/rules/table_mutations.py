"""Mutants of a pack's and a country's tables: severities, checks, rates and their dates."""

import csv
import datetime as dt
import io
from collections.abc import Iterator

from .mutations import Mutant

_SWAPPED: dict[str, dict[str, str]] = {
    "severity": {"reject": "notify", "notify": "reject", "lint": "notify"},
    "test": {"at_most": "at_least", "at_least": "at_most"},
}
_NUMBERS = {"percent", "rate"}
_DATES = {"valid_from", "valid_to"}


def table_mutants(text: str) -> Iterator[Mutant]:
    """List the mutants of a CSV file: each row changed in each column that decides something."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for number, row in enumerate(rows):
        for column, value in row.items():
            for changed in _changes(column, value):
                made = [*rows[:number], {**row, column: changed}, *rows[number + 1 :]]
                yield _mutant(rows, number, made, f"{column} {value} -> {changed}")
        if "test" in row or "percent" in row:
            yield _mutant(rows, number, rows[:number] + rows[number + 1 :], "dropped")


def _mutant(rows: list[dict[str, str]], number: int, made: list[dict[str, str]], what: str) -> Mutant:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    first = " ".join(list(rows[number].values())[:3])
    return Mutant(number + 2, f"{first}: {what}", file.getvalue())


def _changes(column: str, value: str) -> Iterator[str]:
    other = _SWAPPED.get(column, {}).get(value)
    if other:
        yield other
    if column in _NUMBERS:
        yield str(int(value) + 1) if value.isdigit() else "1"
    if column in _DATES and value:
        yield str(dt.date.fromisoformat(value) + dt.timedelta(days=1))
        yield str(dt.date.fromisoformat(value) - dt.timedelta(days=1))
    if column == "value" and value.isdigit():
        yield str(int(value) + 1)
    if column == "value" and " " in value:
        codes = value.split(" ")
        yield from (" ".join(codes[:index] + codes[index + 1 :]) for index in range(len(codes)))
