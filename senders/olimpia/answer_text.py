"""An answer of Olimpia as plain values, whether it is JSON or XML, and whatever the case of its names."""

from typing import cast

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.element import Element
from cuadre.senders.payloads.payload import Json
from cuadre.senders.payloads.reading import PayloadValue, decode, parse
from cuadre.senders.payloads.xml_text import NIL, read_xml

ROOT = "StatusResponse"
_ITEMS = {"Contact", "MerchantRegister", "Location", "SupplierUser", "string"}
"""The elements that are the members of a list."""


def read_answer(data: bytes) -> PayloadValue:
    """Read an answer into a tree whose names are in lower case; XML has text where JSON has values.

    Raises DocumentError where it is neither JSON nor XML, or is XML of something else, such as a page.
    """
    if data.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"<"):
        root = read_xml(data.lstrip(b" \t\r\n"))
        if root.local_name != ROOT:
            sentence = f"the answer is a {root.local_name}, and no {ROOT}"
            raise DocumentError(sentence, problems=[], element=root.local_name)
        return PayloadValue(_lowered(_value(root) or {}))
    return PayloadValue(_lowered(parse(decode(data)).value))


def _value(element: Element) -> Json:
    if element.attributes.get(NIL) in {"true", "1"}:
        return None
    if not element.children:
        return element.text
    if all(child.local_name in _ITEMS for child in element.children):
        return [_value(child) for child in element.children]
    return {child.local_name: _value(child) for child in element.children}


def _lowered(value: Json) -> Json:
    if isinstance(value, dict):
        result: dict[str, Json] = {}
        for key, inner in value.items():
            result.setdefault(key.lower(), _lowered(inner))
        return result
    return [_lowered(inner) for inner in value] if isinstance(value, list) else value


def text_of(node: PayloadValue | None) -> str:
    """Return text without white space around it; what is absent, or is no text, is nothing."""
    value = cast("Json", None) if node is None else node.value
    return value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""
