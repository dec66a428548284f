"""Read the tree of a UBL document in one pass: each element into its field, a list, or ``other``."""

from collections.abc import Mapping
from typing import Any, cast

from lxml.etree import _Element

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import DocumentError
from cuadre.engine.limits import MAX_PROBLEMS
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document, DocumentKind, ForeignCurrency
from cuadre.engine.model.element import Element
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Place, format_path
from cuadre.engine.texts import say
from cuadre.ubl.mapping.extensions import (
    CONTENT,
    DIAN_EXTENSIONS,
    EXTENSION,
    EXTENSIONS,
    OLD_DIAN_EXTENSIONS,
    SIGNATURE,
    signing_time,
)
from cuadre.ubl.mapping.namespaces import STS_OLD, prefixed
from cuadre.ubl.mapping.vocabulary import AMOUNT, ATTRIBUTED, INLINE, PART, PARTS, TEXT, WRAPPED_TEXTS
from cuadre.ubl.reading.bindings import AggregateBinding, ElementBinding, dian_binding, root_binding
from cuadre.ubl.reading.line_templates import LineTemplates
from cuadre.ubl.reading.lines import line_of
from cuadre.ubl.reading.source import xpath_of

Fields = dict[str, Any]
Trail = tuple[Any, ...]
"""A path as nested tuples: the trail to the parent, then a field, then its index if it has one."""


class _Amounts(dict[str, Any]):
    """Amounts by their text: a document has most of them more than once, and each is parsed once."""

    def __missing__(self, text: str) -> object:
        value = self[text] = parse_amount(text)
        return value


