"""What a person may settle, what is refused, what the history says of it, and what may leave then."""

from pathlib import Path

import pytest

import cuadre.sending
from cuadre.cli import main
from cuadre.engine.errors import CuadreError, UnknownNameError
from cuadre.senders.contract import Reference
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import UNRESOLVED, AlreadySentError, State, Subject, subject_of
from cuadre.senders.delivery.locking import BusyError
from cuadre.senders.delivery.lookup import find_subject
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.delivery.sending import Resumed
from cuadre.senders.delivery.settling import SETTLED, NotSettledError, Statement, settle

from .cases import told
from .conftest import Desk, Open, invoice
from .emision_office import TOKEN
from .ways import WAYS, Way

PAYLOAD = Path(__file__).parents[3] / "examples" / "payloads" / "emision-spd.json"
UTILITY = WAYS["emision"]
ONE = Subject("emision", "equivalent_document", "SPD1003", "900999111")


def unresolved(open_way: Open, case: str = "cut after", way: Way = UTILITY, wait: float = 60) -> Desk:
    """Send a document, and lose the answer; then let some time pass."""
    desk = told(open_way(way), way, case)
    desk.send(way.letter)
    assert desk.state(way.letter) in UNRESOLVED
    desk.ticks.sleep(wait)
    return desk


def say(desk: Desk, statement: Statement, way: Way = UTILITY, *, force: bool = False) -> Resumed:
    """Settle the document of a way."""
    subject = subject_of(way.letter, way.provider)
    return settle(desk.journal, subject, statement, desk.provider, desk.settings, desk.pace, force=force)


def test_unsent_leaves_again(open_way: Open) -> None:
    """What a person did not find there leaves again with the same number, and is booked once."""
    desk = unresolved(open_way, "cut before")
    settled = say(desk, Statement(State.UNSENT, reason="not in the portal"))
    assert (settled.state, settled.receipt.status, settled.receipt.not_found) == (
        State.UNSENT,
        Status.UNKNOWN,
        False,
    )
    assert desk.journal.unresolved() == ()
    assert desk.send(UTILITY.letter).status is Status.ACCEPTED
    assert (desk.office.posts, len(desk.office.booked)) == ({"SPD1003": 1}, 1)
    states = [State.SENDING, State.UNKNOWN, State.UNKNOWN, State.UNSENT, State.SENDING, State.ACCEPTED]
    assert desk.states(UTILITY.letter) == states


def test_unsent_by_mistake(open_way: Open) -> None:
    """Where the person was wrong the provider refuses the number, and the document is unresolved again."""
    desk = unresolved(open_way)
    say(desk, Statement(State.UNSENT))
    receipt = desk.send(UTILITY.letter)
    assert (receipt.status, receipt.duplicate, len(desk.office.booked)) == (Status.UNKNOWN, True, 1)
    assert say(desk, Statement(State.ACCEPTED, "cude-SPD1003")).state is State.ACCEPTED
    assert desk.send(UTILITY.letter).key == "cude-SPD1003"
    assert desk.office.posts == {"SPD1003": 2}


def test_accepted_is_final(open_way: Open) -> None:
    """The same payload has the person's receipt returned, another is refused, and nothing leaves."""
    desk = unresolved(open_way)
    settled = say(desk, Statement(State.ACCEPTED, "cude-SPD1003", "seen in the portal"))
    assert desk.send(UTILITY.letter) == settled.receipt
    assert (settled.receipt.stage, settled.receipt.key) == ("person", "cude-SPD1003")
    with pytest.raises(AlreadySentError):
        desk.send(UTILITY.letter.model_copy(update={"note": ("other",)}))
    assert (desk.office.posts, desk.resume()) == ({"SPD1003": 1}, ())


def test_status_is_the_journals(open_way: Open) -> None:
    """Where the provider cannot be asked about what is settled, its status is the receipt in the journal."""
    desk = unresolved(open_way)
    settled = say(desk, Statement(State.ACCEPTED, "cude-SPD1003", "seen in the portal"))
    counter = cuadre.sending.Desk(
        desk.provider, desk.settings, desk.credentials, desk.journal, desk.transport, desk.pace
    )
    kind = subject_of(UTILITY.letter, "emision").kind
    assert counter.status(Reference("SPD1003", kind)) == settled.receipt
    assert counter.status(Reference("SPD1004", kind)).status is Status.UNKNOWN


