"""Olimpia on loopback, asked as JSON, as XML and as a form: what it says of a document, and its silence.

It sends nothing, so of the cases of a send (matrix.csv) a rejection, a repeat and a document unresolved are
none of its own; a question may always be asked again, and a failure of it says nothing of the document.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Reference

from .cases import impatient, rules_said
from .conftest import Open, invoice
from .faults import RETRY_AFTER
from .ways import QUESTIONS


class Row(NamedTuple):
    """A line of the table: what is told of the next questions, and what the receipt says then."""

    case: str
    status: str
    stage: str
    code: str
    rules: str
    buyer: str
    asked: str
    """How often the question arrived whole."""


with (Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = [Row(**row) for row in csv.DictReader(stream)]


@pytest.mark.parametrize("row", ROWS, ids=[row.case for row in ROWS])
@pytest.mark.parametrize("way", QUESTIONS)
def test_asked(way: str, row: Row, open_way: Open) -> None:
    """The receipt says what Olimpia says, a question is repeated where that helps, and nothing is noted."""
    desk = open_way(QUESTIONS[way])
    desk.office.book("SETP1", "cufe-1")
    always = row.case.startswith("always ")
    desk.office.queries.extend([row.case.removeprefix("always ")] * (3 if always else 1))
    receipt = impatient(desk, row.case).ask(Reference("SETP1", "invoice"))
    code, buyer = receipt.provider_code or "", receipt.buyer_status or ""
    said = Row(row.case, receipt.status, receipt.stage, code, rules_said(receipt), buyer, row.asked)
    assert said == row
    assert len(desk.office.calls) == int(row.asked)
    assert receipt.key == (None if row.case == "missing" or row.stage == "transport" else "cufe-1")
    assert (desk.journal.unresolved(), desk.office.received) == ((), [])
    assert desk.ticks.slept[:1] == ([RETRY_AFTER] if row.case in {"429", "503"} else desk.ticks.slept[:1])


@pytest.mark.parametrize("prefix", ["", "SETP"])
@pytest.mark.parametrize("way", QUESTIONS)
def test_unknown_number(way: str, prefix: str, open_way: Open) -> None:
    """A document that Olimpia does not know comes back with nulls, which is no proof that it is not there."""
    desk = open_way(QUESTIONS[way]._replace(values={**QUESTIONS[way].values, "prefix": prefix}))
    receipt = desk.ask(Reference("SETP2", "invoice"))
    assert (receipt.status.value, receipt.not_found) == ("pending", False)
    assert desk.office.asked == ["SETP2"]


@pytest.mark.parametrize("way", QUESTIONS)
def test_sends_nothing(way: str, open_way: Open) -> None:
    """A document is refused before anything is noted, and nothing reaches the server."""
    desk = open_way(QUESTIONS[way])
    with pytest.raises(CuadreError):
        desk.send(invoice())
    assert (desk.office.calls, desk.journal.history("SETP1")) == ([], ())
