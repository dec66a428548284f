"""Every provider in every case, on loopback: what comes of a send is said truly by receipt and journal.

``matrix.csv`` has a row for each way to send and each case: what the receipt says, the journal's states in
their order, how often the document arrived whole, how many documents the server has in the end, and, where
that does not resolve it, its state once it could be asked about. A row without a status is a case that
this provider cannot have; it says why, from what is known of the provider.
"""

import csv
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from cuadre.engine.model.document import Document
from cuadre.reading import read
from cuadre.senders.delivery.journal_entry import UNRESOLVED, AlreadySentError, State, subject_of
from cuadre.senders.delivery.receipt import Receipt, Status

from .cases import CASES, OTHER_KEY, authority_says, rules_said, told
from .conftest import Desk, Open
from .faults import RETRY_AFTER
from .ways import WAYS


class Row(NamedTuple):
    """A line of the matrix."""

    way: str
    case: str
    status: str
    stage: str
    code: str
    key: str
    rules: str
    """``FAU04:reject``, separated by spaces; a text that is no rule is a ``?``."""
    duplicate: str
    states: str
    arrived: str
    booked: str
    later: str
    """Where it stands when all questions failed at first, and one could be asked later."""
    why: str


with (Path(__file__).parent / "matrix.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = [Row(**row) for row in csv.DictReader(stream)]
RUN = [pytest.param(row, id=f"{row.way}, {row.case}") for row in ROWS if row.status]
UNRESOLVED_ROWS = [pytest.param(row, id=f"{row.way}, {row.case}") for row in ROWS if row.later]


def seen(desk: Desk, document: Document, receipt: Receipt, row: Row) -> Row:
    """Write what was seen as a row."""
    return row._replace(
        status=receipt.status.value,
        stage=receipt.stage,
        code=receipt.provider_code or "",
        key=receipt.key or "",
        rules=rules_said(receipt),
        duplicate="yes" if receipt.duplicate else "",
        states=" ".join(desk.states(document)),
        arrived=str(len(desk.office.received)),
        booked=str(len(desk.office.booked)),
    )


@pytest.mark.parametrize("row", RUN)
def test_send(row: Row, open_way: Open) -> None:
    """Receipt, journal and server agree, and the journal's last word is the receipt."""
    way = WAYS[row.way]
    desk = told(open_way(way), way, row.case)
    desk.office.queries.extend(["waiting", "accepted"] if row.case == "waiting" else [])
    receipt = desk.send(way.letter)
    assert seen(desk, way.letter, receipt, row) == row
    entry = desk.journal.find(subject_of(way.letter, way.provider))
    assert entry is not None
    assert (entry.state.value, entry.receipt) == (row.states.split()[-1], receipt._replace(artefacts={}))


@pytest.mark.parametrize("how", ["resume", "send"])
@pytest.mark.parametrize("row", UNRESOLVED_ROWS)
def test_later(row: Row, how: str, open_way: Open) -> None:
    """What was left unresolved is asked about first, where it can be; only what is not there leaves again."""
    way = WAYS[row.way]
    desk = told(open_way(way), way, row.case)
    desk.office.queries.extend(["cut before"] * 200)
    hasty = desk._replace(pace=desk.pace._replace(deadline=8.0))
    hasty.send(way.letter)
    assert desk.state(way.letter) in UNRESOLVED
    desk.office.queries.clear()
    authority_says(desk, "accepted")
    desk.ticks.sleep(desk.pace.settle)
    before, arrived = len(desk.office.calls), len(desk.office.received)
    again = how == "send" and row.later == "unsent"
    if how == "resume":
        (resumed,) = hasty.resume()
        assert resumed.state.value == row.later
    else:
        hasty.send(way.letter)
    calls = [desk.office.asks(call) for call in desk.office.calls[before:]]
    assert calls[:1] == ([] if row.why else [True])
    assert len(desk.office.received) - arrived == again
    assert len(desk.office.booked) <= 1
    state = desk.state(way.letter)
    assert (state and state.value) == ("accepted" if again else row.later)


_STATUS = "/api/ubl2.1/status"


@pytest.mark.parametrize(
    ("way", "case", "track_id", "questions"),
    [
        ("apidian", "cut after", None, [f"{_STATUS}/document/cude-NC1002"]),
        ("apidian", "number taken", None, [f"{_STATUS}/document/{OTHER_KEY}"]),
        ("apidian test set", "accepted", "track-NC1002", [f"{_STATUS}/zip/track-NC1002"]),
        ("apidian test set", "cut after", None, [f"{_STATUS}/document/cude-NC1002"]),
        (
            "apidian test set",
            "repeat",
            "repeat-NC1002",
            [f"{_STATUS}/zip/repeat-NC1002", f"{_STATUS}/document/cude-NC1002"],
        ),
        ("ssintegral 1.1", "waiting", "track-DS17", []),
        ("ecuafact", "waiting", "1", ["/v1/invoice/1"]),
        ("ecuafact", "cut after", None, []),
    ],
)
def test_question(way: str, case: str, track_id: str | None, questions: list[str], open_way: Open) -> None:
    """A document is asked about by the provider's own question, with what is known of it."""
    desk = told(open_way(WAYS[way]), WAYS[way], case)
    desk.office.queries.append("accepted" if case == "waiting" else "")
    desk.send(WAYS[way].letter)
    assert [call.path for call in desk.office.calls if desk.office.asks(call)] == questions
    entry = desk.journal.find(subject_of(WAYS[way].letter, WAYS[way].provider))
    assert entry is not None
    assert entry.track_id == track_id


def test_complete() -> None:
    """Each case is tried with each way to send, or is said not to be possible there, and why."""
    named = [(row.way, row.case) for row in ROWS]
    assert len(set(named)) == len(named)
    assert set(product(WAYS, CASES)) - set(named) == set()
    assert [row for row in ROWS if not row.status and not row.why] == []


ASKED = {"apidian", "apidian test set"}
"""The ways on which a document can be asked about before any answer came."""


@pytest.mark.parametrize("way", WAYS)
def test_retry_after(way: str, open_way: Open) -> None:
    """After 429 the provider is asked when the server says; where it cannot be asked, nothing is repeated."""
    desk = told(open_way(WAYS[way]), WAYS[way], "429")
    receipt = desk.send(WAYS[way].letter)
    assert receipt.status is (Status.ACCEPTED if way in ASKED else Status.UNKNOWN)
    assert desk.ticks.slept[:1] == ([RETRY_AFTER] if way in ASKED else [])
    assert [desk.office.asks(call) for call in desk.office.calls[:2]] == [False, True][: 1 + (way in ASKED)]


@pytest.mark.parametrize("way", WAYS)
def test_arrived(way: str, open_way: Open) -> None:
    """What arrives is the provider's payload, and reads as the document that was sent."""
    desk, document = open_way(WAYS[way]), WAYS[way].letter
    desk.send(document)
    (call,) = desk.office.received
    arrived = read(call.body, provider=WAYS[way].provider).document
    total = document.legal_monetary_total
    assert arrived is not None
    assert arrived.legal_monetary_total is not None
    assert total is not None
    assert (arrived.kind, arrived.legal_monetary_total.payable_amount) == (
        document.kind,
        total.payable_amount,
    )


@pytest.mark.parametrize("way", WAYS)
def test_corrected(way: str, open_way: Open) -> None:
    """What was rejected leaves again with another content and the same number; what is accepted does not."""
    desk = told(open_way(WAYS[way]), WAYS[way], "rejected")
    document = WAYS[way].letter
    corrected = document.model_copy(update={"note": ("corrected",)})
    assert desk.send(document).status is Status.REJECTED
    receipt = desk.send(corrected)
    assert (receipt.status, desk.state(document)) == (Status.ACCEPTED, State.ACCEPTED)
    assert desk.send(corrected) == receipt._replace(artefacts={})
    with pytest.raises(AlreadySentError):
        desk.send(document)
    assert len(desk.office.received) == 2
