"""Tell at little cost whether a file is a document that cuadre judges, before it is read whole."""

import json
import re
from typing import Literal

from cuadre.engine.model.document import DocumentKind
from cuadre.senders.contract import Provider, providers

Recognised = Literal["document", "other XML", "other JSON", "other"]
_ROOTS = {"Invoice", "CreditNote", "DebitNote", "AttachedDocument", "ApplicationResponse", "Envelope"}
_UBL = b"urn:oasis:names:specification:ubl:schema:xsd:"
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_HEAD = 20_000
KINDS = frozenset([kind.value for kind in DocumentKind])
"""What ``kind`` may be in a document's own JSON."""
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"+/v")


def recognise(data: bytes) -> Recognised:
    """Say what a file is: a document or a payload, or something else that a folder may hold.

    A wrong document is a document too: this looks at what it claims to be, not at whether it can be read.
    """
    if is_xml(data):
        return "document" if _is_ubl(data) else "other XML"
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return "other"
    return "document" if _is_payload(data) else "other JSON"


def _is_ubl(data: bytes) -> bool:
    head = data[:_HEAD].replace(b"\x00", b"")
    root = _ROOT.search(head)
    if root is None or root[1].decode() not in _ROOTS:
        return False
    return _UBL in head or provider_of(data) is not None


def _is_payload(data: bytes) -> bool:
    if provider_of(data) is not None:
        return True
    try:
        value = json.loads(data, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("kind") in KINDS


def provider_of(data: bytes) -> Provider | None:
    """Find the provider whose payload this is."""
    return next((one for one in providers().values() if one.recognises(data)), None)


def first_signs(data: bytes) -> bytes:
    """Return the first bytes that are no white space, however many there are before them."""
    start = data[:_START]
    return start if start[:1] not in _BLANKS else data.lstrip(_BLANKS)[:_START]


_BLANKS = b" \t\r\n"
_START = 8


def is_xml(data: bytes) -> bool:
    """Tell whether an input looks like XML, in whatever encoding."""
    return first_signs(data).startswith(_XML_STARTS)
