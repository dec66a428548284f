"""The steps of ``mutate`` over XML: XPaths with the usual prefixes, which act on every match."""

from collections.abc import Callable, Iterable
from copy import deepcopy

from lxml import etree

from cuadre.engine.errors import UsageError
from cuadre.engine.texts import say
from cuadre.testing.steps import refuse, split
from cuadre.ubl.mapping.namespaces import CAC, CBC, DS, EXT, STS, XADES

_NAMESPACES = {"cac": CAC, "cbc": CBC, "ext": EXT, "sts": STS, "ds": DS, "xades": XADES}
_WRAPPER = "<x " + " ".join(f"xmlns:{prefix}='{uri}'" for prefix, uri in _NAMESPACES.items()) + ">{}</x>"


def change_xml(data: bytes, steps: Iterable[str]) -> bytes:
    """Return XML after ``set XPATH = text``, ``remove XPATH``, ``copy XPATH`` and ``after XPATH <xml/>``.

    An XPath may end in ``/@name``. Raises UsageError where nothing matches, and for what is no XML.
    """
    root = _parse(data)
    for step in steps:
        verb, path, value = split(step, _VERBS)
        _VERBS[verb](root, path, value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _parse(text: bytes | str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(say("cuadre:no_xml_to_change", error=error), given="XML") from None


def _find(root: etree._Element, xpath: str) -> list[etree._Element]:
    try:
        found = root.xpath(xpath, namespaces=_NAMESPACES)
    except etree.XPathError as error:
        raise UsageError(say("cuadre.engine:at", place=xpath, fault=error), given=xpath) from None
    elements = [node for node in found if etree.iselement(node)] if isinstance(found, list) else []
    if not elements:
        refuse(xpath)
    return elements


def _set(root: etree._Element, xpath: str, value: str) -> None:
    path, _, attribute = xpath.partition("/@")
    for element in _find(root, path):
        if attribute:
            element.set(attribute, value)
        else:
            element.text = value


def _remove(root: etree._Element, xpath: str, value: str) -> None:
    del value
    path, _, attribute = xpath.partition("/@")
    for element in _find(root, path):
        parent = element.getparent()
        if attribute:
            if element.attrib.pop(attribute, None) is None:
                refuse(xpath)
        elif parent is not None:
            parent.remove(element)


def _copy(root: etree._Element, xpath: str, value: str) -> None:
    del value
    for element in _find(root, xpath):
        element.addnext(deepcopy(element))


def _after(root: etree._Element, rest: str, value: str) -> None:
    del value
    xpath, _, xml = rest.partition(" <")
    made = _parse(_WRAPPER.format(f"<{xml}"))[0]
    for element in _find(root, xpath):
        element.addnext(deepcopy(made))


_VERBS: dict[str, Callable[[etree._Element, str, str], None]] = {
    "set": _set,
    "remove": _remove,
    "copy": _copy,
    "after": _after,
}
