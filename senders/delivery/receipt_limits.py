"""What a receipt keeps of an answer: a bounded part of it, without secrets, in text that can be stored."""

import re
from typing import Protocol

from cuadre.senders.delivery.receipt import Receipt, RuleMessage

MAX_RAW = 262_144
"""Characters of an answer's text."""
MAX_MESSAGES = 500
MAX_TEXT = 2_000
"""Characters of a message or of a reason."""
MAX_IDENTIFIER = 512
"""Characters of a key, a track id or a code."""
_READ = 2 * MAX_RAW
_BYTES_OF_A_CHARACTER = 4
_SURROGATE = re.compile("[\ud800-\udfff]")


class Redact(Protocol):
    """Takes secrets out of a text: ``Credentials.redact``."""

    def __call__(self, text: str, *, identifier: bool = False, keep: int | None = None) -> str:
        """Return at most ``keep`` characters of the text."""
        ...


def raw_text(body: bytes) -> str:
    """Read an answer as text for ``Receipt.raw``; of a long one, twice as much as ``limited`` keeps.

    A secret that begins in what is kept is whole then, so it is found.
    """
    return body[: _READ * _BYTES_OF_A_CHARACTER].decode("utf-8", "replace")[:_READ]


def limited(receipt: Receipt, redact: Redact, answer_bytes: int) -> Receipt:
    """Make of a provider's receipt one that may be kept, shown and stored.

    A key or a track id that is too long, holds a secret or is no text is dropped: asking with a part of it
    would ask about another document.
    """

    def text(value: str | None, keep: int = MAX_TEXT) -> str | None:
        return None if value is None else _cut(value, redact, keep)

    def identifier(value: str | None) -> str | None:
        return value if value and _is_identifier(value, redact) else None

    return receipt._replace(
        key=identifier(receipt.key),
        track_id=identifier(receipt.track_id),
        messages=_messages(receipt.messages, redact),
        provider_code=text(receipt.provider_code, MAX_IDENTIFIER),
        buyer_status=text(receipt.buyer_status, MAX_IDENTIFIER),
        reason=text(receipt.reason),
        raw=stored_text(redact(receipt.raw, keep=MAX_RAW)),
        cut_from=answer_bytes if len(receipt.raw) > MAX_RAW else None,
    )


def _messages(messages: tuple[RuleMessage, ...], redact: Redact) -> tuple[RuleMessage, ...]:
    kept = [
        RuleMessage(_cut(one.code, redact, MAX_IDENTIFIER), one.severity, _cut(one.text, redact, MAX_TEXT))
        for one in messages[:MAX_MESSAGES]
    ]
    more = len(messages) - len(kept)
    return tuple([*kept, RuleMessage("", None, f"{more} more messages")] if more else kept)


def _cut(text: str, redact: Redact, keep: int) -> str:
    return stored_text(redact(text, keep=keep)) + ("…" if len(text) > keep else "")


def _is_identifier(value: str, redact: Redact) -> bool:
    short = len(value) <= MAX_IDENTIFIER
    return short and is_storable(value) and redact(value, identifier=True) == value


def is_storable(text: str) -> bool:
    """Tell whether a text has an encoding in UTF-8: half of a surrogate pair has none."""
    return text.isascii() or _SURROGATE.search(text) is None


def stored_text(text: str) -> str:
    """Write U+FFFD for each half of a surrogate pair, which neither SQLite nor a terminal can take."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
