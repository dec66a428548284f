"""Tell at little cost whether a file is a document that cuadre judges, before it is read whole."""

import json
import re
from typing import Literal

from cuadre.engine.model.document import DocumentKind
from cuadre.reading import is_xml
from cuadre.senders.contract import providers

Recognised = Literal["document", "other XML", "other JSON", "other"]
_ROOTS = {"Invoice", "CreditNote", "DebitNote", "AttachedDocument", "ApplicationResponse", "Envelope"}
_UBL = b"urn:oasis:names:specification:ubl:schema:xsd:"
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_HEAD = 20_000
_KINDS = {kind.value for kind in DocumentKind}


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
    return _UBL in head or any(provider.recognises(data) for provider in providers().values())


def _is_payload(data: bytes) -> bool:
    if any(provider.recognises(data) for provider in providers().values()):
        return True
    try:
        value = json.loads(data, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("kind") in _KINDS
