"""A process that is killed at any moment of a batch: nothing is accepted twice and nothing is lost."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import NamedTuple

import pytest

from cuadre.senders.delivery.journal_entry import DONE
from cuadre.senders.delivery.receipt import Status

from .batch import Batch, deliver
from .faults import opened, wait_until_idle
from .office import Office
from .ways import BATCHES

_POINTS = 11
_LONGEST = 0.012


class Killer:
    """Kills a process, some moment after the ``count``-th point that an office passes with it."""

    def __init__(self, count: int, delay: float) -> None:
        self._left = count
        self._delay = delay
        self._lock = threading.Lock()
        self._known = threading.Event()
        self._pid = 0

    def watch(self, pid: int) -> None:
        """Say which process it is."""
        self._pid = pid
        self._known.set()
        if self._left == 0:
            self.kill()

    def __call__(self, _point: str, _number: str) -> None:
        """Count a point."""
        with self._lock:
            self._left -= 1
            now = self._left == 0
        if now:
            threading.Thread(target=self.kill).start()

    def kill(self) -> None:
        """Wait for the moment, and kill."""
        self._known.wait(10)
        time.sleep(self._delay)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)


def context() -> ForkServerContext:
    """Return processes that start from one that has loaded everything."""
    made = get_context("forkserver")
    made.set_forkserver_preload([deliver.__module__, "httpx2", "httpcore2", "http.server"])
    return made


@pytest.fixture(autouse=True)
def findable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process that loads everything find what pytest found; Python 3.11 does not tell it."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def run_and_kill(office: Office, arguments: tuple[str, str, str, list[str]], killer: Killer) -> int:
    """Run a batch in a process, kill it, and return how it ended."""
    office.at = killer
    process = context().Process(target=deliver, args=arguments)
    process.start()
    killer.watch(process.pid or 0)
    process.join(30)
    ended = process.exitcode
    process.close()
    office.at = lambda _point, _number: None
    return -999 if ended is None else ended


class Round(NamedTuple):
    """What is left when a process was killed, and the office had ended what it did, or had not."""

    batch: Batch
    office: Office
    numbers: list[str]
    calm: bool

    @property
    def unresolved(self) -> bool:
        """Whether a document of it is unresolved."""
        return any(entry.subject.document_id in self.numbers for entry in self.batch.journal.unresolved())


def rounds(name: str, folder: Path, kills: int) -> Iterator[Round]:
    """Kill a process, resumed by nobody yet, so many times; in every other round the office is idle then."""
    chance = random.Random(20261121)  # noqa: S311 - the same moments in each run
    killed, file = 0, str(folder / "journal.sqlite")
    with opened(BATCHES[name].office()) as office:
        batch = Batch(name, office.url, file)
        for number in range(4 * kills):
            numbers = [f"R{3 * number + index}" for index in range(1, 4)]
            killer = Killer(chance.randrange(_POINTS), chance.random() * _LONGEST)
            ended = run_and_kill(office, (name, office.url, file, numbers), killer)
            killed += ended == -signal.SIGKILL
            calm = number % 2 == 0
            if calm:
                wait_until_idle(office)
            yield Round(batch, office, numbers, calm)
            if killed == kills:
                return
    pytest.fail(f"only {killed} were killed")


@pytest.mark.parametrize(("name", "kills"), [("colibri", 200), ("apidian", 40), ("apidian test set", 40)])
def test_killed_anywhere(name: str, kills: int, quick_folder: Path) -> None:
    """Killed at random and resumed, each document is accepted once, under its own number.

    Where the office had ended what it was doing, a document that was accepted is never even sent again.
    Else a request may still be under way, and rule 90 is what keeps it from being accepted twice.
    """
    unresolved = 0
    for left in rounds(name, quick_folder, kills):
        batch, office, numbers, calm = left
        unresolved += left.unresolved
        batch.resume()
        assert [batch.send(one).status for one in numbers] == [Status.ACCEPTED] * 3
        assert not calm or not set(numbers).intersection(office.duplicates)
        assert set(numbers) <= set(office.booked)
        assert [office.posts[one] - office.duplicates[one] for one in numbers] == [1] * 3
        assert [e for one in numbers for e in batch.journal.named(one) if e.state not in DONE] == []
        assert batch.journal.unresolved() == ()
    # The test is worth something only where many of them died in the middle of a send.
    assert unresolved > kills // 10


def test_killed_where_nobody_can_ask(quick_folder: Path) -> None:
    """e-Misión cannot be asked: what was on its way stays unresolved, and is not sent a second time."""
    kills, unresolved = 40, 0
    for batch, office, numbers, _ in rounds("emision", quick_folder, kills):
        batch.resume()
        statuses = {one: batch.send(one).status for one in numbers}
        wait_until_idle(office)
        assert set(statuses.values()) <= {Status.ACCEPTED, Status.UNKNOWN}
        assert [one for one in numbers if office.posts[one] > 1] == []
        assert [one for one in numbers if statuses[one] is Status.ACCEPTED and one not in office.booked] == []
        unresolved_numbers = {entry.subject.document_id for entry in batch.journal.unresolved()}
        assert {one for one in numbers if statuses[one] is Status.UNKNOWN} == unresolved_numbers.intersection(
            numbers
        )
        unresolved += len(unresolved_numbers.intersection(numbers))
    assert unresolved > kills // 10
