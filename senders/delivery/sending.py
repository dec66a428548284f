"""Send a document once, whatever fails on the way; and find out later what came of those in doubt.

A document leaves only while the journal says that the provider surely does not have it. After anything
else it is asked about first, by its own number; no document ever takes a new one.
"""

import hashlib
from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import Options, Provider, Request
from cuadre.senders.delivery.channel import Channel, silence
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import DONE, IN_DOUBT, Entry, State, Subject, subject_of
from cuadre.senders.delivery.locking import BusyError
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.delivery.resolution import NOTHING_CAME, Doubt
from cuadre.senders.delivery.retrying import TOO_MANY, Pace
from cuadre.senders.delivery.transport import DoubtfulError, NeverArrivedError, Transport

_TURNED_AWAY = {401, TOO_MANY}
"""The server counted or asked who is there, and read nothing: the document is surely not with it."""


def send(
    document: Document,
    provider: Provider,
    options: Options,
    credentials: Credentials,
    journal: Journal,
    transport: Transport,
    pace: Pace = Pace(),  # noqa: B008 - immutable
) -> Receipt:
    """Send a document and return what came of it; ``unknown`` and ``pending`` are asked about by ``resume``.

    One that left before and is in doubt is asked about first. One that is accepted with the same payload
    has its receipt returned; with another, AlreadySentError is raised. Raises BusyError where another
    process is sending it, and CuadreError where it cannot even leave: nothing was sent then.
    """
    if not provider.sends:
        sentence = f"{provider.name} can only be asked; it sends nothing"
        raise CuadreError(sentence, sender=provider.name)
    name = credentials.named_in(document.model_dump_json())
    if name is not None:
        sentence = f"the document holds ${{{name}}}, where a secret would be written; nothing was sent"
        raise CredentialsError(sentence, missing=(), placeholder=name)
    channel = Channel(provider, options, credentials, transport, pace, pace.ends())
    request = provider.send_request(document, options)
    job = _Job(channel, journal, subject_of(document, provider.name), request, document.uuid)
    channel.prepare(request)
    with journal.holding(job.subject):
        return job.run()


class Resumed(NamedTuple):
    """A document that was in doubt: as it was, what is said of it now, and where it stands now."""

    entry: Entry
    receipt: Receipt
    state: State
    """``unsent`` where the provider surely does not have it: send it again, with the same number."""


def resume(
    journal: Journal,
    provider: Provider,
    options: Options,
    credentials: Credentials,
    transport: Transport,
    pace: Pace = Pace(),  # noqa: B008 - immutable
) -> tuple[Resumed, ...]:
    """Ask, once each, about every document of a provider that is in doubt or pending; send nothing.

    A document that another process is busy with is left to it.
    """
    found = []
    for entry in journal.in_doubt():
        if entry.subject.provider == provider.name:
            channel = Channel(provider, options, credentials, transport, pace, pace.ends())
            try:
                found.append(resume_one(journal, entry.subject, channel))
            except BusyError:
                continue
    return tuple([resumed for resumed in found if resumed is not None])


def resume_one(journal: Journal, subject: Subject, channel: Channel) -> Resumed | None:
    """Ask about one document; None where it is not in doubt any more."""
    with journal.holding(subject):
        entry = journal.find(subject)
        if entry is None or entry.state not in IN_DOUBT:
            return None
        receipt, state = Doubt(channel, entry, entry.receipt or NOTHING_CAME).ask()
        journal.record(subject, state, receipt)
        return Resumed(entry, receipt, state)


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
        if entry is not None and entry.state in IN_DOUBT:
            receipt, state = self._await(entry.receipt or NOTHING_CAME, entry)
            if state in IN_DOUBT or (state is not State.UNSENT and entry.digest == self.digest):
                return receipt
        elif entry is not None and entry.state in DONE and entry.digest == self.digest and entry.receipt:
            return entry.receipt
        return self._deliver()

    def _deliver(self) -> Receipt:
        """Let it leave; again, where the provider turns out not to have it, while there is time."""
        pace = self.channel.pace
        for number in range(pace.sends):
            receipt, state = self._once()
            wait = pace.backoff(number)
            in_time = pace.clock.monotonic() + wait < self.channel.ends
            if not (receipt.not_found and state is State.UNSENT and in_time):
                return receipt
            pace.clock.sleep(wait)
        return receipt

    def _once(self) -> tuple[Receipt, State]:
        self.journal.begin(self.subject, self.digest, self.stated_key)
        receipt, state = self._leave()
        self.journal.record(self.subject, state, receipt)
        entry = self.journal.find(self.subject)
        if entry is None or (state not in IN_DOUBT and not receipt.duplicate):
            return receipt, state
        return self._await(receipt, entry)

    def _leave(self) -> tuple[Receipt, State]:
        redact = self.channel.credentials.redact
        try:
            response = self.channel.ask(self.request, question=False)
        except (NeverArrivedError, CredentialsError) as error:
            return silence(f"never arrived: {redact(str(error))}"), State.UNSENT
        except DoubtfulError as error:
            return silence(redact(str(error))), State.UNKNOWN
        receipt = self.channel.read(response, question=False)
        if receipt.duplicate:
            # What it says of the number is another send's outcome; until it is asked for, nothing is known.
            return receipt._replace(status=Status.UNKNOWN), State.UNKNOWN
        if receipt.status is Status.UNKNOWN and response.status in _TURNED_AWAY:
            return receipt, State.UNSENT
        return receipt, State(receipt.status.value)

    def _await(self, first: Receipt, entry: Entry) -> tuple[Receipt, State]:
        """Ask until it is known, or the time is over; a poll that runs out of time decides nothing."""
        pace, number = self.channel.pace, 0
        doubt = Doubt(self.channel, entry._replace(key=entry.key or self.stated_key), first)
        while True:
            receipt, state = doubt.ask()
            wait = pace.backoff(number)
            in_time = pace.clock.monotonic() + wait < self.channel.ends
            if state not in IN_DOUBT or not doubt.askable or not in_time:
                break
            number += 1
            pace.clock.sleep(wait)
        self.journal.record(self.subject, state, receipt)
        return receipt, state
