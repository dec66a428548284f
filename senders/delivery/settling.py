"""Settle an unresolved document by what a person found out, where the provider cannot be asked.

Nothing is asked and nothing leaves, so neither secrets nor a transport are needed. What is noted is what
the person says, and says so; from then on it counts as a provider's answer does.
"""

from typing import NamedTuple

from cuadre.engine.errors import CuadreError, UnknownNameError
from cuadre.engine.texts import say
from cuadre.senders.contract import Provider, Settings
from cuadre.senders.delivery.channel import unaskable
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import UNRESOLVED, Entry, State, Subject, utc
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.delivery.resolution import NO_ANSWER, reference_of
from cuadre.senders.delivery.retrying import Pace
from cuadre.senders.delivery.sending import Resumed

_STATUSES = {
    State.ACCEPTED: Status.ACCEPTED,
    State.REJECTED: Status.REJECTED,
    State.UNSENT: Status.UNKNOWN,
}
SETTLED = tuple(_STATUSES)
"""What a document can be settled as."""


class NotSettledError(CuadreError):
    """A document that was left as it is: it is resolved already, or the provider can be asked."""

    code = "not_settled"


class Statement(NamedTuple):
    """What a person says of a document."""

    state: State
    """One of ``SETTLED``."""
    key: str | None = None
    """The CUFE, CUDE, CUDS or clave de acceso that it has there."""
    reason: str | None = None
    """How the person knows."""


def settle(
    journal: Journal,
    subject: Subject,
    statement: Statement,
    provider: Provider,
    settings: Settings,
    pace: Pace = Pace(),  # noqa: B008 - immutable
    *,
    force: bool = False,
) -> Resumed:
    """Note what a person says of an unresolved document; it cannot be taken back.

    As ``unsent`` it may leave again, with the same number. Raises BusyError where another process is at
    it, and NotSettledError where it is not unresolved. ``force`` settles also what the provider could be
    asked about, what is called unsent less than ``pace.settle`` after it left, and another key than is known.
    """
    _check_statement(statement)
    with journal.holding(subject):
        entry = journal.find(subject)
        if entry is None:
            sentence = say(
                "cuadre.senders:never_noted", number=subject.document_id, journal=str(journal.file)
            )
            raise UnknownNameError(sentence, near=[])
        if entry.state not in UNRESOLVED:
            state, since = say(f"cuadre.senders:{entry.state}"), utc(entry.changed)
            raise _not_settled(entry, say("cuadre.senders:nothing_to_settle", state=state, since=since))
        if not force:
            _check_provider(entry, statement, provider, settings)
            _check_time(entry, statement, pace)
        receipt = _receipt(entry, statement, pace.clock.now())
        journal.record(subject, statement.state, receipt)
        return Resumed(entry, receipt, statement.state)


def _check_statement(statement: Statement) -> None:
    if statement.state not in SETTLED:
        sentence = say("cuadre.senders:settled_as", known=tuple(SETTLED), state=str(statement.state))
        raise CuadreError(sentence, given=statement.state)
    if statement.key and statement.state is State.UNSENT:
        sentence = say("cuadre.senders:unsent_has_no_key")
        raise CuadreError(sentence, given=statement.key)


def _check_provider(entry: Entry, statement: Statement, provider: Provider, settings: Settings) -> None:
    reference = reference_of(entry, entry.receipt or NO_ANSWER)
    if unaskable(provider, reference, settings) is None:
        raise _not_settled(entry, say("cuadre.senders:can_be_asked", provider=provider.name), askable=True)
    if statement.key and entry.key and statement.key != entry.key:
        why = say("cuadre.senders:other_key", key=entry.key, given=statement.key)
        raise _not_settled(entry, why, key=entry.key, given=statement.key)


def _check_time(entry: Entry, statement: Statement, pace: Pace) -> None:
    ago = pace.clock.now() - entry.sent
    if statement.state is State.UNSENT and ago < pace.settle:
        left, wait = f"{ago:.0f}", f"{pace.settle - ago:.0f}"
        raise _not_settled(entry, say("cuadre.senders:left_just_now", ago=left, wait=wait), ago=ago)


def _not_settled(entry: Entry, why: str, **facts: object) -> NotSettledError:
    number = entry.subject.document_id
    sentence = say("cuadre.senders:not_settled", number=number, why=why)
    return NotSettledError(sentence, document_id=number, state=entry.state.value, **facts)


def _receipt(entry: Entry, statement: Statement, now: float) -> Receipt:
    """Make a receipt that says it is a person's; what the provider answered before is in the history."""
    reason = f"settled by a person as {statement.state}, {utc(now)}"
    return Receipt(
        _STATUSES[statement.state],
        "person",
        key=None if statement.state is State.UNSENT else statement.key or entry.key,
        reason=f"{reason}: {statement.reason}" if statement.reason else reason,
    )
