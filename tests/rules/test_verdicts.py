"""Verdicts that were wrong once (verdicts.csv): each edit fires what there is against it, and no more."""

from collections import Counter
from typing import NamedTuple

import pytest

from cuadre.checking import check
from cuadre.engine.findings import Finding, Value
from cuadre.engine.model.scalars import format_amount
from cuadre.report import DocumentReport

from .cases import KINDS, TODAY, Kind, base, table
from .mutate import mutate

_NOT_ASSERTED = "*"
_BETWEEN = " + "
_VERDICTS = {"reject": "rejected", "notify": "accepted_with_observations", "lint": "accepted"}


class Verdict(NamedTuple):
    """One edit of a document, and everything that is said of it."""

    statement: str
    kind: Kind
    base: str
    change: str
    own: tuple[tuple[str, ...], ...]
    """Code, severity and path of each finding that no other one causes."""
    stated: str
    """Of the first of them, as is ``expected``; ``*`` where it is not asserted."""
    expected: str
    follow: tuple[tuple[str, ...], ...]
    """Code and severity of each finding that another one causes."""

    def report(self) -> DocumentReport:
        """Check the document."""
        data = mutate(base(self.base, self.kind.letter), self.kind.fill(self.change))
        return check(data, today=TODAY, ignore="XSD").documents[0]


def _split(text: str, letter: str) -> tuple[tuple[str, ...], ...]:
    """Read ``?AS07 reject path + CUA107 lint path``; ``?`` stands for the kind's letter."""
    parts = filter(None, text.replace("?", letter).split(_BETWEEN))
    return tuple([tuple(part.split(" ")) for part in parts])


VERDICTS = [
    Verdict(
        row["statement"],
        KINDS[letter],
        row["base"],
        row["change"],
        _split(row["own"], letter),
        row["stated"],
        row["expected"],
        _split(row["follow"], letter),
    )
    for row in table("verdicts")
    for letter in row["kinds"]
]


def _id(verdict: Verdict) -> str:
    return f"{verdict.kind.letter}-{verdict.base}-{verdict.statement}"


def _text(value: Value) -> str:
    return value or "" if value is None or isinstance(value, str) else format_amount(value)


@pytest.mark.parametrize("verdict", VERDICTS, ids=_id)
def test_verdict(verdict: Verdict) -> None:
    """The findings are the expected ones, in code, severity, place and figures, and so is the verdict."""
    report = verdict.report()
    own = [found for found in report.findings if found.caused_by is None]
    said = [(found.code, str(found.severity), found.place.path) for found in own]
    assert sorted(said) == sorted(verdict.own)
    follow = [(found.code, str(found.severity)) for found in report.findings if found.caused_by is not None]
    assert Counter(follow) == Counter(verdict.follow)
    if verdict.own:
        _has_its_figures(next(found for found in own if found.place.path == verdict.own[0][2]), verdict)
    assert report.verdict == _worst(verdict)


def _has_its_figures(found: Finding, verdict: Verdict) -> None:
    if verdict.stated != _NOT_ASSERTED:
        assert _text(found.stated) == verdict.stated
    if verdict.expected != _NOT_ASSERTED:
        assert _text(found.expected) == verdict.expected


def _worst(verdict: Verdict) -> str:
    severities = {severity for _, severity, *_ in (*verdict.own, *verdict.follow)}
    return next((name for severity, name in _VERDICTS.items() if severity in severities), "accepted")


@pytest.mark.parametrize("verdict", [one for one in VERDICTS if one.follow], ids=_id)
def test_what_follows_names_its_cause(verdict: Verdict) -> None:
    """A finding that another one causes names it, and offers no fix of its own."""
    findings = verdict.report().findings
    own = {(found.code, found.place.path) for found in findings if found.caused_by is None}
    followers = [found for found in findings if found.caused_by is not None]
    assert len(followers) == len(verdict.follow)
    for found in followers:
        assert found.caused_by is not None
        assert (found.caused_by.code, found.caused_by.path) in own
        assert found.fix is None


@pytest.mark.parametrize("name", sorted({one.base for one in VERDICTS}))
def test_the_documents_that_are_edited_are_clean(name: str) -> None:
    """Nothing is said of a document before its edit."""
    for letter in sorted({one.kind.letter for one in VERDICTS if one.base == name}):
        assert check(base(name, letter), today=TODAY, ignore="XSD").findings == ()
