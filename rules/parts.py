"""The parts of a document that checks are about, as a tree that follows from the model's annotations."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document, Line
from cuadre.engine.model.fields import field_of, fields_of
from cuadre.engine.texts import say
from cuadre.rules.rule import Check, Rule

DOCUMENT = "document"
"""The name of the whole; other parts have the path to them, without positions."""
Checks = tuple[tuple[Rule, Check], ...]


def part_type(at: str) -> type[Aggregate]:
    """Return what a part is, such as TaxTotal for ``lines.tax_totals``; raise DefinitionError for no part."""
    model: type[Aggregate] = Document
    for name in () if at == DOCUMENT else at.split("."):
        part = field_of(model, name).part
        if part is None:
            sentence = say("cuadre.rules:no_part", at=at)
            raise DefinitionError(sentence, at=at)
        model = part
    return model


class Node(NamedTuple):
    """A part that has checks, or has parts that do; which parts there are follows from the model."""

    name: str
    """The field that holds it."""
    many: bool
    is_line: bool
    checks: Checks
    children: tuple[tuple[Callable[[Any], Any], "Node"], ...]
    """How to get each from the part, and what it is."""


def tree(checks: Mapping[str, Checks]) -> Node:
    """Arrange checks, given by part, as the parts are arranged; raise DefinitionError for no part."""
    return _node(Document, DOCUMENT, checks, "", many=False)


def _node(model: type[Aggregate], name: str, checks: Mapping[str, Checks], at: str, *, many: bool) -> Node:
    prefix = f"{at}." if at else ""
    below = {
        place.removeprefix(prefix).partition(".")[0]
        for place in checks
        if place != DOCUMENT and place.startswith(prefix)
    }
    children = []
    for field in fields_of(model):
        if field.name in below and field.part is not None:
            child = _node(field.part, field.name, checks, prefix + field.name, many=field.many)
            children.append((attrgetter(field.name), child))
    return Node(name, many, model is Line, checks.get(at or DOCUMENT, ()), tuple(children))
