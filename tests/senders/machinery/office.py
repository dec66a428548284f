"""An office, the server's side of a provider: it books documents, and remembers who asked for what."""

import json
import threading
from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

Point = Callable[[str, str], None]
NOTICE = "Regla: FAD09c, Notificación: la fecha no es la del envío"
REJECTION = "Regla: FAU04, Rechazo: la base no es la suma de las líneas"
ADVICE = "Regla: FAQ07, Notificacion: el descuento supera su base"
REPEATED = "Regla: 90, Rechazo: Documento procesado anteriormente."


class Call(NamedTuple):
    """A request as it arrived; the names of its headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


class Answer(NamedTuple):
    """What an office answers."""

    status: int
    body: bytes
    content_type: str = "application/json"


class Booking(NamedTuple):
    """A document that an office has."""

    number: str
    key: str
    outcome: str = "accepted"
    """What the authority says of it: accepted, observed, rejected or waiting."""
    track_id: str = ""


def as_json(status: int, said: object) -> Answer:
    """Answer with JSON."""
    return Answer(status, json.dumps(said, ensure_ascii=False).encode())


def _nowhere(point: str, name: str) -> None:
    """Do nothing at a point of an exchange."""


class Office(ABC):
    """What the server knows, and what it will do next; a provider's own says in which words.

    ``script`` holds what happens to the next documents, ``queries`` to the next questions: a fault
    (faults.py), or what comes of them. Where they are empty, a new document is accepted, a number that is
    taken gets rule 90, and a question is answered with what is booked.
    """

    kept: ClassVar[frozenset[str]] = frozenset()
    """What may come of a document, besides the usual, that leaves it booked."""
    half: ClassVar[tuple[str, bytes]] = ("observed", b"fecha")
    """An outcome whose answer has a text, and the word of it that half of a surrogate pair replaces."""

    def __init__(self) -> None:
        self.repeats = "taken"
        self.url = ""
        self.script: deque[str] = deque()
        self.queries: deque[str] = deque()
        self.booked: dict[str, Booking] = {}
        self.posts: Counter[str] = Counter()
        self.duplicates: Counter[str] = Counter()
        self.asked: list[str] = []
        self.calls: list[Call] = []
        self.at: Point = _nowhere
        self.stopping = threading.Event()
        self._lock = threading.Lock()

    @abstractmethod
    def asks(self, call: Call) -> bool:
        """Tell a question from a document."""

    @abstractmethod
    def turned_away(self, call: Call) -> Answer | None:
        """Answer a call to a wrong address or with wrong secrets."""

    @abstractmethod
    def named(self, call: Call) -> tuple[str, str]:
        """Tell number and key of the document that a call brings."""

    @abstractmethod
    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer a document with what came of it: ``taken`` where another has its number."""

    @abstractmethod
    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer a question: ``missing`` where there is no such document."""

    @abstractmethod
    def refusal(self, status: int, call: Call) -> Answer:
        """Answer with an error of HTTP; where it is a failure, with all that is known of the call."""

    def name_asked(self, call: Call) -> str:
        """Tell what a question asks for."""
        return call.path.rpartition("/")[2]

    def garbled(self, answer: Answer) -> Answer:
        """Spoil an answer, as what stands behind this server would."""
        return answer._replace(body=answer.body[: len(answer.body) // 2])

    def script_for(self, call: Call) -> deque[str]:
        """Tell what decides what happens to a call."""
        return self.queries if self.asks(call) else self.script

    @property
    def received(self) -> list[Call]:
        """The documents that arrived whole, acted upon or not."""
        return [call for call in self.calls if self.script_for(call) is self.script]

    def answer(self, call: Call, outcome: str) -> Answer:
        """Act upon a call that arrived whole: ``outcome`` is what comes of it, where that is told."""
        refused = self.turned_away(call)
        if refused is not None:
            return refused
        if self.asks(call):
            booking = self.look(self.name_asked(call))
            return self.report(call, outcome or booking.outcome, booking)
        outcome = outcome or "accepted"
        return self.reply(call, *self.book(*self.named(call), outcome, keep=self.keeps(call, outcome)))

    def keeps(self, call: Call, outcome: str) -> bool:
        """Tell whether a document stays, after what came of it."""
        del call
        return outcome in _BOOKED | self.kept

    def book(
        self, number: str, key: str, outcome: str = "accepted", *, keep: bool = True
    ) -> tuple[str, Booking]:
        """Take a document in, or say that its number is taken, and by whom; a rejected one gives it free."""
        with self._lock:
            self.posts[number] += 1
            if number in self.booked and self.booked[number].outcome not in _REJECTED:
                self.duplicates[number] += 1
                return self.repeats, self.booked[number]
            booking = Booking(number, key, outcome, self.track_id(number))
            if keep:
                self.booked[number] = booking
            return outcome, booking

    def track_id(self, number: str) -> str:
        """Tell what a document is asked about with, besides its key."""
        return f"track-{number}"

    def look(self, name: str) -> Booking:
        """Find a document by number, key or track id."""
        with self._lock:
            self.asked.append(name)
            found = [one for one in self.booked.values() if name in {one.number, one.key, one.track_id}]
        return found[0] if found else Booking(name, name, "missing")

    def turn(self, number: str, outcome: str) -> None:
        """Let the authority say something else of a document."""
        self.booked[number] = self.booked[number]._replace(outcome=outcome)


_REJECTED = {"rejected", "one error"}
_BOOKED = {"accepted", "observed", "waiting"}
