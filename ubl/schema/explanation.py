"""Explain what is wrong with an element that libxml2 refused: one fault, and the one thing expected."""

import re
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree
from lxml.etree import _Element

from cuadre.ubl.mapping.namespaces import prefixed
from cuadre.ubl.reading.lines import line_of
from cuadre.ubl.reading.source import xpath_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from xmlschema import XMLSchema10
    from xmlschema.validators import XsdElement

_QUOTED = 80
_ATTRIBUTE = re.compile(r"attribute '([^']+)'", re.IGNORECASE)
_CLARK = re.compile(r"\{[^{}]+\}[\w.-]+")
_STEP = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")

_BY_TYPE = {
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "schema.attribute_missing",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "schema.attribute_unknown",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "schema.attribute_unknown",
    "SCHEMAV_CVC_TYPE_3_1_1": "schema.attribute_unknown",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "schema.text",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_2": "schema.children",
    "SCHEMAV_CVC_TYPE_3_1_2": "schema.children",
    "SCHEMAV_CVC_ELT_1": "schema.root",
}
"""Message keys by libxml2's type of error, which is stable; its sentences are not."""
_VALUES = ("_VALID", "SCHEMAV_CVC_DATATYPE_VALID_1_2_1", "SCHEMAV_CVC_DATATYPE_VALID_1_2_2")
_PRIMITIVES = {"decimal", "date", "time", "boolean"}


class SchemaFault(NamedTuple):
    """One fault that the schema finds in a document."""

    line: int | None
    """Counted from 1; where an element is missing, that of the element in its place or around it."""
    xpath: str
    """The element that the fault is about, also where it is missing; empty where it is not known."""
    message_key: str
    """A key of messages.csv, such as ``schema.missing``."""
    element: str
    """With its usual prefix: ``cac:LegalMonetaryTotal``."""
    found: str | None = None
    """What is there instead: a text, or the name of an element."""
    expected: str | None = None
    """The one thing expected: an element, a number of times, a type of XSD."""
    detail: str | None = None
    """The element around it, the name of an attribute, or what the validator says."""


class LogEntry(NamedTuple):
    """What libxml2 says of one element, copied from its log."""

    type_name: str
    path: str | None
    message: str


def without_node(entry: LogEntry) -> SchemaFault:
    """Make a fault of a log entry alone, where its element is not known."""
    message = _CLARK.sub(lambda name: prefixed(name[0]), entry.message)
    named = _CLARK.search(entry.message)
    return SchemaFault(None, "", "schema.other", prefixed(named[0]) if named else "", detail=cut(message))


