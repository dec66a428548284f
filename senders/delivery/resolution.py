"""Resolve a document whose outcome is not known: ask about it, once, and conclude something, or nothing."""

from typing import NamedTuple

from cuadre.senders.contract import Reference
from cuadre.senders.delivery.channel import Answer, Channel, no_answer
from cuadre.senders.delivery.journal_entry import Entry, State
from cuadre.senders.delivery.receipt import Receipt, Status

NO_ANSWER = no_answer("it left before, and no answer came")
_TELLS = {Status.ACCEPTED, Status.ACCEPTED_WITH_OBSERVATIONS, Status.REJECTED, Status.PENDING}
_SUCCESS = range(200, 300)


def reference_of(entry: Entry, said: Receipt) -> Reference:
    """Tell how a document is asked about: a duplicate by the key under its number, not by its own send."""
    known = entry.reference
    return known._replace(key=said.key or known.key, track_id=None) if said.duplicate else known


class Conclusion(NamedTuple):
    """What is said of a document after a question, and its state now."""

    receipt: Receipt
    state: State
    again: bool
    """Whether asking again soon may change it."""


class Unresolved(NamedTuple):
    """A document whose outcome is not known, as the journal has it, and what was last said of it."""

    channel: Channel
    entry: Entry
    said: Receipt

    @property
    def reference(self) -> Reference:
        """What it is asked about with."""
        return reference_of(self.entry, self.said)

    def ask(self) -> Conclusion:
        """Ask and conclude; what cannot be asked about stays as it was, and the receipt says why."""
        why = self.channel.unaskable(self.reference)
        if why is not None:
            return Conclusion(self._explained(why), self._state_as_it_was(), again=False)
        answer = self.channel.query(self.reference)
        if answer.receipt.duplicate and not self.said.duplicate:
            # Of an asynchronous send it is only known now that another had come before it.
            said = answer.receipt._replace(send_status=self.said.send_status)
            return self._replace(said=said).ask()
        receipt, state = self._conclude(answer)
        if self.said.duplicate:
            receipt, state = self._of_duplicate(receipt, state)
        return Conclusion(receipt._replace(send_status=self.said.send_status), state, answer.again)

    def _explained(self, why: str) -> Receipt:
        """Add to what was said why nothing more is known; once, however often it is asked."""
        reason = self.said.reason or ""
        if why not in reason:
            reason = f"{reason}; {why}" if reason else why
        return self.said._replace(reason=reason)

    def _state_as_it_was(self) -> State:
        return State.PENDING if self.entry.state is State.PENDING else State.UNKNOWN

    def _conclude(self, answer: Answer) -> tuple[Receipt, State]:
        receipt = answer.receipt
        if receipt.status in _TELLS:
            return receipt, State(receipt.status.value)
        if receipt.not_found and self.said.send_status in _SUCCESS and not self.said.duplicate:
            why = "the provider answered it with success and does not find it: it may have another key there"
            return self._explained(why), self._state_as_it_was()
        if receipt.not_found and self._is_late_enough():
            return receipt, State.UNSENT
        for before in (self.said, self.entry.receipt):
            if before is not None and before.status is Status.PENDING:
                return before._replace(reason=receipt.reason), State.PENDING
        return receipt._replace(not_found=False), State.UNKNOWN

    def _is_late_enough(self) -> bool:
        """Tell whether "not found" is to be believed: the request may still be on its way."""
        pace = self.channel.pace
        return pace.clock.now() - self.entry.sent >= pace.settle

    def _of_duplicate(self, receipt: Receipt, state: State) -> tuple[Receipt, State]:
        """Tell an earlier send of this document from another document that has its number."""
        stated = self.entry.key
        if receipt.key and stated and receipt.key != stated:
            reason = f"the number belongs to another document, with key {receipt.key}"
            rejected = self.said._replace(status=Status.REJECTED, key=receipt.key, reason=reason)
            return rejected, State.REJECTED
        if state is State.UNSENT:
            reason = "the provider calls it a duplicate and does not find it"
            receipt, state = receipt._replace(reason=reason, not_found=False), State.UNKNOWN
        return receipt._replace(duplicate=True, key=receipt.key or self.said.key), state
