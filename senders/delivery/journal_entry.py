"""What a journal says of a document: which it is, its state, and its history."""

import hashlib
import json
import time
from enum import StrEnum
from typing import NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import Reference
from cuadre.senders.delivery.receipt import Receipt


class State(StrEnum):
    """The state of a document: the statuses of a receipt, and two that only the journal knows."""

    SENDING = "sending"
    """Noted, and no outcome yet. Where no process is sending it now, it is unresolved."""
    UNSENT = "unsent"
    """Surely not with the provider: it may be sent, with the same number."""
    UNKNOWN = "unknown"
    PENDING = "pending"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_OBSERVATIONS = "accepted_with_observations"
    REJECTED = "rejected"


UNRESOLVED = (State.SENDING, State.UNKNOWN, State.PENDING)
"""The states of a document of which the outcome is not known."""
DONE = (State.ACCEPTED, State.ACCEPTED_WITH_OBSERVATIONS)


class AlreadySentError(CuadreError):
    """A document that must not leave again: it is accepted, or nobody knows yet; ``entry`` has its state."""

    code = "already_sent"

    def __init__(self, entry: "Entry") -> None:
        sentence = (
            f"{entry.subject.document_id} is {entry.state} since {utc(entry.changed)}; nothing was sent"
        )
        super().__init__(sentence, document_id=entry.subject.document_id, state=entry.state.value)
        self.entry = entry


class Subject(NamedTuple):
    """What a journal knows a document by."""

    provider: str
    kind: str
    document_id: str
    supplier: str

    @property
    def idempotency_key(self) -> str:
        """SHA-256 over the four: the same however often, and with whatever content, it is sent."""
        return hashlib.sha256(json.dumps(self).encode()).hexdigest()


def subject_of(document: Document, provider: str) -> Subject:
    """Name a document; raise CuadreError where it has no number, since then nothing could be asked."""
    if not document.id:
        sentence = "a document without a number cannot be sent: after a failure it could not be asked about"
        raise CuadreError(sentence)
    party = document.accounting_supplier_party
    return Subject(provider, document.kind.value, document.id, party.company_id if party else "")


class Entry(NamedTuple):
    """What the journal knows of a document now."""

    subject: Subject
    state: State
    digest: str
    """SHA-256 of the payload that left last, before secrets were put in."""
    key: str | None
    track_id: str | None
    sent: float
    """When it left last, or was about to (seconds since 1970)."""
    changed: float
    receipt: Receipt | None

    @property
    def reference(self) -> Reference:
        """What the provider is asked with."""
        return Reference(self.subject.document_id, self.subject.kind, self.key, self.track_id)


class Event(NamedTuple):
    """One row of the journal's history."""

    at: float
    state: State
    digest: str
    receipt: Receipt | None


def utc(seconds: float) -> str:
    """Write a time (seconds since 1970) for a person: ``2026-11-21T10:30:00Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