def test_rejected_is_corrected(open_way: Open) -> None:
    """What a person saw rejected leaves again with another content, as what the provider rejected does."""
    desk = unresolved(open_way, "cut before")
    assert say(desk, Statement(State.REJECTED)).receipt.status is Status.REJECTED
    corrected = UTILITY.letter.model_copy(update={"note": ("corrected",)})
    assert desk.send(corrected).status is Status.ACCEPTED
    assert desk.office.posts == {"SPD1003": 1}


def test_history(open_way: Open) -> None:
    """The history says that a person settled it, when and why, beside what the provider did not say."""
    desk = unresolved(open_way)
    at, entry = desk.ticks.time, desk.journal.find(subject_of(UTILITY.letter, "emision"))
    settled = say(desk, Statement(State.ACCEPTED, "cude-SPD1003", "Rosa saw it in the portal"))
    *_, before, last = desk.journal.history("SPD1003")
    assert settled.entry == entry
    assert before.receipt is not None
    assert before.receipt.stage == "transport"
    assert (last.at, last.state, last.receipt) == (at, State.ACCEPTED, settled.receipt)
    reason = "settled by a person as accepted, 2026-11-18T11:07:40Z: Rosa saw it in the portal"
    assert settled.receipt == Receipt(Status.ACCEPTED, "person", key="cude-SPD1003", reason=reason)


@pytest.mark.parametrize("settled", SETTLED)
@pytest.mark.parametrize("state", list(State))
def test_states(journal: Journal, open_way: Open, state: State, settled: State) -> None:
    """Only what is unresolved or pending is settled; the rest stays as it is, and its state is told."""
    desk = open_way(UTILITY)._replace(journal=journal)
    journal.begin(ONE, "digest")
    if state is not State.SENDING:
        journal.record(ONE, state, Receipt(Status.UNKNOWN))
    desk.ticks.sleep(60)
    before = journal.history(ONE.document_id)

    def settle_it(*, force: bool = False) -> Resumed:
        return settle(journal, ONE, Statement(settled), desk.provider, desk.settings, desk.pace, force=force)

    if state in UNRESOLVED:
        assert settle_it().entry.state is state
        assert journal.history(ONE.document_id)[-1].state is settled
        return
    for force in (False, True):
        with pytest.raises(NotSettledError) as refused:
            settle_it(force=force)
        assert refused.value.detail == {"document_id": "SPD1003", "state": state.value}
    assert journal.history(ONE.document_id) == before


def test_busy(open_way: Open) -> None:
    """What another is busy with is left to it, by force too."""
    desk = unresolved(open_way)
    with desk.journal.holding(subject_of(UTILITY.letter, "emision")), pytest.raises(BusyError):
        say(desk, Statement(State.UNSENT), force=True)
    assert desk.state(UTILITY.letter) is State.UNKNOWN


def test_on_its_way(open_way: Open) -> None:
    """Shortly after it left, not to be there proves nothing; what is there can be settled at once."""
    desk = unresolved(open_way, wait=59)
    with pytest.raises(NotSettledError) as refused:
        say(desk, Statement(State.UNSENT))
    assert refused.value.detail["ago"] == 59
    assert say(desk, Statement(State.ACCEPTED)).state is State.ACCEPTED


def test_on_its_way_by_force(open_way: Open) -> None:
    """Who knows better says so."""
    desk = unresolved(open_way, "cut before", wait=0)
    assert say(desk, Statement(State.UNSENT), force=True).state is State.UNSENT


@pytest.mark.parametrize("state", SETTLED)
@pytest.mark.parametrize(
    ("way", "case", "askable"),
    [
        ("apidian", "cut after", True),
        ("apidian without key", "cut after", False),
        ("ssintegral 1.1", "waiting", False),
        ("ecuafact", "cut after", False),
    ],
)
def test_askable(open_way: Open, way: str, case: str, state: State, askable: bool) -> None:  # noqa: FBT001
    """What the provider can be asked about is not believed unless it must be; nothing is asked here."""
    desk = told(open_way(WAYS[way]), WAYS[way], case)
    desk.office.queries.extend(["cut before"] * 200)
    desk.send(WAYS[way].letter)
    desk.ticks.sleep(60)
    calls = len(desk.office.calls)
    if askable:
        with pytest.raises(NotSettledError) as refused:
            say(desk, Statement(state), WAYS[way])
        assert refused.value.detail["askable"] is True
    assert say(desk, Statement(state), WAYS[way], force=askable).state is state
    assert len(desk.office.calls) == calls


