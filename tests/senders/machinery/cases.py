"""What can befall a send, as an office is told it; the same for all providers."""

from cuadre.senders.contract import Request, Response
from cuadre.senders.delivery.credentials import Credentials
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.transport import HttpTransport, Timeouts, Transport

from .conftest import Desk
from .ways import Way

CASES = (
    *("accepted", "observed", "rejected", "one error", "invalid", "waiting"),
    *("401", "403", "404", "429", "429 always", "500", "503", "307", "500 after", "malformed", "not http"),
    *("short", "cut before", "cut during", "cut after", "silent", "drip", "repeat", "number taken"),
    *("401 after", "429 after", "echo", "echo not found", "half a surrogate", "huge"),
)
"""Those that every provider either has, or is excused from; some have more of their own."""
_WAITS = {"silent": Timeouts(5.0, 0.05, 5.0), "drip": Timeouts(5.0, 5.0, 0.15)}
_SCRIPTS = {"429 always": ["429"] * 3}
_REPEATS = {
    "repeat": "taken",
    "number taken": "taken",
    "repeat to the server": "sent before",
    "repeat without key": "taken unnamed",
}
OTHER_KEY = "key-of-another"


def told(desk: Desk, way: Way, case: str) -> Desk:
    """Tell an office what is to happen; where that is silence, a desk comes back that is soon tired of it."""
    office, document = desk.office, way.letter
    if case in _REPEATS:
        number = document.id or ""
        office.book(number, OTHER_KEY if case == "number taken" else document.uuid or f"cude-{number}")
        office.repeats = _REPEATS[case]
        return desk
    office.script.extend(_SCRIPTS.get(case, [case]))
    office.queries.extend(["missing"] * 200 if case == "echo not found" else [])
    return impatient(desk, case)


def impatient(desk: Desk, case: str) -> Desk:
    """Shorten what the next exchange waits for, where its answer never ends."""
    return desk._replace(transport=HastyOnce(desk.transport, _WAITS[case])) if case in _WAITS else desk


class HastyOnce:
    """A transport that waits shortly for its first answer, and as long as another does for the rest."""

    def __init__(self, patient: Transport, times: Timeouts) -> None:
        self._next: Transport = HttpTransport(times, trust_env=False)
        self._patient = patient

    def exchange(self, request: Request, credentials: Credentials) -> Response:
        """Carry one request."""
        transport, self._next = self._next, self._patient
        return transport.exchange(request, credentials)


def rules_said(receipt: Receipt) -> str:
    """Write a receipt's messages as the tables do: ``FAU04:reject``, and ``?`` for a text that is no rule."""
    messages = receipt.messages
    return " ".join([f"{m.code}:{m.severity.value}" if m.code and m.severity else "?" for m in messages])


def authority_says(desk: Desk, outcome: str) -> None:
    """Let what the authority has not judged be judged."""
    for number, booking in desk.office.booked.items():
        if booking.outcome == "waiting":
            desk.office.turn(number, outcome)
