"""How to make a part of a document from its texts alone, learnt from one that has the same markup."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple, Protocol

from lxml.etree import _Element

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.element import Element
from cuadre.ubl.reading.bindings import AggregateBinding

MARK = "\ue000"
"""Begins what stands in a specimen for a text; markup that holds it has no template."""
Make = Callable[[dict[str, Any]], Aggregate]


class LineTemplate:
    """A flat list of what to do, since this runs for every line: parts are named by their numbers.

    The first part is the whole, and each part comes after the one that it belongs to.
    """

    def __init__(self, made: Aggregate, marks: "_Marks") -> None:
        self._blanks: list[dict[str, Any]] = []
        self._codes: list[tuple[int, str, int]] = []
        self._amounts: list[tuple[int, str, int]] = []
        self._texts: list[tuple[int, str, int]] = []
        self._others: list[tuple[int, str, _Carried]] = []
        self._kept: list[tuple[int, dict[str, dict[str, str]]]] = []
        self._parts: list[tuple[Make, int, int, str, bool]] = []
        self._make: Make = type(made).of_checked
        self._add(made, marks)
        self._parts.reverse()

    def make(self, texts: Sequence[str], amounts: Mapping[str, object]) -> Aggregate:
        """Make the part; raise ValueError where a text is not the amount that it should be."""
        parts = [blank.copy() for blank in self._blanks]
        for part, kept in self._kept:
            parts[part]["attributes"] = {name: dict(attributes) for name, attributes in kept.items()}
        for part, field, text in self._codes:
            parts[part][field] = texts[text].strip()
        for part, field, text in self._amounts:
            parts[part][field] = amounts[texts[text]]
        for part, field, text in self._texts:
            parts[part][field] += (texts[text],)
        for part, field, carried in self._others:
            parts[part][field] += (carried.make(texts),)
        for make, part, owner, field, many in self._parts:
            made = make(parts[part])
            parts[owner][field] = (made, *parts[owner][field]) if many else made
        return self._make(parts[0])

    def _add(self, made: Aggregate, marks: "_Marks") -> int:
        number = len(self._blanks)
        blank = dict(made)
        self._blanks.append(blank)
        if made.attributes:
            self._kept.append((number, made.attributes))
        for field, value in made:
            if isinstance(value, _Amount):
                self._amounts.append((number, field, value.text))
            elif isinstance(value, str) and MARK in value:
                self._codes.append((number, field, marks[f" {value}"].text))
            elif isinstance(value, Aggregate):
                self._own(value, number, field, marks, many=False)
            elif isinstance(value, tuple):
                blank[field] = ()
                for one in value:
                    self._member(one, number, field, marks)
        return number

    def _own(self, part: Aggregate, owner: int, field: str, marks: "_Marks", *, many: bool) -> None:
        place = len(self._parts)
        number = self._add(part, marks)
        # What belongs to the part is made before it, when the list is turned round.
        self._parts.insert(place, (type(part).of_checked, number, owner, field, many))

    def _member(self, value: object, number: int, field: str, marks: "_Marks") -> None:
        if isinstance(value, Aggregate):
            self._own(value, number, field, marks, many=True)
        elif isinstance(value, Element):
            self._others.append((number, field, _carried(value, marks)))
        else:
            self._texts.append((number, field, marks[str(value)].text))


class _Carried(NamedTuple):
    """How to make an element that has no field."""

    element: Element
    text: int | None
    children: list["_Carried"]

    def make(self, texts: Sequence[str]) -> Element:
        children = tuple([child.make(texts) for child in self.children])
        text = "" if self.text is None else texts[self.text]
        return Element(self.element.name, text, dict(self.element.attributes), children)


def _carried(element: Element, marks: "_Marks") -> _Carried:
    text = marks[element.text].text if element.text else None
    return _Carried(element, text, [_carried(child, marks) for child in element.children])


class _Amount(NamedTuple):
    """Stands in a specimen where an amount will be."""

    text: int


class _Marks(dict[str, _Amount]):
    """The marks of a specimen, which read as amounts; what is no mark, such as nothing, is no amount."""

    def __missing__(self, text: str) -> _Amount:
        sentence = f"{text!r} is no mark"
        raise ValueError(sentence)


class SpecimenReader(Protocol):
    """What reads an element that has no template yet."""

    currency: str
    amounts: Mapping[str, Any]

    def specimen(
        self, node: _Element, binding: AggregateBinding, marks: Mapping[str, Any]
    ) -> Aggregate | None:
        """Read an element whose texts are marks; None where there is more to say of it than its values."""
        ...


def learn(
    element: _Element, binding: AggregateBinding, count: int, reader: SpecimenReader
) -> LineTemplate | None:
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
        made = reader.specimen(specimen, binding, marks) if len(marks) == count else None
        return None if made is None else LineTemplate(made, marks)
    except ValueError:
        return None
