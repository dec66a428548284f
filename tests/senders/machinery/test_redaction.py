"""Secrets are found however they were escaped, and nothing else is."""

import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape as escape_xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuadre.senders.delivery.redaction import Redaction

WRITERS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "json": json.dumps,
    "json as it is": lambda text: json.dumps(text, ensure_ascii=False),
    "php's json": lambda text: json.dumps(text).replace("/", "\\/"),
    "xml": escape_xml,
    "html": escape,
    "url": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "numbers": lambda text: "".join(c if c.isascii() and c.isalnum() else f"&#x{ord(c):X};" for c in text),
}


@pytest.mark.parametrize("secret", ['p<i&n"75315\\páramo/+= x', "tok-1", "${B}", "a\tb\nc", "🐦'"])
@pytest.mark.parametrize("first", WRITERS)
@pytest.mark.parametrize("then", WRITERS)
def test_nested(secret: str, first: str, then: str) -> None:
    """One escape around another does not hide a secret."""
    text = f"before {secret} after"
    redacted = Redaction({secret: "S"}).redact(WRITERS[then](WRITERS[first](text)))
    assert redacted.count("${S}") == 1
    assert "before" in redacted
    assert "after" in redacted


@settings(deadline=None)
@given(st.text(min_size=4).filter(lambda text: text.isprintable()), st.text())
def test_any_secret_in_any_text(secret: str, around: str) -> None:
    """No secret is left as it is, whatever it is made of."""
    redacted = Redaction({secret: "S"}).redact(f"{around}{secret}{around}")
    assert "${S}" in redacted


def test_nothing_else() -> None:
    """A text without secrets, and a redaction without secrets, change nothing."""
    assert Redaction({"tok.1": "S"}).redact("tok-1 tokx1") == "tok-1 tokx1"
    assert Redaction({}).redact("text") == "text"