def cut(text: str) -> str:
    """Shorten a text of a document for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED * 4 else text[: _QUOTED * 4] + "…"


def find(root: _Element, path: str | None) -> _Element | None:
    """Find the element below ``root`` that a path of libxml2 means: ``/*/cac:InvoiceLine[2]/cbc:ID``."""
    if not path:
        return None
    steps = [step for step in path.split("/")[2:] if not step.startswith("@")]
    # The prefixes are those of the document, so they are compared as text.
    tests = [
        (f"[name()='{step[1]}']" if step[1] != "*" else "", step[2] or 1)
        for step in map(_STEP.match, steps)
        if step
    ]
    found = root.xpath("/".join([".", *(f"*{test}[{position}]" for test, position in tests)]))
    return found[0] if isinstance(found, list) and found and isinstance(found[0], _Element) else None


def explain(entry: LogEntry, node: _Element, schema: "XMLSchema10 | None") -> SchemaFault:
    """Explain one log entry about ``node``; xmlschema, where there is one, is asked about that node only."""
    declared = _Declared(schema)
    if entry.type_name == "SCHEMAV_ELEMENT_CONTENT":
        return declared.content(entry, node)
    named = _ATTRIBUTE.search(entry.message)
    attribute = named[1] if named else None
    message_key = _BY_TYPE.get(entry.type_name)
    here = SchemaFault(line_of(node), xpath_of(node), message_key or "schema.other", prefixed(str(node.tag)))
    if message_key is None and entry.type_name.endswith(_VALUES):
        return declared.value(here, node, attribute)
    if message_key is None:
        return here._replace(detail=without_node(entry).detail)
    if message_key == "schema.text":
        return here._replace(found=_quote("".join(str(text) for text in node.xpath("text()"))))
    if message_key == "schema.root":
        return here._replace(found=here.element)
    return here._replace(detail=attribute)


def _quote(text: str | None) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _read(element: _Element) -> "Element":
    """Return the element as the type that xmlschema declares; its documentation says that lxml's works."""
    return cast("Element", element)


class _Declared:
    """The declarations of the schema, as xmlschema has them."""

    def __init__(self, schema: "XMLSchema10 | None") -> None:
        self._schema = schema

    def _element(self, node: _Element) -> "XsdElement | None":
        return self._schema.maps.elements.get(str(node.tag)) if self._schema is not None else None

    def value(self, here: SchemaFault, node: _Element, attribute: str | None) -> SchemaFault:
        """Explain a text, or the value of an attribute, that is not of its type."""
        if attribute is not None:
            return here._replace(
                message_key="schema.attribute_value", found=_quote(node.get(attribute)), detail=attribute
            )
        here = here._replace(message_key="schema.value", found=_quote(node.text))
        declared = self._element(node)
        if declared is None:
            return here
        alone = etree.Element(str(node.tag), dict(node.attrib), node.nsmap)
        alone.text = node.text
        why = next((str(error.reason) for error in declared.iter_errors(_read(alone))), None)
        simple = declared.type.simple_type
        name = getattr(getattr(simple, "primitive_type", simple), "local_name", None) or ""
        message_key = f"schema.{name}" if name in _PRIMITIVES else "schema.value"
        # Some of xmlschema's reasons name its own classes, which do not help a user.
        detail = cut(why) if why and "<class" not in why else None
        return here._replace(message_key=message_key, expected=f"xs:{name}" if name else None, detail=detail)

    def content(self, entry: LogEntry, node: _Element) -> SchemaFault:
        """Explain a child that is missing or in the wrong place."""
        if "Missing child" in entry.message:
            return self._missing(node, self._needed(node, list(node)), None)
        parent = node.getparent()
        if parent is None:
            return without_node(entry)
        children = list(parent)
        index = children.index(node)
        wrong = self._misplaced(parent, children, index)
        if wrong is None:
            needed = self._needed(parent, children[: index + 1])
            if needed is not None and needed not in {prefixed(str(child.tag)) for child in children[index:]}:
                return self._missing(parent, needed, node)
            wrong = ("schema.after" if needed else "schema.unexpected", needed)
        message_key, expected = wrong
        element = prefixed(str(node.tag))
        return SchemaFault(
            line_of(node),
            xpath_of(node),
            message_key,
            element,
            element,
            expected,
            prefixed(str(parent.tag)),
        )

    @staticmethod
    def _missing(parent: _Element, needed: str | None, instead: _Element | None) -> SchemaFault:
        """Report a child that ``parent`` lacks, and the element in its place if there is one."""
        around = prefixed(str(parent.tag))
        if needed is None:
            return SchemaFault(line_of(parent), xpath_of(parent), "schema.incomplete", around, detail=around)
        xpath = f"{xpath_of(parent)}/{needed}"
        if instead is None:
            return SchemaFault(line_of(parent), xpath, "schema.missing", needed, None, needed, around)
        found = prefixed(str(instead.tag))
        return SchemaFault(line_of(instead), xpath, "schema.missing_before", needed, found, needed, around)

    def _needed(self, parent: _Element, children: list[_Element]) -> str | None:
        """Ask xmlschema which element must be where the last of ``children`` is."""
        declared = self._element(parent)
        if declared is None:
            return None
        shallow = etree.Element(str(parent.tag), dict(parent.attrib), parent.nsmap)
        # Of siblings that may be repeated one is enough, and a document may have a million.
        repeated = {name for name, maximum in self._sequence(parent).items() if maximum is None}
        for before, child in zip([None, *children], children, strict=False):
            name = str(child.tag)
            if before is None or child is children[-1] or name not in repeated or before.tag != name:
                etree.SubElement(shallow, name)
        for error in declared.iter_errors(_read(shallow)):
            if getattr(error, "elem", None) is shallow and getattr(error, "particle", None) is not None:
                options = [option for option in getattr(error, "expected", None) or () if option.name]
                musts = [option.name for option in options if option.min_occurs]
                return prefixed(musts[0]) if musts else None
        return None

    def _misplaced(
        self, parent: _Element, children: list[_Element], index: int
    ) -> tuple[str, str | None] | None:
        """Compare a child with UBL's sequence; None where what is wrong is not the child itself."""
        places = self._sequence(parent)
        name = str(children[index].tag)
        if not places:
            return None
        if name not in places:
            local = etree.QName(name).localname
            twin = next((place for place in places if etree.QName(place).localname == local), None)
            return ("schema.namespace", prefixed(twin)) if twin else ("schema.unknown", None)
        order = list(places)
        before = [str(child.tag) for child in children[:index]]
        later = [tag for tag in before if tag in places and order.index(tag) > order.index(name)]
        if later:
            return "schema.before", prefixed(later[0])
        maximum = places[name]
        if maximum is not None and before.count(name) >= maximum:
            return "schema.too_many", str(maximum)
        return None

    def _sequence(self, parent: _Element) -> dict[str, int | None]:
        """Return the names of a plain sequence with the maximum of each; nothing for other models."""
        declared = self._element(parent)
        group = getattr(declared.type, "content", None) if declared is not None else None
        if getattr(group, "model", None) != "sequence":
            return {}
        particles = list(group)  # type: ignore[arg-type]
        if any(getattr(particle, "name", None) is None for particle in particles):
            return {}
        return {str(particle.name): particle.max_occurs for particle in particles}
