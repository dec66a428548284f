"""Send a document once, whatever fails on the way; and find out later what came of those unresolved.

A document leaves only while the journal says that the provider surely does not have it. After anything
else it is asked about first, and no document ever takes another number. docs/senders.md has the table of
what each answer proves.
"""

import hashlib
from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import Provider, Request, Response, Settings
from cuadre.senders.delivery.channel import UNAUTHORISED, Channel, no_answer
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import DONE, UNRESOLVED, Entry, State, Subject, subject_of
from cuadre.senders.delivery.locking import BusyError
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.delivery.resolution import NO_ANSWER, Unresolved
from cuadre.senders.delivery.retrying import Pace, retry_after
from cuadre.senders.delivery.transport import MayHaveArrivedError, NeverArrivedError, Transport


def send(
    document: Document,
    provider: Provider,
    settings: Settings,
    credentials: Credentials,
    journal: Journal,
    transport: Transport,
    pace: Pace = Pace(),  # noqa: B008 - immutable
) -> Receipt:
    """Send a document and return what came of it; ``unknown`` and ``pending`` are asked about by ``resume``.

    One that left before and is unresolved is asked about first. One that is accepted with the same payload
    has its receipt returned; with another, AlreadySentError is raised. Raises BusyError where another
    process is sending it, and CuadreError where it cannot even leave: nothing was sent then.
    """
    if not provider.sends:
        sentence = f"{provider.name} can only be asked; it sends nothing"
        raise CuadreError(sentence, sender=provider.name)
    name = credentials.named_in(_text_of(document))
    if name is not None:
        sentence = f"the document holds ${{{name}}}, where a secret would be written; nothing was sent"
        raise CredentialsError(sentence, missing=(), placeholder=name)
    channel = Channel(provider, settings, credentials, transport, pace, pace.ends())
    request = provider.send_request(document, settings)
    job = _Job(channel, journal, subject_of(document, provider.name), request, document.uuid)
    channel.prepare(request)
    with journal.holding(job.subject):
        return job.run()


def _text_of(document: Document) -> str:
    try:
        return document.model_dump_json()
    except ValueError as error:
        sentence = f"the document has text that cannot be sent: {error}"
        raise CuadreError(sentence) from None


class Resumed(NamedTuple):
    """A document that was unresolved: as it was, what is said of it now, and its state now."""

    entry: Entry
    receipt: Receipt
    state: State
    """``unsent`` where the provider surely does not have it: send it again, with the same number."""


def resume(
    journal: Journal,
    provider: Provider,
    settings: Settings,
    credentials: Credentials,
    transport: Transport,
    pace: Pace = Pace(),  # noqa: B008 - immutable
) -> tuple[Resumed, ...]:
    """Ask, once each, about every unresolved document of a provider; send nothing.

    A document that another process is busy with is left to it.
    """
    found = []
    for entry in journal.unresolved():
        if entry.subject.provider == provider.name:
            channel = Channel(provider, settings, credentials, transport, pace, pace.ends())
            try:
                found.append(resume_one(journal, entry.subject, channel))
            except BusyError:
                continue
    return tuple([resumed for resumed in found if resumed is not None])


def resume_one(journal: Journal, subject: Subject, channel: Channel) -> Resumed | None:
    """Ask about one document; None where it is resolved already."""
    with journal.holding(subject):
        entry = journal.find(subject)
        if entry is None or entry.state not in UNRESOLVED:
            return None
        receipt, state, _ = Unresolved(channel, entry, entry.receipt or NO_ANSWER).ask()
        journal.record(subject, state, receipt)
        return Resumed(entry, receipt, state)


class _Sent(NamedTuple):
    """What came of one send."""

    receipt: Receipt
    state: State
    again: bool = False
    """Whether the document may leave again now: the provider surely does not have it."""