def test_duplicate_is_asked_by_its_key(open_way: Open) -> None:
    """Where the journal knows the key that has the number, apidian can be asked, though not by its own."""
    way = WAYS["apidian without key"]
    desk = told(open_way(way), way, "repeat")
    desk.office.queries.extend(["cut before"] * 200)
    desk.send(way.letter)
    with pytest.raises(NotSettledError) as refused:
        say(desk, Statement(State.ACCEPTED), way)
    assert refused.value.detail["askable"] is True


def test_other_key(open_way: Open) -> None:
    """A key that is not the document's own is another document's, unless the person insists."""
    way = WAYS["ssintegral 1.1"]
    desk = unresolved(open_way, way=way)
    for state in (State.ACCEPTED, State.REJECTED):
        with pytest.raises(NotSettledError) as refused:
            say(desk, Statement(state, "cuds-other"), way)
        assert (refused.value.detail["key"], refused.value.detail["given"]) == ("cuds-DS17", "cuds-other")
    assert say(desk, Statement(State.ACCEPTED, "cuds-other"), way, force=True).receipt.key == "cuds-other"


def test_known_key_is_kept(open_way: Open) -> None:
    """Without a key of the person's, the receipt has the one that the document states."""
    way = WAYS["ssintegral 1.1"]
    desk = unresolved(open_way, way=way)
    assert say(desk, Statement(State.ACCEPTED), way).receipt.key == "cuds-DS17"


@pytest.mark.parametrize(
    "statement", [Statement(State.PENDING), Statement(State.UNKNOWN), Statement(State.UNSENT, "key")]
)
def test_no_statement(open_way: Open, statement: Statement) -> None:
    """An open state settles nothing, and what is not there has no key."""
    desk = unresolved(open_way)
    with pytest.raises(CuadreError):
        say(desk, statement, force=True)
    assert desk.state(UTILITY.letter) is State.UNKNOWN


def test_never_noted(desk: Desk) -> None:
    """What the journal does not know is not settled."""
    with pytest.raises(UnknownNameError):
        settle(desk.journal, ONE, Statement(State.UNSENT), desk.provider, desk.settings)
    assert desk.states(invoice()) == []


def test_number(journal: Journal) -> None:
    """A number names one document; where it names several, or none, nothing is guessed."""
    note = ONE._replace(kind="credit_note")
    other = note._replace(supplier="800888222")
    journal.begin(ONE, "digest")
    assert find_subject(journal, "emision", "SPD1003") == ONE
    journal.begin(note, "digest")
    journal.begin(ONE._replace(provider="apidian", document_id="SPD1004"), "digest")
    assert find_subject(journal, "emision", "SPD1003", kind="credit_note") == note
    journal.begin(other, "digest")
    assert find_subject(journal, "emision", "SPD1003", "credit_note", "800888222") == other
    for kind, supplier in ((None, None), ("credit_note", None), ("invoice", None), (None, "1")):
        with pytest.raises(CuadreError) as several:
            find_subject(journal, "emision", "SPD1003", kind, supplier)
        assert several.value.detail["subjects"] == (ONE, note, other)
    with pytest.raises(UnknownNameError) as unknown:
        find_subject(journal, "emision", "SPD1030")
    assert unknown.value.detail["near"] == ["SPD1003"]


def test_by_the_command_line(
    open_way: Open, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown outcome, a person's statement, and the next send has the same number: booked once."""
    desk = open_way(UTILITY)
    desk.office.script.append("cut before")
    monkeypatch.setenv("CUADRE_EMISION_TOKEN", TOKEN)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    there = ["--via", "emision", "--journal", str(desk.journal.file)]
    leave = ["send", str(PAYLOAD), "--url", desk.settings.url, "--force", *there]
    assert [main(leave), main(leave), desk.office.posts.total()] == [2, 2, 0]
    # It left a moment ago, and who runs this test knows that it did not arrive.
    assert main(["status", "SPD1003", "--settle", "unsent", "--force", *there]) == 0
    assert [main(leave), main(leave), desk.office.posts.total()] == [0, 0, 1]
    heads = [line for line in capsys.readouterr().out.splitlines() if line.startswith("SPD1003: ")]
    assert heads == [
        f"SPD1003: {state}" for state in ("unknown", "unknown", "unsent", "accepted", "accepted")
    ]
    assert len(desk.office.booked) == 1
