"""What a tax authority itself said of a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A rule that the authority named in its answer."""

    code: str
    severity: str | None
    """``reject`` or ``notify`` where the text says so."""
    text: str


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority's own verdict on a document (UBL ApplicationResponse)."""

    response_code: str
    """02 is accepted, 04 is rejected; others are events (table 13.1.6 of annex 1.9)."""
    description: str
    document_id: str
    messages: tuple[Message, ...]
