"""Render a Document as the UBL 2.1 that DIAN asks for; elements are in the order of order.csv."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from lxml import etree
from lxml.etree import SubElement, _Element

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.model.element import Element
from cuadre.engine.model.scalars import Path, format_amount
from cuadre.engine.texts import say
from cuadre.ubl.mapping.extensions import CONTENT, DIAN_EXTENSIONS, EXTENSION, EXTENSIONS
from cuadre.ubl.mapping.field_map import ROOTS
from cuadre.ubl.mapping.namespaces import CAC, CBC, DS, EXT, MAINDOC, STS, XADES, prefixed
from cuadre.ubl.mapping.order import order_of, type_of
from cuadre.ubl.mapping.vocabulary import (
    AMOUNT,
    ATTRIBUTED,
    INLINE,
    PARTS,
    TEXT,
    TEXTS,
    WRAPPED_TEXTS,
    FieldMap,
    MapEntry,
)

_ROOTS = {
    DocumentKind.CREDIT_NOTE: "CreditNote",
    DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT: "CreditNote",
    DocumentKind.EQUIVALENT_DOCUMENT_CREDIT_NOTE: "CreditNote",
    DocumentKind.EQUIVALENT_DOCUMENT_DEBIT_NOTE: "CreditNote",
    DocumentKind.DEBIT_NOTE: "DebitNote",
}


def render(document: Document) -> bytes:
    """Render a document as it is: what it does not state is not written, and nothing is computed.

    Raises DocumentError where a text has a character that XML does not allow.
    """
    tree = render_tree(document).getroottree()
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def render_tree(document: Document) -> _Element:
    """Render a document as a tree; see ``render``."""
    name = _ROOTS.get(document.kind, "Invoice")
    namespaces = {None: MAINDOC.format(name), "cac": CAC, "cbc": CBC, "ext": EXT, "sts": STS, "ds": DS}
    root = etree.Element(f"{{{MAINDOC.format(name)}}}{name}", nsmap={**namespaces, "xades": XADES})
    rendering = _Rendering(document)
    try:
        _root_attributes(root, document)
        rendering.extensions(root)
        rendering.part(root, document, _layout(name), ())
    except DocumentError:
        raise
    except ValueError as error:
        sentence = say("cuadre.ubl:character", error=error)
        raise DocumentError(sentence, problems=[]) from None
    return root


def _root_attributes(root: _Element, document: Document) -> None:
    for key, value in (document.attributes or {}).get(".", {}).items():
        if key.startswith("xmlns"):
            sentence = say("cuadre.ubl:namespace_attribute", key=key)
            raise DocumentError(sentence, problems=[], attribute=key)
        root.set(key, value)


class _Slot(NamedTuple):
    """One element of an aggregate, in its place."""

    name: str
    entry: MapEntry | None
    layout: "_Layout | None"
    has_place: bool = True
    """False where UBL has no such element here: such a field cannot be written."""


class _Layout(NamedTuple):
    """How one aggregate is written: every slot in order, and those that have a field."""

    slots: tuple[_Slot, ...]
    typed: tuple[_Slot, ...]
    known: frozenset[str]


@cache
def _layout(root: str) -> _Layout:
    return _make(ROOTS[root], root)


def _make(field_map: FieldMap, type_name: str | None) -> _Layout:
    """Put the entries of a field map into UBL's order for the type; without a type, keep their order."""
    order = [child.name for child in order_of(type_name)] if type_name else list(field_map)
    names = [*order, *(name for name in field_map if name not in order)]
    slots = []
    for name in names:
        entry = field_map.get(name)
        inner = entry.field_map if entry else {}
        below = type_of(name.rpartition("}")[2]) if name.startswith(f"{{{CAC}}}") else None
        slots.append(_Slot(name, entry, _make(inner, below) if inner else None, name in order))
    typed = tuple([slot for slot in slots if slot.entry is not None])
    return _Layout(tuple(slots), typed, frozenset(names))


