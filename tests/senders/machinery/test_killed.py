"""A process that is killed at any moment of a batch: nothing is accepted twice and nothing is lost."""

import os
import random
import signal
import threading
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

from cuadre.senders.entry import DONE, IN_DOUBT
from cuadre.senders.receipt import Status

from .batch import Batch, deliver
from .faults import wait_until_idle
from .office import Office

KILLS = 200
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
    made.set_forkserver_preload(["cuadre.senders.sending", "httpx2", "httpcore2", "http.server"])
    return made


def run_and_kill(office: Office, file: Path, numbers: list[str], killer: Killer) -> int:
    """Run a batch in a process, kill it, and return how it ended."""
    office.at = killer
    process = context().Process(target=deliver, args=(office.url, str(file), numbers))
    process.start()
    killer.watch(process.pid or 0)
    process.join(30)
    ended = process.exitcode
    process.close()
    office.at = lambda _point, _number: None
    return -999 if ended is None else ended


def test_killed_anywhere(office: Office, quick_folder: Path) -> None:
    """Killed 200 times and resumed, each document is accepted once, under its own number.

    In every other round the office ends what it was doing before anybody asks: then a document that
    was accepted is never even sent again. In the others a request may still be under way, and the
    authority's rule 90 is what keeps it from being accepted twice.
    """
    chance = random.Random(20261121)  # noqa: S311 - the same moments in each run
    file = quick_folder / "journal.sqlite"
    batch = Batch(office.url, str(file))
    in_doubt, killed, everyone = 0, 0, []
    for number in range(4 * KILLS):
        if killed == KILLS:
            break
        numbers = [f"R{number}-{index}" for index in range(3)]
        everyone += numbers
        killer = Killer(chance.randrange(_POINTS), chance.random() * _LONGEST)
        killed += run_and_kill(office, file, numbers, killer) == -signal.SIGKILL
        calm = number % 2 == 0
        if calm:
            wait_until_idle(office)
        in_doubt += any(entry.state in IN_DOUBT for entry in batch.journal.in_doubt())
        batch.resume()
        assert [batch.send(one).status for one in numbers] == [Status.ACCEPTED] * 3
        assert not calm or not set(numbers).intersection(office.duplicates)
    assert set(office.booked) == set(everyone)
    assert [one for one in everyone if office.posts[one] - office.duplicates[one] != 1] == []
    assert [e for one in everyone for e in batch.journal.named(one) if e.state not in DONE] == []
    assert batch.journal.in_doubt() == ()
    assert killed == KILLS
    # The test is worth something only where many of them died in the middle of a send.
    assert in_doubt > KILLS // 10
