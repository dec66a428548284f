"""A template: how to make a line from its texts alone, found out from a line with the same markup.

A copy of that line is read in which each text is a placeholder with a number. Where a placeholder is in
the result, the text of that number belongs.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple, Protocol

from lxml.etree import _Element

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.element import Element
from cuadre.ubl.reading.bindings import AggregateBinding

PLACEHOLDER = "\ue000"
"""Begins each placeholder; markup that has this character gets no template."""
Make = Callable[[dict[str, Any]], Aggregate]


class Template:
    """What to do, as flat lists, since this runs for every line. Parts are named by their numbers.

    The first part is the line itself, and each part comes after the one that it belongs to.
    """

    def __init__(self, made: Aggregate, placeholders: "_Placeholders") -> None:
        self._fields: list[dict[str, Any]] = []
        self._codes: list[tuple[int, str, int]] = []
        self._amounts: list[tuple[int, str, int]] = []
        self._texts: list[tuple[int, str, int]] = []
        self._elements: list[tuple[int, str, _ElementTemplate]] = []
        self._attributes: list[tuple[int, dict[str, dict[str, str]]]] = []
        self._parts: list[tuple[Make, int, int, str, bool]] = []
        self._make: Make = type(made).maker()
        self._add(made, placeholders)
        self._parts.reverse()

    def make(self, texts: Sequence[str], amounts: Mapping[str, object]) -> Aggregate:
        """Make the line; raise ValueError where a text is not the amount that it should be."""
        parts = [fields.copy() for fields in self._fields]
        for number, attributes in self._attributes:
            parts[number]["attributes"] = {name: dict(values) for name, values in attributes.items()}
        for number, field, text in self._codes:
            parts[number][field] = texts[text].strip()
        for number, field, text in self._amounts:
            parts[number][field] = amounts[texts[text]]
        for number, field, text in self._texts:
            parts[number][field] += (texts[text],)
        for number, field, element in self._elements:
            parts[number][field] += (element.make(texts),)
        for make, number, owner, field, several in self._parts:
            made = make(parts[number])
            parts[owner][field] = (made, *parts[owner][field]) if several else made
        return self._make(parts[0])

    def _add(self, made: Aggregate, placeholders: "_Placeholders") -> int:
        number = len(self._fields)
        fields = dict(made)
        self._fields.append(fields)
        if made.attributes:
            self._attributes.append((number, made.attributes))
        for field, value in made:
            if isinstance(value, _Number):
                self._amounts.append((number, field, value.text))
            elif isinstance(value, str) and PLACEHOLDER in value:
                self._codes.append((number, field, placeholders[f" {value}"].text))
            elif isinstance(value, Aggregate):
                self._add_part(value, number, field, placeholders, several=False)
            elif isinstance(value, tuple):
                fields[field] = ()
                for member in value:
                    self._add_member(member, number, field, placeholders)
        return number

    def _add_part(
        self, part: Aggregate, owner: int, field: str, placeholders: "_Placeholders", *, several: bool
    ) -> None:
        place = len(self._parts)
        number = self._add(part, placeholders)
        # The list is reversed at the end, so that the parts of this one are made before it.
        self._parts.insert(place, (type(part).maker(), number, owner, field, several))

    def _add_member(self, value: object, number: int, field: str, placeholders: "_Placeholders") -> None:
        if isinstance(value, Aggregate):
            self._add_part(value, number, field, placeholders, several=True)
        elif isinstance(value, Element):
            self._elements.append((number, field, _element_template(value, placeholders)))
        else:
            self._texts.append((number, field, placeholders[str(value)].text))


class _ElementTemplate(NamedTuple):
    """How to make an element that has no field."""

    element: Element
    text: int | None
    children: list["_ElementTemplate"]

    def make(self, texts: Sequence[str]) -> Element:
        children = tuple([child.make(texts) for child in self.children])
        text = "" if self.text is None else texts[self.text]
        return Element(self.element.name, text, dict(self.element.attributes), children)


def _element_template(element: Element, placeholders: "_Placeholders") -> _ElementTemplate:
    text = placeholders[element.text].text if element.text else None
    return _ElementTemplate(
        element, text, [_element_template(child, placeholders) for child in element.children]
    )


class _Number(NamedTuple):
    """The number of a text. The reader takes it for the amount that a placeholder is."""

    text: int


class _Placeholders(dict[str, _Number]):
    """The numbers by placeholder; what is no placeholder, such as an empty text, is no amount."""

    def __missing__(self, text: str) -> _Number:
        sentence = f"{text!r} is no placeholder"
        raise ValueError(sentence)


class SampleReader(Protocol):
    """What reads a line with placeholders."""

    currency: str
    amounts: Mapping[str, Any]

    def sample(
        self, node: _Element, binding: AggregateBinding, amounts: Mapping[str, Any]
    ) -> Aggregate | None:
        """Read an aggregate with these amounts; None where it has problems or a foreign currency."""
        ...


def make_template(
    element: _Element, binding: AggregateBinding, count: int, reader: SampleReader
) -> Template | None:
    """Make the template of an element that has ``count`` texts.

    None where there is text beside elements or blank text, or the element cannot be read.
    """
    sample = deepcopy(element)
    placeholders = _Placeholders()
    for node in sample.iter():
        if node.text:
            # The space shows whether a field strips its text.
            node.text = f" {PLACEHOLDER}{len(placeholders)}"
            placeholders[node.text] = _Number(len(placeholders))
        if node.tail or (node.text and len(node)):
            return None
    try:
        made = reader.sample(sample, binding, placeholders) if len(placeholders) == count else None
        return None if made is None else Template(made, placeholders)
    except ValueError:
        return None
