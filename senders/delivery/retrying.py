"""When a request is repeated, after how long, and when it is given up.

A *question* (a query, a token) is repeated after any failure, and where the server is busy. What *sends
a document* is repeated only after a failure in which surely no byte left. After all else, 429 and 503
included, since a gateway may say them when it has passed the request on, the document is unresolved: it is
asked about before it leaves again (sending.py).
"""

import random
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from cuadre.senders.contract import Response
from cuadre.senders.delivery.transport import MayHaveArrivedError, NeverArrivedError

TOO_MANY = 429
_BUSY = {TOO_MANY, 502, 503, 504}


class Clock(NamedTuple):
    """Time and chance; tests give their own."""

    now: Callable[[], float] = time.time
    """Seconds since 1970, UTC."""
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    random: Callable[[], float] = random.random


class Pace(NamedTuple):
    """How patient a send is. All are seconds, but ``attempts`` and ``sends``."""

    attempts: int = 5
    """How often a request is tried in a row."""
    sends: int = 3
    """How often a document leaves in one call, where the provider surely does not have it."""
    base: float = 0.5
    cap: float = 20.0
    deadline: float = 120.0
    """For the whole of a send: attempts, queries, waiting."""
    settle: float = 60.0
    """How long after an unresolved send ``not found`` is not believed: it may still be on its way."""
    clock: Clock = Clock()

    def backoff(self, number: int) -> float:
        """Return how long to wait after failure ``number`` (from 0): full jitter, 0 to base·2ⁿ."""
        return self.clock.random() * min(self.cap, self.base * 2.0 ** min(number, 30))

    def ends(self) -> float:
        """Return the monotonic time at which a call that begins now must be over."""
        return self.clock.monotonic() + self.deadline


def repeat(call: Callable[[], Response], pace: Pace, ends: float, *, question: bool) -> Response:
    """Call until there is an answer that need not be repeated; else give the last answer or error.

    ``ends`` is a monotonic time: what would wait beyond it is not waited for.
    """
    for number in range(pace.attempts):
        last = number == pace.attempts - 1
        wait = pace.backoff(number)
        try:
            response = call()
        except (NeverArrivedError, MayHaveArrivedError) as error:
            may = question or isinstance(error, NeverArrivedError)
            if last or not may or not _in_time(wait, pace, ends):
                raise
        else:
            may = question and response.status in _BUSY
            wait = max(wait, retry_after(response, pace.clock.now()) or 0.0)
            if last or not may or not _in_time(wait, pace, ends):
                return response
        pace.clock.sleep(wait)
    sentence = "a pace has at least one attempt"
    raise ValueError(sentence)


def _in_time(wait: float, pace: Pace, ends: float) -> bool:
    return pace.clock.monotonic() + wait < ends


def retry_after(response: Response, now: float) -> float | None:
    """Read Retry-After, seconds or a date, as seconds from ``now``; None where there is none to read."""
    text = next((v for k, v in response.headers.items() if k.lower() == "retry-after"), "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, date.timestamp() - now)
