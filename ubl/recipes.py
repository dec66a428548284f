"""How to make a part of a document from its texts alone, learnt from one that has the same markup."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple, Protocol

from lxml.etree import _Element

from cuadre.engine.aggregate import Aggregate
from cuadre.engine.element import Element
from cuadre.ubl.plan import Plan

MARK = "\ue000"
"""Begins what stands in a specimen for a text; markup that holds it has no recipe."""


class Recipe(NamedTuple):
    """How to make a part from texts alone: what is constant, and which field takes which text."""

    model: type[Aggregate]
    constants: dict[str, Any]
    codes: list[tuple[str, int]]
    amounts: list[tuple[str, int]]
    parts: list[tuple[str, "Recipe"]]
    lists: list[tuple[str, "list[int | Recipe | Carried]"]]

    def make(self, texts: Sequence[str], amounts: Mapping[str, object]) -> Aggregate:
        """Make the part; raise ValueError where a text is not the amount that it should be."""
        fields = self.constants.copy()
        for field, index in self.codes:
            fields[field] = texts[index].strip()
        for field, index in self.amounts:
            fields[field] = amounts[texts[index]]
        for field, part in self.parts:
            fields[field] = part.make(texts, amounts)
        for field, members in self.lists:
            fields[field] = tuple(
                [texts[one] if type(one) is int else one.make(texts, amounts) for one in members]  # type: ignore[union-attr]
            )
        return self.model.of_checked(fields)


class Carried(NamedTuple):
    """How to make an element that has no field."""

    element: Element
    text: int | None
    children: list["Carried"]

    def make(self, texts: Sequence[str], amounts: Mapping[str, object]) -> Element:
        """Make the element."""
        children = tuple([child.make(texts, amounts) for child in self.children])
        text = "" if self.text is None else texts[self.text]
        return Element(self.element.name, text, self.element.attributes, children)


class _Amount(NamedTuple):
    """Stands in a specimen where an amount will be."""

    text: int


class _Marks(dict[str, _Amount]):
    """The marks of a specimen, which read as amounts; what is no mark, such as nothing, is no amount."""

    def __missing__(self, text: str) -> _Amount:
        sentence = f"{text!r} is no mark"
        raise ValueError(sentence)


class Reader(Protocol):
    """What reads an element that has no recipe yet."""

    currency: str
    amounts: Mapping[str, Any]

    def specimen(self, node: _Element, plan: Plan, marks: Mapping[str, Any]) -> Aggregate | None:
        """Read an element whose texts are marks; None where there is more to say of it than its values."""
        ...


def learn(element: _Element, plan: Plan, count: int, reader: Reader) -> Recipe | None:
    """Find out where the texts of an element go, by reading a copy that has a mark for each.

    None where that does not show it: text beside elements, blank text, an element that cannot be read.
    """
    specimen = deepcopy(element)
    marks = _Marks()
    for node in specimen.iter():
        if node.text:
            # The space shows whether a field strips its text.
            node.text = f" {MARK}{len(marks)}"
            marks[node.text] = _Amount(len(marks))
        if node.tail or (node.text and len(node)):
            return None
    try:
        made = reader.specimen(specimen, plan, marks) if len(marks) == count else None
        return None if made is None else _recipe(made, marks)
    except ValueError:
        return None


def _recipe(made: Aggregate, marks: _Marks) -> Recipe:
    found = Recipe(type(made), {}, [], [], [], [])
    for field, value in made:
        found.constants[field] = value
        if isinstance(value, _Amount):
            found.amounts.append((field, value.text))
        elif isinstance(value, str) and MARK in value:
            found.codes.append((field, marks[f" {value}"].text))
        elif isinstance(value, Aggregate):
            found.parts.append((field, _recipe(value, marks)))
        elif isinstance(value, tuple) and value:
            found.lists.append((field, [_member(one, marks) for one in value]))
    return found


def _member(value: object, marks: _Marks) -> "int | Recipe | Carried":
    if isinstance(value, Aggregate):
        return _recipe(value, marks)
    if isinstance(value, Element):
        return _carried(value, marks)
    return marks[str(value)].text


def _carried(element: Element, marks: _Marks) -> Carried:
    text = marks[element.text].text if element.text else None
    return Carried(element, text, [_carried(child, marks) for child in element.children])
