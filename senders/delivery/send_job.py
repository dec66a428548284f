"""One document on its way: ask, send, ask again, and note each step in the journal."""

import hashlib
from typing import NamedTuple

from cuadre.senders.contract import Request, Response
from cuadre.senders.delivery.channel import UNAUTHORISED, Channel, no_answer
from cuadre.senders.delivery.credentials import CredentialsError
from cuadre.senders.delivery.journal import Journal
from cuadre.senders.delivery.journal_entry import DONE, UNRESOLVED, Entry, State, Subject
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.delivery.resolution import NO_ANSWER, Unresolved
from cuadre.senders.delivery.retrying import retry_after
from cuadre.senders.delivery.transport import MayHaveArrivedError, NeverArrivedError


class _Sent(NamedTuple):
    """What came of one send."""

    receipt: Receipt
    state: State
    again: bool = False
    """Whether the document may leave again now: the provider surely does not have it."""


class SendJob(NamedTuple):
    """One document on its way, while its lock is held."""

    channel: Channel
    journal: Journal
    subject: Subject
    request: Request
    stated_key: str | None

    @property
    def digest(self) -> str:
        """SHA-256 of the payload, before secrets are put in."""
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
        if state is State.UNSENT and number + 1 == self.channel.pace.sends:
            return _Sent(receipt, state)
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
