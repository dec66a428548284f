"""Settle an unresolved document by what a person found out, where the provider cannot be asked.

Nothing is asked and nothing leaves, so neither secrets nor a transport are needed. What is noted is what
the person says, and says so; from then on it counts as a provider's answer does.
"""

from typing import NamedTuple

from cuadre.engine.errors import CuadreError, UnknownNameError
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
_FORCE = "--force settles it all the same"


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
            sentence = f"{subject.document_id} was never noted in {journal.file}"
            raise UnknownNameError(sentence, near=[])
        if entry.state not in UNRESOLVED:
            raise _not_settled(
                entry, f"is {entry.state} since {utc(entry.changed)}: there is nothing to settle"
            )
        if not force:
            _check_provider(entry, statement, provider, settings)
            _check_time(entry, statement, pace)
        receipt = _receipt(entry, statement, pace.clock.now())
        journal.record(subject, statement.state, receipt)
        return Resumed(entry, receipt, statement.state)


def _check_statement(statement: Statement) -> None:
    if statement.state not in SETTLED:
        sentence = f"a document is settled as {', '.join(SETTLED)}, not as {statement.state}"
        raise CuadreError(sentence, given=statement.state)
    if statement.key and statement.state is State.UNSENT:
        sentence = "a document that is not with the provider has no key there"
        raise CuadreError(sentence, given=statement.key)


def _check_provider(entry: Entry, statement: Statement, provider: Provider, settings: Settings) -> None:
    reference = reference_of(entry, entry.receipt or NO_ANSWER)
    if unaskable(provider, reference, settings) is None:
        why = f"is not settled: {provider.name} can be asked about it, and its answer is surer"
        raise _not_settled(entry, f"{why}; {_FORCE}", askable=True)
    if statement.key and entry.key and statement.key != entry.key:
        why = f"is not settled: its key is {entry.key}, so {statement.key} may be another document's"
        raise _not_settled(entry, f"{why}; {_FORCE}", key=entry.key, given=statement.key)


def _check_time(entry: Entry, statement: Statement, pace: Pace) -> None:
    ago = pace.clock.now() - entry.sent
    if statement.state is State.UNSENT and ago < pace.settle:
        why = f"is not settled: it left {ago:.0f} s ago and may still be on its way"
        raise _not_settled(entry, f"{why}; look again in {pace.settle - ago:.0f} s; {_FORCE}", ago=ago)


def _not_settled(entry: Entry, why: str, **facts: object) -> NotSettledError:
    number = entry.subject.document_id
    return NotSettledError(f"{number} {why}", document_id=number, state=entry.state.value, **facts)


def _receipt(entry: Entry, statement: Statement, now: float) -> Receipt:
    """Make a receipt that says it is a person's; what the provider answered before is in the history."""
    reason = f"settled by a person as {statement.state}, {utc(now)}"
    return Receipt(
        _STATUSES[statement.state],
        "person",
        key=None if statement.state is State.UNSENT else statement.key or entry.key,
        reason=f"{reason}: {statement.reason}" if statement.reason else reason,
    )
