"""What is repeated, after how long, and what never is."""

import pytest

from cuadre.senders.contract import Response
from cuadre.senders.delivery.retrying import Pace, repeat, retry_after
from cuadre.senders.delivery.transport import MayHaveArrivedError, NeverArrivedError

from .conftest import Ticks

NEVER = NeverArrivedError("refused")
CUT = MayHaveArrivedError("cut")


def answer(status: int, retry_after: str | None = None) -> Response:
    """Make an answer."""
    return Response(status, {} if retry_after is None else {"Retry-After": retry_after}, b"")


class Calls:
    """Gives what it is told to, one thing a call."""

    def __init__(self, *results: Response | Exception) -> None:
        self.results = list(results)

    def __call__(self) -> Response:
        """Give the next."""
        result = self.results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


OK = answer(200)


@pytest.mark.parametrize(
    ("first", "question", "repeated"),
    [
        (NEVER, False, True),
        (NEVER, True, True),
        (CUT, False, False),
        (CUT, True, True),
        (answer(429), False, False),
        (answer(429), True, True),
        (answer(503, "1"), False, False),
        (answer(503, "1"), True, True),
        (answer(502), True, True),
        (answer(502), False, False),
        (answer(500), True, False),
        (answer(404), True, False),
        (answer(401), False, False),
    ],
)
def test_what_is_repeated(ticks: Ticks, first: Response | Exception, question: bool, repeated: bool) -> None:  # noqa: FBT001 - cases
    """A document leaves again only where no byte of it left; a question is asked again."""
    calls = Calls(first, OK)
    pace = Pace(clock=ticks.clock())
    if isinstance(first, Exception) and not repeated:
        with pytest.raises(type(first)):
            repeat(calls, pace, pace.ends(), question=question)
    else:
        assert repeat(calls, pace, pace.ends(), question=question) == (OK if repeated else first)
    assert calls.results == ([] if repeated else [OK])


def test_backoff(ticks: Ticks) -> None:
    """The wait doubles up to the cap, and chance takes a part of it."""
    pace = Pace(attempts=7, base=1.0, cap=8.0, clock=ticks.clock())
    repeat(Calls(*[NEVER] * 6, OK), pace, pace.ends(), question=False)
    assert ticks.slept == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0]


def test_attempts_end(ticks: Ticks) -> None:
    """After the last attempt the error comes out."""
    calls = Calls(*[NEVER] * 3, OK)
    pace = Pace(attempts=3, clock=ticks.clock())
    with pytest.raises(NeverArrivedError):
        repeat(calls, pace, pace.ends(), question=True)
    assert calls.results == [OK]


def test_retry_after_beyond_the_deadline(ticks: Ticks) -> None:
    """A server that asks for more time than there is has its answer given back at once."""
    pace = Pace(deadline=60, clock=ticks.clock())
    busy = answer(429, "3600")
    assert repeat(Calls(busy, OK), pace, pace.ends(), question=True) == busy
    assert ticks.slept == []


def test_retry_after_is_waited_for(ticks: Ticks) -> None:
    """What the server asks for is waited for where it is longer than the backoff."""
    pace = Pace(base=8.0, clock=ticks.clock())
    repeat(Calls(answer(429, "30"), answer(429, "1"), OK), pace, pace.ends(), question=True)
    assert ticks.slept == [30.0, 8.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Sat, 21 Nov 2026 10:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 10:00:30 -0000", 30.0),
        ("Saturday, 21-Nov-26 10:01:00 GMT", 60.0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
        (None, None),
    ],
)
def test_retry_after(text: str | None, seconds: float | None) -> None:
    """Seconds and dates are read; a date that is over is now, and nonsense is nothing."""
    now = 1_795_255_200.0
    assert retry_after(answer(429, text), now) == seconds