class _Rendering:
    """The rendering of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        currency = document.document_currency_code
        self.currency = {} if currency is None else {"currencyID": currency}
        self.foreign = {amount.path: amount.currency_id for amount in document.foreign_currencies}

    def extensions(self, root: _Element) -> None:
        """Write DianExtensions first and the others after it; a signature brings its own extension."""
        dian = self.document.dian_extensions
        if dian is None and not self.document.extensions:
            return
        extensions = SubElement(root, EXTENSIONS)
        if dian is not None:
            namespace = (dian.attributes or {}).get(".", {}).get("xmlns", STS)
            name = f"{{{namespace}}}DianExtensions"
            if name not in DIAN_EXTENSIONS:
                sentence = say("cuadre.ubl:dian_namespace", namespace=namespace)
                raise DocumentError(sentence, problems=[], namespace=namespace)
            content = SubElement(SubElement(extensions, EXTENSION), CONTENT)
            node = SubElement(content, name, nsmap={"sts": namespace})
            self.part(node, dian, _make(DIAN_EXTENSIONS[name], None), ("dian_extensions",))
        for extension in self.document.extensions:
            _write_element(extensions, extension)

    def part(self, node: _Element, part: Aggregate, layout: _Layout, path: Path) -> None:
        """Write the children of an aggregate."""
        if part.other:
            self._with_others(node, part, layout, path, part.other)
            return
        for slot in layout.typed:
            self._slot(node, part, slot, path)

    def _with_others(
        self,
        node: _Element,
        part: Aggregate,
        layout: _Layout,
        path: Path,
        others: Sequence[Element],
    ) -> None:
        """Write children with and without fields, in order; those that UBL does not have come last."""
        waiting: dict[str, list[Element]] = {}
        for element in others:
            waiting.setdefault(element.name, []).append(element)
        for slot in layout.slots:
            same_name = waiting.pop(slot.name, ())
            if slot.entry is not None and slot.entry.form == INLINE:
                inside = tuple([child for element in same_name for child in element.children])
                self._inline(node, part, slot, path, inside)
                continue
            if slot.entry is not None:
                self._slot(node, part, slot, path)
            for element in same_name:
                _write_element(node, element)
        for elements in waiting.values():
            for element in elements:
                _write_element(node, element)

    def _slot(self, node: _Element, part: Aggregate, slot: _Slot, path: Path) -> None:
        name, entry, layout, has_place = slot
        if entry is None:
            return
        form, field = entry.form, entry.field
        if form == INLINE:
            self._inline(node, part, slot, path, ())
            return
        value = getattr(part, field)
        if value is None or value == ():
            return
        if not has_place:
            sentence = say("cuadre.ubl:no_place", element=prefixed(name), parent=prefixed(str(node.tag)))
            raise DocumentError(sentence, problems=[], element=name)
        if form == AMOUNT:
            attributes = self._currency(path, field)
            if part.attributes and field in part.attributes:
                attributes = {**attributes, **part.attributes[field]}
            SubElement(node, name, attributes).text = format_amount(value)
        elif form <= ATTRIBUTED:
            attributes = _attributes(part, entry, form)
            SubElement(node, name, attributes).text = value if type(value) is str else _text(value)
        elif layout is None or form == TEXTS:
            marks = part.attributes or {}
            for index, text in enumerate(value):
                SubElement(node, name, marks.get(f"{field}[{index}]", {})).text = text
        else:
            self._aggregates(node, value, slot, path)

    def _aggregates(self, node: _Element, value: Any, slot: _Slot, path: Path) -> None:  # noqa: ANN401 - a part, parts or texts
        name, entry, layout, _ = slot
        if entry is None or layout is None:
            return
        if entry.form == WRAPPED_TEXTS:
            for text in value:
                SubElement(SubElement(node, name), layout.slots[0].name).text = text
        elif entry.form == PARTS:
            for index, inner in enumerate(value):
                self.part(SubElement(node, name), inner, layout, (*path, entry.field, index))
        else:
            self.part(SubElement(node, name), value, layout, (*path, entry.field))

    def _inline(
        self,
        node: _Element,
        part: Aggregate,
        slot: _Slot,
        path: Path,
        others: Sequence[Element],
    ) -> None:
        """Write an aggregate whose children are fields of ``part``; without children it is not written."""
        inlined = SubElement(node, slot.name)
        layout = slot.layout
        if layout is not None and others:
            self._with_others(inlined, part, layout, path, others)
        elif layout is not None:
            for inner in layout.typed:
                self._slot(inlined, part, inner, path)
        if not len(inlined):
            node.remove(inlined)

    def _currency(self, path: Path, field: str) -> dict[str, str]:
        if not self.foreign:
            return self.currency
        where = (*path, field)
        if where not in self.foreign:
            return self.currency
        currency = self.foreign[where]
        return {} if currency is None else {"currencyID": currency}


_NO_ATTRIBUTES: dict[str, str] = {}


def _attributes(part: Aggregate, entry: MapEntry, form: int) -> dict[str, str]:
    """Return the attributes of a text: those kept from reading, or the usual ones, and those with fields."""
    kept = part.attributes.get(entry.field) if part.attributes else None
    if form == TEXT:
        return kept or _NO_ATTRIBUTES
    attributes = dict(entry.usual if kept is None else kept)
    for name, field in entry.named:
        value = getattr(part, field)
        if value is not None:
            attributes[name] = value
    return attributes


def _text(value: object) -> str:
    return format_amount(value) if isinstance(value, Decimal) else str(value)


def _write_element(parent: _Element, element: Element) -> None:
    """Write an element that has no field; without a namespace it would be read in that of the document."""
    if not element.name.startswith("{"):
        sentence = say("cuadre.ubl:no_namespace", element=element.name)
        raise DocumentError(sentence, problems=[], element=element.name)
    node = SubElement(parent, element.name, element.attributes)
    node.text = element.text or None
    for child in element.children:
        _write_element(node, child)
