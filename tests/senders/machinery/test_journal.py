"""The journal: what is refused, what survives, and who may read it."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.senders.delivery.journal import Journal, JournalError
from cuadre.senders.delivery.journal_entry import AlreadySentError, State, Subject, subject_of
from cuadre.senders.delivery.locking import BusyError, locked
from cuadre.senders.delivery.receipt import Receipt, RuleMessage, Status

from .conftest import Ticks

ONE = Subject("colibri", "invoice", "SETP1", "900999111")


def receipt(status: Status) -> Receipt:
    """Make a receipt with all that a journal keeps."""
    messages = (RuleMessage("FAU04", Severity.REJECT, "ñandú"), RuleMessage("", None, "x"))
    return Receipt(status, "provider", "key", "track", messages, "code", "buyer", reason="r", raw="{}")


@pytest.mark.parametrize("state", list(State))
def test_what_may_leave(journal: Journal, state: State) -> None:
    """Only what is new, rejected or surely unsent may leave."""
    journal.begin(ONE, "digest")
    if state is not State.SENDING:
        journal.record(ONE, state, receipt(Status.UNKNOWN))
    if state in {State.REJECTED, State.UNSENT}:
        journal.begin(ONE, "other")
        assert [event.digest for event in journal.history("SETP1")] == ["digest", "digest", "other"]
        return
    before = journal.history("SETP1")
    with pytest.raises(AlreadySentError) as refused:
        journal.begin(ONE, "other")
    assert refused.value.entry.state is state
    assert journal.history("SETP1") == before


def test_what_comes_back(journal: Journal, ticks: Ticks) -> None:
    """A receipt comes back as it was noted, but for the bytes of its artefacts."""
    journal.begin(ONE, "digest", "stated")
    ticks.sleep(5)
    noted = receipt(Status.REJECTED)
    journal.record(ONE, State.REJECTED, noted._replace(artefacts={"pdf": b"%PDF"}))
    entry = journal.find(ONE)
    assert entry is not None
    assert entry.receipt is not None
    assert entry.receipt == noted._replace(artefacts={})
    assert (entry.changed - entry.sent, entry.reference.track_id) == (5, "track")


def test_a_known_key_stays(journal: Journal) -> None:
    """An outcome without key and track id does not take them away."""
    journal.begin(ONE, "digest", "stated")
    journal.record(ONE, State.PENDING, Receipt(Status.PENDING, track_id="zip"))
    journal.record(ONE, State.UNKNOWN, Receipt(Status.UNKNOWN))
    entry = journal.find(ONE)
    assert entry is not None
    assert entry.reference[2:] == ("stated", "zip")


def test_unresolved(journal: Journal, ticks: Ticks) -> None:
    """What is being sent, unknown or pending is unresolved, the oldest first."""
    for number, state in enumerate(State):
        subject = ONE._replace(document_id=f"SETP{number}")
        journal.begin(subject, "digest")
        ticks.sleep(1)
        if state is not State.SENDING:
            journal.record(subject, state, receipt(Status.UNKNOWN))
    assert [entry.state for entry in journal.unresolved()] == [State.SENDING, State.UNKNOWN, State.PENDING]


@pytest.mark.parametrize("field", Subject._fields)
def test_idempotency_key(field: str) -> None:
    """Each part makes another key; where one part ends and the next begins counts."""
    assert ONE._replace(**{field: "other"}).idempotency_key != ONE.idempotency_key
    moved = ONE._replace(kind="invoiceS", document_id="ETP1")
    assert moved.idempotency_key != ONE.idempotency_key
    assert len(ONE.idempotency_key) == 64


def test_number_is_needed() -> None:
    """A document without a number is refused."""
    with pytest.raises(CuadreError):
        subject_of(Document(kind=DocumentKind.INVOICE), "colibri")


def test_an_outcome_needs_a_note(journal: Journal) -> None:
    """Nothing is recorded of what was never noted."""
    with pytest.raises(JournalError):
        journal.record(ONE, State.ACCEPTED, receipt(Status.ACCEPTED))


def test_only_its_owner(journal: Journal) -> None:
    """The file holds the data of others, so only its owner can read it."""
    assert stat.S_IMODE(journal.file.stat().st_mode) == 0o600


def test_schema_version(journal: Journal, tmp_path: Path) -> None:
    """A journal of a later version, another program's database and no database are told apart and left."""
    with sqlite3.connect(journal.file) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(JournalError) as later:
        Journal(journal.file)
    assert later.value.detail["version"] == 2
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(JournalError):
        Journal(tmp_path / "other")
    (tmp_path / "text").write_text("no database, but long enough to be looked at" * 20)
    with pytest.raises(JournalError):
        Journal(tmp_path / "text")


def test_opened_again(journal: Journal) -> None:
    """A journal that is opened again knows all, and keeps everything in the one file between uses."""
    journal.begin(ONE, "digest")
    assert Journal(journal.file).find(ONE) == journal.find(ONE)
    assert [file.name for file in journal.file.parent.iterdir()] == [journal.file.name]


KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE documents SET state = 'accepted'")
for n in range(3000):
    connection.execute("INSERT INTO events (idempotency_key, at, state, digest) SELECT "
                       "idempotency_key, 0, 'accepted', hex(randomblob(200)) FROM documents")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_half_written(journal: Journal) -> None:
    """A process that is killed in the middle of a transaction leaves what was committed before it."""
    journal.begin(ONE, "digest")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(journal.file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert journal.file.with_name(journal.file.name + "-journal").stat().st_size > 0
    assert [event.state for event in journal.history("SETP1")] == [State.SENDING]
    entry = journal.find(ONE)
    assert entry is not None
    assert entry.state is State.SENDING


def test_lock_of_a_process(journal: Journal) -> None:
    """What another process holds is busy, until that process dies, however it dies."""
    script = (
        "import sys; from pathlib import Path; from cuadre.senders.delivery.locking import locked\n"
        "with locked(Path(sys.argv[1]), sys.argv[2]):\n    print('held', flush=True); sys.stdin.read()"
    )
    folder = journal.file.with_name(journal.file.name + ".locks")
    command = [sys.executable, "-c", script, str(folder), ONE.idempotency_key]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(BusyError), journal.holding(ONE):
            pass
        with journal.holding(ONE._replace(document_id="SETP2")):
            pass
        other.kill()
    with journal.holding(ONE):
        pass
    assert list(folder.iterdir()) == []


def test_lock_of_a_thread(tmp_path: Path) -> None:
    """The lock holds between threads too, and many at once never hold it together."""
    held, most, taken = 0, 0, 0
    guard = threading.Lock()

    def work() -> None:
        nonlocal held, most, taken
        for _ in range(100):
            try:
                with locked(tmp_path / "locks", "one"):
                    with guard:
                        held, taken = held + 1, taken + 1
                        most = max(most, held)
                    os.sched_yield()
                    with guard:
                        held -= 1
            except BusyError:
                continue

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, held) == (1, 0)
    assert taken > 0


def test_two_writers(journal: Journal) -> None:
    """Of many threads that note the same document at once, one may send it."""
    results: list[str] = []

    def work() -> None:
        try:
            Journal(journal.file).begin(ONE, "digest")
            results.append("may")
        except AlreadySentError:
            results.append("must not")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["may"] + ["must not"] * 7
