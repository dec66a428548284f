"""Change a document in one thing: steps such as ``set cbc:ID = 7`` over XPaths with the usual prefixes."""

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from cuadre.ubl.mapping.namespaces import CAC, CBC, DS, EXT, STS, XADES

from .mutate_json import mutate_json

NAMESPACES = {"cac": CAC, "cbc": CBC, "ext": EXT, "sts": STS, "ds": DS, "xades": XADES}
_WRAPPER = "<x " + " ".join(f"xmlns:{prefix}='{uri}'" for prefix, uri in NAMESPACES.items()) + ">{}</x>"


def mutate(data: bytes, change: str) -> bytes:
    """Apply the steps of ``change``, which ``; `` separates, to a document: XML, or JSON (mutate_json.py).

    ``set XPATH = text``, ``remove XPATH``, ``copy XPATH`` and ``after XPATH <xml/>``, which puts an
    element behind, act on every match. An XPath may end in ``/@name``. Raises ValueError where
    nothing matches, so that a row with a wrong XPath cannot pass for a document without a fault.
    """
    if data.startswith(b"{"):
        return mutate_json(data, change)
    root = etree.fromstring(data)
    for step in filter(None, change.split("; ")):
        verb, _, rest = step.strip().partition(" ")
        _VERBS[verb](root, rest)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _find(root: etree._Element, xpath: str) -> list[etree._Element]:
    found = root.xpath(xpath, namespaces=NAMESPACES)
    elements = [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
    if not elements:
        sentence = f"{xpath} matches nothing"
        raise ValueError(sentence)
    return elements


def _set(root: etree._Element, rest: str) -> None:
    xpath, _, text = rest.partition(" =")
    path, _, attribute = xpath.partition("/@")
    for element in _find(root, path):
        if attribute:
            element.set(attribute, text.strip())
        else:
            element.text = text.strip()


def _remove(root: etree._Element, rest: str) -> None:
    path, _, attribute = rest.partition("/@")
    for element in _find(root, path):
        parent = element.getparent()
        if attribute:
            del element.attrib[attribute]
        elif parent is not None:
            parent.remove(element)


def _copy(root: etree._Element, rest: str) -> None:
    for element in _find(root, rest):
        element.addnext(deepcopy(element))


def _after(root: etree._Element, rest: str) -> None:
    xpath, _, xml = rest.partition(" <")
    made = etree.fromstring(_WRAPPER.format(f"<{xml}"))[0]
    for element in _find(root, xpath):
        element.addnext(deepcopy(made))


_VERBS: dict[str, Callable[[etree._Element, str], None]] = {
    "set": _set,
    "remove": _remove,
    "copy": _copy,
    "after": _after,
}