class Reader:
    """The reader of one document; ``currency`` is the document's."""

    def __init__(
        self, currency: str, file: str | None, line_offset: int, amounts: Mapping[str, Any] | None = None
    ) -> None:
        self.currency = currency
        self.in_currency = [("currencyID", currency)]
        self.file = file
        self.line_offset = line_offset
        self.amounts = _Amounts() if amounts is None else amounts
        self.without_template = 0
        """How many aggregates in a row had no template."""
        self.foreign: list[ForeignCurrency] = []
        self.problems: list[tuple[Path, ValueError, str]] = []
        """The first values that cannot be understood: where, why, and the text."""
        self.more_problems = 0
        """How many more there are."""

    def document(self, root: _Element, name: str, kind: DocumentKind) -> Document:
        """Read a document from its root; it must not be used where ``problems`` were found."""
        binding = root_binding(name)
        fields = binding.blank.copy()
        fields["kind"] = kind
        if root.keys():
            fields["attributes"] = {".": dict(self._attributes(root))}
        if len(root.nsmap) > _MOST_NAMESPACES:
            # Each template would copy them all, and libxml2's time for that is the square of their number.
            self.without_template = _MOST_WITHOUT_TEMPLATE
        self._children(root, binding, fields, ())
        fields["foreign_currencies"] = tuple(self.foreign)
        return cast("Document", binding.make(fields))

    def sample(
        self, node: _Element, binding: AggregateBinding, amounts: Mapping[str, Any]
    ) -> Aggregate | None:
        """Read an aggregate with these amounts; None where it has problems or a foreign currency."""
        reader = Reader(self.currency, self.file, self.line_offset, amounts)
        made = reader._one(node, binding, ())
        return None if reader.problems or reader.foreign else made

    def _aggregate(self, node: _Element, binding: AggregateBinding, trail: Trail) -> Aggregate:
        """Read an aggregate, from a template where there is one for its markup."""
        if self.without_template < _MOST_WITHOUT_TEMPLATE:
            try:
                made = _TEMPLATES.make(node, binding, self)
            except ValueError:
                made = None  # A text is no amount: the aggregate is read again to find its place.
            if made is not None:
                self.without_template = 0
                return made
            self.without_template += 1
        return self._one(node, binding, trail)

    def _one(self, node: _Element, binding: AggregateBinding, trail: Trail) -> Aggregate:
        if node.keys():
            self._attributes(node)  # UBL gives an aggregate none, so they are not kept, but limited.
        fields = binding.blank.copy()
        self._children(node, binding, fields, trail)
        return binding.make(fields)

    def _children(  # noqa: C901, PLR0912 - one loop, because a call for each element would cost a third more
        self, node: _Element, binding: AggregateBinding, fields: Fields, trail: Trail
    ) -> None:
        """Read the children of ``node`` into ``fields``; most of the time is spent here."""
        find = binding.elements.get
        amounts = self.amounts
        # A slice is read a third faster than an iterator, and keys() faster than attrib.
        for child in node[:]:
            bound = find(child.tag)  # type: ignore[arg-type]
            if bound is None:
                self._unknown(child, fields)
                continue
            form, field, inner, convert, _, _, _ = bound
            if form <= ATTRIBUTED:
                if fields[field] is not None or len(child):
                    raise self._refusal(child, trail, repeated=fields[field] is not None)
                text = child.text or ""
                try:
                    fields[field] = amounts[text] if convert is parse_amount else convert(text)
                except ValueError as error:
                    fields[field] = text
                    self._problem((*_path(trail), field), error, text)
                if form == TEXT:
                    if child.keys():
                        _kept(fields)[field] = dict(self._attributes(child))
                elif form == AMOUNT:
                    if len(child.keys()) != 1 or child.items() != self.in_currency:
                        self._odd_amount(child, field, fields, trail)
                else:
                    self._attributed(child, bound, fields)
            elif form == INLINE:
                self._inline(child, inner, fields, trail)
            elif form == PARTS:
                parts = _list(fields, field)
                read = self._aggregate if inner.has_templates else self._one
                parts.append(read(child, inner, (trail, field, len(parts))))
            elif form == PART:
                if fields[field] is not None:
                    raise self._refusal(child, trail, repeated=True)
                read = self._aggregate if inner.has_templates else self._one
                fields[field] = read(child, inner, (trail, field))
            else:
                self._texts(child, bound, fields, trail)

    def _problem(self, path: Path, error: ValueError, text: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append((path, error, text))
        else:
            self.more_problems += 1

    def _odd_amount(self, element: _Element, field: str, fields: Fields, trail: Trail) -> None:
        """Keep a currencyID that is not the document's, and other attributes."""
        attributes = dict(self._attributes(element))
        currency = attributes.pop("currencyID", None)
        if currency != self.currency:
            self.foreign.append(ForeignCurrency(path=(*_path(trail), field), currency_id=currency))
        if attributes:
            _kept(fields)[field] = attributes

    def _attributed(self, element: _Element, bound: ElementBinding, fields: Fields) -> None:
        """Read the attributes that have fields; keep the others where they are not the usual ones."""
        named = bound.named
        others: dict[str, str] = {}
        for name, value in self._attributes(element):
            if name in named:
                fields[named[name]] = value.strip()
            else:
                others[name] = value
        if others != bound.usual:
            _kept(fields)[bound.field] = others

    def _inline(self, element: _Element, binding: AggregateBinding, fields: Fields, trail: Trail) -> None:
        """Read an aggregate into the fields around it; what has no field stays in an element."""
        if element.keys():
            self._attributes(element)  # As of any aggregate.
        around = fields["other"]
        fields["other"] = ()
        self._children(element, binding, fields, trail)
        inside, fields["other"] = fields["other"], around
        if inside:
            _list(fields, "other").append(Element(str(element.tag), children=tuple(inside)))

    def _unknown(self, element: _Element, fields: Fields) -> None:
        """Keep an element that has no field; UBLExtensions have fields, but no field map."""
        if element.tag == EXTENSIONS:
            self._extensions(element, fields)
        else:
            _list(fields, "other").append(self._element(element))

    def _extensions(self, extensions: _Element, fields: Fields) -> None:
        """Read DianExtensions and the time of a signature; keep every other extension."""
        for element in extensions.iter(EXTENSIONS, EXTENSION, CONTENT):
            self._attributes(element)  # As of any aggregate.
        for extension in extensions:
            contents = [part for content in extension.iterchildren(CONTENT) for part in content]
            known = [part for part in contents if part.tag in DIAN_EXTENSIONS]
            for signature in extension.iter(SIGNATURE):
                signing_time(signature, fields)
            if known and fields["dian_extensions"] is None:
                binding = dian_binding(str(known[0].tag))
                dian = binding.blank.copy()
                if known[0].tag == OLD_DIAN_EXTENSIONS:
                    dian["attributes"] = {".": {"xmlns": STS_OLD}}
                self._children(known[0], binding, dian, ((), "dian_extensions"))
                fields["dian_extensions"] = binding.make(dian)
            elif contents and contents[0].tag != SIGNATURE:
                _list(fields, "extensions").append(self._element(extension))

    def _texts(self, element: _Element, bound: ElementBinding, fields: Fields, trail: Trail) -> None:
        """Read one of several texts, or the text inside one of several aggregates."""
        if bound.form == WRAPPED_TEXTS:
            children = element[:]
            alone = len(children) == 1 and children[0].tag == bound.inside and not len(children[0])
            if not alone or children[0].keys():
                _list(fields, "other").append(self._element(element))
                return
            element = children[0]
        if len(element):
            raise self._refusal(element, trail, repeated=False)
        texts = _list(fields, bound.field)
        if element.keys():
            _kept(fields)[f"{bound.field}[{len(texts)}]"] = dict(self._attributes(element))
        texts.append(element.text or "")

    def _element(self, element: _Element) -> Element:
        children = tuple([self._element(child) for child in element[:]])
        text = element.text or ""
        if children and not text.strip():
            text = ""
        attributes = dict(self._attributes(element)) if element.keys() else _NO_ATTRIBUTES
        return Element(str(element.tag), text, attributes, children)

    def _attributes(self, element: _Element) -> list[tuple[str, str]]:
        """Read all attributes; lxml's time for it is the square of their number, so that is limited."""
        if len(element.keys()) > _MOST_ATTRIBUTES:
            sentence = say(
                "cuadre.ubl:attributes", element=prefixed(str(element.tag)), limit=_MOST_ATTRIBUTES
            )
            raise DocumentError(sentence, problems=[], line=line_of(element, self.line_offset))
        return element.items()

    def _refusal(self, element: _Element, trail: Trail, *, repeated: bool) -> DocumentError:
        name = prefixed(str(element.tag))
        sentence = say("cuadre.ubl:twice" if repeated else "cuadre.ubl:no_text", element=name)
        place = Place(
            format_path(_path(trail)), self.file, line_of(element, self.line_offset), xpath_of(element)
        )
        problem = {"place": place, "sentence": sentence}
        return DocumentError(sentence, problems=[problem], line=place.line)


def _kept(fields: Fields) -> dict[str, dict[str, str]]:
    """Return the attributes that are kept; the field is None until there are any."""
    found: dict[str, dict[str, str]] = fields["attributes"] or {}
    fields["attributes"] = found
    return found


def _list(fields: Fields, name: str) -> list[Any]:
    """Return the list of a field; the field is an empty tuple until then."""
    found: list[Any] = fields[name] or []
    fields[name] = found
    return found


def _path(trail: Trail) -> Path:
    steps: list[str | int] = []
    while trail:
        trail, *last = trail
        steps[:0] = last
    return tuple(steps)


_NO_ATTRIBUTES: dict[str, str] = {}
_MOST_ATTRIBUTES = 32
"""UBL allows an element nine, and two of XMLSchema-instance."""
_MOST_NAMESPACES = 64
_MOST_WITHOUT_TEMPLATE = 50
_TEMPLATES = LineTemplates()
