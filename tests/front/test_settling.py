"""``cuadre status --settle``: said, noted and refused, without network, secrets or the extra send."""

import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import State, Subject
from cuadre.senders.delivery.receipt import Receipt, Status

from .running import Run, run

NUMBER = "SPD1003"
ONE = Subject("emision", "equivalent_document", NUMBER, "900999111")
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what sends, and every address and secret."""
    monkeypatch.setitem(sys.modules, "httpx2", None)
    for name in ("EMISION_URL", "EMISION_TOKEN", "APIDIAN_URL", "APIDIAN_TOKEN", "JOURNAL"):
        monkeypatch.delenv(f"CUADRE_{name}", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a journal with one document that left two minutes ago, and was never heard of."""
    file = tmp_path / "journal.sqlite"
    journal = Journal(file, lambda: time.time() - 120)
    journal.begin(ONE, "digest")
    journal.record(ONE, State.UNKNOWN, Receipt(Status.UNKNOWN, "transport", reason="cut"))
    return file


def settle(capsys: pytest.CaptureFixture[str], file: Path, state: str, *options: str) -> Run:
    """Run the command."""
    given = ("--via", "emision", "--journal", str(file), "--settle", state)
    return run(capsys, "status", NUMBER, *given, *options)


@pytest.mark.parametrize(("state", "code"), [("accepted", 0), ("rejected", 1), ("unsent", 0)])
def test_text(file: Path, state: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """What is noted is printed, with who said so; the exit code is that of an outcome, and unsent is 0."""
    ran = settle(capsys, file, state, "--reason", "Rosa looked")
    reason = f"settled by a person as {state}, {_TIME}: Rosa looked"
    assert re.fullmatch(rf"{NUMBER}: {state}\n  said by: person\n  reason: {reason}\n", ran.out)
    assert (ran.code, ran.err) == (code, "")
    assert [event.state for event in Journal(file).history(NUMBER)] == ["sending", "unknown", state]


@pytest.mark.parametrize(("state", "status"), [("accepted", "accepted"), ("unsent", "unknown")])
def test_json(file: Path, state: str, status: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, it is one object: the receipt, and where the document stands in the journal."""
    said = json.loads(settle(capsys, file, state, "--format", "json").out)
    assert (said["document_id"], said["state"], said["status"]) == (NUMBER, state, status)
    assert (said["stage"], said["key"], said["not_found"]) == ("person", None, False)


def test_key(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The key that the person states is noted."""
    assert "\n  key: cude-1\n" in settle(capsys, file, "accepted", "--key", "cude-1").out
    entry = Journal(file).find(ONE)
    assert entry is not None
    assert (entry.state, entry.key) == (State.ACCEPTED, "cude-1")


def test_twice(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is settled is resolved, and its state is told."""
    settle(capsys, file, "accepted")
    again = settle(capsys, file, "rejected", "--force")
    assert (again.code, again.out) == (2, "")
    assert re.match(rf"cuadre: {NUMBER} is accepted since {_TIME}", again.err)


def test_busy(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What another process is busy with is refused."""
    with Journal(file).holding(ONE):
        ran = settle(capsys, file, "unsent")
    assert (ran.code, ran.err) == (2, "cuadre: another process is busy with this document\n")


def test_askable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document that apidian can be asked about is settled by force only; its key is known here."""
    file, subject = tmp_path / "journal", ONE._replace(provider="apidian")
    Journal(file, lambda: time.time() - 120).begin(subject, "digest", "cude-1")
    options = ("status", NUMBER, "--via", "apidian", "--journal", str(file), "--settle", "unsent")
    ran = run(capsys, *options)
    assert (ran.code, ran.out) == (2, "")
    assert "apidian can be asked" in ran.err
    assert "--force" in ran.err
    assert run(capsys, *options, "--force").code == 0


def test_unknown_number(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number that the journal does not know is told, with those that are near."""
    ran = run(capsys, "status", "SPD1030", "--via", "emision", "--journal", str(file), "--settle", "unsent")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"did you mean {NUMBER}?\n")


def test_several(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where two companies have the number, the person says whose document it is."""
    Journal(file).begin(ONE._replace(supplier="800888222"), "digest")
    ran = settle(capsys, file, "accepted")
    assert ran.code == 2
    assert "'900999111'" in ran.err
    assert settle(capsys, file, "accepted", "--supplier", "900999111").code == 0
    assert [entry.subject.supplier for entry in Journal(file).unresolved()] == ["800888222"]


def test_no_journal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A journal that is not there is told, and not made."""
    ran = settle(capsys, tmp_path / "jurnal", "accepted")
    assert (ran.code, "there is no such journal" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        (NUMBER, "--reason", "because"),
        (NUMBER, "--force"),
        (NUMBER, "--supplier", "1"),
        ("--settle", "accepted", "--key", "cude-1"),
        (NUMBER, "--settle", "accepted", "--track-id", "t1"),
        (NUMBER, "--settle", "pending"),
        (NUMBER, "--settle", "unsent", "--key", "cude-1"),
        (NUMBER, "--settle", "unsent", "--set", "no=such"),
    ],
)
def test_wrong_options(file: Path, options: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What does not go together is said, and nothing is settled."""
    ran = run(capsys, "status", *options, "--via", "emision", "--journal", str(file))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert len(Journal(file).unresolved()) == 1
