"""An authority's answer, as a file or as text that somebody copied, beside what cuadre finds itself."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cuadre.catalogue.entries import Entry, entries
from cuadre.engine.authority import Authority, Message
from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Finding
from cuadre.reading import read
from cuadre.recognition import is_xml
from cuadre.rule_packs import all_rules
from cuadre.rules.rule import Rule
from cuadre.senders.delivery.receipt import parse_rule

_RULE = re.compile(r"Regla\s*:[^\n\"<]*", re.IGNORECASE)
_CODE = re.compile(r"\b[A-Z]{2,5}[0-9]{2,3}[a-z]?\b")


class ExplainedMessage(NamedTuple):
    """A rule that an answer names, with what is known of it here."""

    message: Message
    rule: Rule | None
    """None where no pack has it."""
    entry: Entry | None
    """What the catalogue says of a code that no pack has; None where it does not know it either."""
    findings: tuple[Finding, ...]
    """What cuadre finds by this rule in the document."""


def read_answer(data: bytes) -> tuple[Message, ...]:
    """Find the rules that an answer names: an ApplicationResponse, an AttachedDocument, or any text.

    In a text, ``Regla: FAU14, Rechazo: …`` counts, also inside JSON or SOAP; where there is none, every code
    of the catalogue. Each message is there once.
    """
    authority = _authority(data)
    if authority is not None:
        return authority.messages
    text = data.decode("utf-8", "replace")
    said = [parse_rule(found[0]) for found in _RULE.finditer(text)]
    messages = [Message(one.code, one.severity and one.severity.value, one.text) for one in said if one.code]
    return tuple(dict.fromkeys(messages or _named(text)))


def _authority(data: bytes) -> Authority | None:
    if not is_xml(data):
        return None
    try:
        return read(data).authority
    except CuadreError:
        return None


def _named(text: str) -> Iterator[Message]:
    known = {entry.code for entry in entries()}
    for found in _CODE.finditer(text):
        if found[0] in known:
            yield Message(found[0], None, "")


def explain_answer(messages: Sequence[Message], findings: Sequence[Finding]) -> Iterator[ExplainedMessage]:
    """Put the page of each rule, and the findings of the document, beside what the authority said."""
    rules = {rule.code.upper(): rule for rule in all_rules()}
    others = {entry.code.upper(): entry for entry in entries() if entry.code.upper() not in rules}
    for message in messages:
        code = message.code.upper()
        entry = others.get(code)
        names = {code, entry.judged_as if entry else code}
        mine = tuple([finding for finding in findings if finding.code.upper() in names])
        yield ExplainedMessage(message, rules.get(code), entry, mine)
