"""Send a document once, whatever fails on the way; and find out later what came of those unresolved.

A document leaves only while the journal says that the provider surely does not have it. After anything
else it is asked about first, and no document ever takes another number. docs/senders.md has the table of
what each answer proves.
"""

from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import Provider, Settings
from cuadre.senders.delivery.channel import Channel
from cuadre.senders.delivery.credentials import Credentials, CredentialsError
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import UNRESOLVED, Entry, State, Subject, subject_of
from cuadre.senders.delivery.locking import BusyError
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.resolution import NO_ANSWER, Unresolved
from cuadre.senders.delivery.retrying import Pace
from cuadre.senders.delivery.send_job import SendJob
from cuadre.senders.delivery.transport import Transport


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
    job = SendJob(channel, journal, subject_of(document, provider.name), request, document.uuid)
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
