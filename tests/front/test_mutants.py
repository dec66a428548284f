"""Two thousand damaged copies of the examples: each gives a report whose places are in the file."""

import json
import random

import pytest

import cuadre
from cuadre.engine.sentences import LANGUAGES
from cuadre.formats import text_report

from .running import EXAMPLES, NAMES

_EACH = -(-2000 // len(NAMES))
_INSERTED = b"0123456789.,-+eE<>&/\"'=:; \n\x00\xff\xc3\xa9"
_DIGITS = b"0123456789"


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Damage a document in one to three places; half of the mutants change nothing but digits."""
    damage = _digit if chance.random() < 0.5 else chance.choice([_delete, _double, _flip, _insert, _swap])
    result = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        damage(result, chance)
    return bytes(result)


def _chunk(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.randint(1, 80))


def _delete(data: bytearray, chance: random.Random) -> None:
    start, end = _chunk(data, chance)
    del data[start:end]


def _double(data: bytearray, chance: random.Random) -> None:
    start, end = _chunk(data, chance)
    data[start:start] = data[start:end]


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _insert(data: bytearray, chance: random.Random) -> None:
    start, _ = _chunk(data, chance)
    data[start:start] = bytes(chance.choices(_INSERTED, k=chance.randint(1, 4)))


def _swap(data: bytearray, chance: random.Random) -> None:
    (first, middle), (second, end) = sorted([_chunk(data, chance), _chunk(data, chance)])
    if middle <= second:
        data[first:end] = data[second:end] + data[middle:second] + data[first:middle]


def _digit(data: bytearray, chance: random.Random) -> None:
    start = data.index(b"<cbc:LineCountNumeric>")
    places = [place for place in range(start, len(data)) if data[place] in _DIGITS]
    data[chance.choice(places)] = chance.choice(_DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_mutants(name: str) -> None:
    """Every mutant gives a report that can be written, and whose lines are lines of the file."""
    data = (EXAMPLES / name).read_bytes()
    chance = random.Random(name)  # noqa: S311 - the same mutants in every run are the point
    seen = set()
    for _ in range(_EACH):
        damaged = mutant(data, chance)
        report = cuadre.check(damaged)
        seen.add(report.verdict)
        assert json.loads(report.to_json("es"))["documents"][0]["verdict"] == report.verdict
        assert all(text_report.write(report, language) for language in LANGUAGES)
        last = damaged.count(b"\n") + 1
        assert all(1 <= (finding.place.line or 1) <= last for finding in report.findings)
        unreadable = {finding.code == "CUA001" for finding in report.findings}
        assert unreadable == {True} or report.verdict != "unreadable"
    assert seen >= {"unreadable", "rejected"}