class _Job(NamedTuple):
    """One document on its way, while its lock is held."""

    channel: Channel
    journal: Journal
    subject: Subject
    request: Request
    stated_key: str | None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.request.body).hexdigest()

    def run(self) -> Receipt:
        """Do what the journal allows: ask, send, or return what is known."""
        entry = self.journal.find(self.subject)
        if entry is not None and entry.state in UNRESOLVED:
            receipt, state = self._resolve(entry.receipt or NO_ANSWER, entry)
            if state in UNRESOLVED or (state is not State.UNSENT and entry.digest == self.digest):
                return receipt
        elif entry is not None and entry.state in DONE and entry.digest == self.digest and entry.receipt:
            return entry.receipt
        return self._deliver()

    def _deliver(self) -> Receipt:
        """Let it leave; again, where the provider surely does not have it, while there is time."""
        refused_with: set[int] = set()
        for number in range(self.channel.pace.sends):
            sent = self._once(number, refused_with)
            if not sent.again:
                break
        return sent.receipt

    def _once(self, number: int, refused_with: set[int]) -> _Sent:
        self.journal.begin(self.subject, self.digest, self.stated_key)
        receipt, state, response = self._leave()
        self.journal.record(self.subject, state, receipt)
        if response is not None and _is_refused(receipt, response, self.channel):
            renewed = UNAUTHORISED in refused_with
            refused_with.add(response.status)
            if response.status == UNAUTHORISED and renewed:
                return _Sent(receipt, state)
            return self._after_refusal(receipt, state, response, number)
        if state not in UNRESOLVED and not receipt.duplicate:
            return _Sent(receipt, state)
        receipt, state = self._resolve(receipt)
        missing = receipt.not_found and state is State.UNSENT
        return _Sent(receipt, state, again=missing and self._wait(self.channel.pace.backoff(number)))

    def _leave(self) -> tuple[Receipt, State, Response | None]:
        redact = self.channel.credentials.redact
        try:
            response = self.channel.send(self.request)
        except (NeverArrivedError, CredentialsError) as error:
            return no_answer(f"never arrived: {redact(str(error))}"), State.UNSENT, None
        except MayHaveArrivedError as error:
            return no_answer(redact(str(error))), State.UNKNOWN, None
        receipt = self.channel.read_send(response)
        if receipt.duplicate:
            # What it says of the number is another send's outcome; until it is asked for, nothing is known.
            receipt = receipt._replace(status=Status.UNKNOWN)
        if _is_refused(receipt, response, self.channel) and response.status in self.channel.unread:
            return receipt, State.UNSENT, response
        return receipt, State(receipt.status.value), response

    def _after_refusal(self, receipt: Receipt, state: State, response: Response, number: int) -> _Sent:
        """Get ready to send again what the provider did not take; where that is not sure, ask first."""
        useful = state is State.UNSENT or self._is_askable()
        if useful and not self._is_ready(response, number):
            return _Sent(receipt, state)
        if state in UNRESOLVED:
            receipt, state = self._resolve(receipt)
        return _Sent(receipt, state, again=state is State.UNSENT)

    def _is_ready(self, response: Response, number: int) -> bool:
        """Get a new token after 401, and wait for the time that the server wants after all else."""
        if response.status == UNAUTHORISED:
            return self.channel.renew_token()
        pace = self.channel.pace
        wait = retry_after(response, pace.clock.now()) or 0.0
        return self._wait(max(wait, pace.backoff(number)))

    def _wait(self, seconds: float) -> bool:
        """Wait, unless the time of this call would be over."""
        clock = self.channel.pace.clock
        if clock.monotonic() + seconds >= self.channel.ends:
            return False
        clock.sleep(seconds)
        return True

    def _is_askable(self) -> bool:
        entry = self.journal.find(self.subject)
        return entry is not None and self.channel.unaskable(entry.reference) is None

    def _resolve(self, first: Receipt, entry: Entry | None = None) -> tuple[Receipt, State]:
        """Ask until it is known, or the time is over; a wait that runs out of time decides nothing."""
        entry = entry or self.journal.find(self.subject)
        if entry is None:
            return first, State(first.status.value)
        number = 0
        unresolved = Unresolved(self.channel, entry._replace(key=entry.key or self.stated_key), first)
        while True:
            receipt, state, again = unresolved.ask()
            if state not in UNRESOLVED or not again or not self._wait(self.channel.pace.backoff(number)):
                break
            number += 1
        self.journal.record(self.subject, state, receipt)
        return receipt, state


def _is_refused(receipt: Receipt, response: Response, channel: Channel) -> bool:
    return receipt.status is Status.UNKNOWN and response.status in channel.refusals and not receipt.duplicate
