"""What came of a send: one receipt for every provider, and the authority's rule strings taken apart."""

import re
from enum import StrEnum
from typing import Literal, NamedTuple

from cuadre.engine.findings import Severity


class Status(StrEnum):
    """The outcome for the document."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_OBSERVATIONS = "accepted_with_observations"
    REJECTED = "rejected"
    PENDING = "pending"
    """The provider has it, and the authority has not answered."""
    UNKNOWN = "unknown"
    """Nothing is known about the document: the connection, the credentials or the provider failed."""


class RuleMessage(NamedTuple):
    """A rule that an answer names."""

    code: str
    severity: Severity | None
    """None where the text does not say."""
    text: str


_RULE = re.compile(
    r"^\s*(?:\S{1,4}\s+)?Regla\s*:\s*(?P<code>[\w.]+)\s*[,;:-]?\s*"
    r"(?:(?P<severity>Rechazo|Notificaci[oó]n)\s*:?)?\s*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def parse_rule(text: str) -> RuleMessage:
    """Take a rule string apart: ``Regla: FAU04, Rechazo: …``, both spellings of the severity, or none.

    What is no rule string keeps its text and has an empty code.
    """
    found = _RULE.match(text)
    if found is None:
        return RuleMessage("", None, text.strip())
    said = (found["severity"] or "").lower()
    severity = None if not said else Severity.REJECT if said == "rechazo" else Severity.NOTIFY
    return RuleMessage(
        found["code"].upper() if found["code"][:1].isalpha() else found["code"],
        severity,
        found["text"].strip(),
    )


DUPLICATE_RULE = "90"
"""DIAN's rule for a document that it has already processed."""


class Receipt(NamedTuple):
    """What is known of a document after a send or a query."""

    status: Status
    stage: Literal["provider", "authority", "transport", "person"] = "authority"
    """Who said so: a rejection by the provider's own validation never reached the authority; what a
    person said (settling.py) is no answer of either."""
    key: str | None = None
    """CUFE, CUDE, CUDS or clave de acceso."""
    track_id: str | None = None
    """What the provider wants to be asked with: a ZipKey, an id."""
    messages: tuple[RuleMessage, ...] = ()
    provider_code: str | None = None
    buyer_status: str | None = None
    """The buyer's acceptance, an axis of its own."""
    duplicate: bool = False
    """The provider or the authority had it already; the sender resolves this with a query."""
    not_found: bool = False
    """A query's answer: the provider surely does not have the document."""
    artefacts: dict[str, bytes] = {}  # noqa: RUF012 - a default that nobody writes to
    """``xml``, ``zip``, ``pdf``, ``application_response``, ``attached_document``."""
    reason: str | None = None
    """One sentence for a person; it never decides anything."""
    raw: str = ""
    """The answer as it came, without secrets; of a long one the beginning (receipt_limits.py)."""
    cut_from: int | None = None
    """How many bytes the answer had, where ``raw`` has its beginning only."""
    send_status: int | None = None
    """The HTTP status with which the send was answered, in the receipts of later queries too. None where no
    answer came."""


def judged(accepted: bool, messages: tuple[RuleMessage, ...]) -> Status:  # noqa: FBT001 - DIAN's IsValid
    """Conclude from DIAN's own boolean; messages only tell an acceptance from one with observations."""
    if not accepted:
        return Status.REJECTED
    return Status.ACCEPTED_WITH_OBSERVATIONS if any(message.code for message in messages) else Status.ACCEPTED
