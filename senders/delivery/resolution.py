"""What becomes of a document in doubt: it is asked about, once, and something is concluded, or nothing."""

from typing import NamedTuple

from cuadre.senders.contract import Reference
from cuadre.senders.delivery.channel import Channel, silence
from cuadre.senders.delivery.journal_entry import Entry, State
from cuadre.senders.delivery.receipt import Receipt, Status

NOTHING_CAME = silence("it left before, and nothing came back")
_TELLS = {Status.ACCEPTED, Status.ACCEPTED_WITH_OBSERVATIONS, Status.REJECTED, Status.PENDING}


def reference_of(entry: Entry, said: Receipt) -> Reference:
    """Tell how a document is asked about: a duplicate by the key under its number, not by its own send."""
    known = entry.reference
    return known._replace(key=said.key or known.key, track_id=None) if said.duplicate else known


class Doubt(NamedTuple):
    """A document in doubt, as the journal has it, and what was last said of it."""

    channel: Channel
    entry: Entry
    said: Receipt

    @property
    def reference(self) -> Reference:
        """How it is asked about."""
        return reference_of(self.entry, self.said)

    @property
    def askable(self) -> bool:
        """Whether there is a question at all; where there is none, waiting would change nothing."""
        return self.channel.unaskable(self.reference) is None

    def ask(self) -> tuple[Receipt, State]:
        """Ask and conclude; what cannot be asked about stays as it was, and the receipt says why."""
        why = self.channel.unaskable(self.reference)
        if why is not None:
            return self._unasked(why)
        answer = self.channel.query(self.reference)
        if answer.duplicate and not self.said.duplicate:
            # Of an asynchronous send it is only known now that another had come before it.
            return self._replace(said=answer).ask()
        receipt, state = self._settled(answer)
        return self._of_duplicate(receipt, state) if self.said.duplicate else (receipt, state)

    def _unasked(self, why: str) -> tuple[Receipt, State]:
        reason = self.said.reason or ""
        if why not in reason:
            reason = f"{reason}; {why}" if reason else why
        state = State.PENDING if self.entry.state is State.PENDING else State.UNKNOWN
        return self.said._replace(reason=reason), state

    def _settled(self, answer: Receipt) -> tuple[Receipt, State]:
        if answer.status in _TELLS:
            return answer, State(answer.status.value)
        pace = self.channel.pace
        if answer.not_found and pace.clock.now() - self.entry.sent >= pace.settle:
            return answer, State.UNSENT
        for before in (self.said, self.entry.receipt):
            if before is not None and before.status is Status.PENDING:
                return before._replace(reason=answer.reason), State.PENDING
        return answer._replace(not_found=False), State.UNKNOWN

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
