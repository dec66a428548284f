"""Lines of one document look alike: where the markup of two is the same, only their texts are read anew."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.aggregate import Aggregate
from cuadre.engine.element import Element

Markup = tuple[str, ...]
_TEXT = re.compile(">([^<]+)<")
_SIGHTS = 3
_MOST = 64
_LONGEST = 20_000


def _split(element: _Element) -> tuple[Markup, list[str]] | None:
    """Split an element into its markup and its texts; None where that cannot be kept or told."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    if "&" in written or len(written) > _LONGEST:
        return None
    pieces = _TEXT.split(written)
    return tuple(pieces[::2]), pieces[1::2]


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


Read = Callable[[_Element, Mapping[str, Any]], Aggregate | None]
"""Reads an element, with amounts from a mapping; None where there is more to say of it than its values."""


class Cookbook:
    """The recipes that were learnt, for all documents: those of one issuer look alike too.

    To learn one takes as long as to read three lines, and each use saves half a line; so a markup is
    learnt when it is seen for the fourth time. Few are kept, and all are forgotten when there are more.
    Safe between threads: what two of them do at once is done twice.
    """

    def __init__(self) -> None:
        self._recipes: dict[tuple[str, Markup], Recipe | None] = {}
        self._sights: dict[tuple[str, Markup], int] = {}

    def make(
        self, element: _Element, currency: str, amounts: Mapping[str, object], read: Read
    ) -> Aggregate | None:
        """Make an element from its texts, in a document of a currency; None where it has to be read.

        ``read`` reads one, with amounts from a mapping. Raises ValueError as ``Recipe.make`` does.
        """
        found = _split(element)
        if found is None:
            return None
        markup, texts = found
        key = currency, markup
        recipe = self._recipes.get(key)
        if recipe is None and key not in self._recipes:
            recipe = self._meet(key, element, texts, read)
        return None if recipe is None else recipe.make(texts, amounts)

    def _meet(
        self, key: tuple[str, Markup], element: _Element, texts: Sequence[str], read: Read
    ) -> Recipe | None:
        sights = self._sights.get(key, 0)
        if sights < _SIGHTS:
            if len(self._sights) >= _MOST:
                self._sights.clear()
            self._sights[key] = sights + 1
            return None
        if len(self._recipes) >= _MOST:
            self._recipes.clear()
        recipe = self._recipes[key] = _learn(element, key[1], texts, read)
        return recipe


def _learn(element: _Element, markup: Markup, texts: Sequence[str], read: Read) -> Recipe | None:
    """Find out where the texts of an element go, by reading a copy that has a mark for each.

    None where that does not show it: text beside elements, blank text, an element that cannot be read.
    """
    if any(_MARK in piece for piece in markup):
        return None
    specimen = deepcopy(element)
    marks = _Marks()
    for node in specimen.iter():
        if node.text:
            # The space shows whether a field strips its text.
            node.text = f" {_MARK}{len(marks)}"
            marks[node.text] = _Amount(len(marks))
        if node.tail or (node.text and len(node)):
            return None
    try:
        made = read(specimen, marks) if len(marks) == len(texts) else None
        return None if made is None else _recipe(made, marks)
    except ValueError:
        return None


_MARK = "\ue000"


def _recipe(made: Aggregate, marks: _Marks) -> Recipe:
    found = Recipe(type(made), {}, [], [], [], [])
    for field, value in made:
        found.constants[field] = value
        if isinstance(value, _Amount):
            found.amounts.append((field, value.text))
        elif isinstance(value, str) and _MARK in value:
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
