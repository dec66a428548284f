"""What the reader does with each element: the tables of field maps, bound to the models that they fill."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, get_args

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document, Line
from cuadre.engine.model.parties import Party
from cuadre.engine.model.scalars import Amount, Code, Date, parse_date
from cuadre.ubl.mapping.extensions import DIAN_EXTENSIONS
from cuadre.ubl.mapping.field_map import ROOTS
from cuadre.ubl.mapping.vocabulary import FOLD, MANY, MARKED, ONE, FieldMap, Step

Convert = Callable[[str], object]
_CONVERTERS: tuple[tuple[object, Convert], ...] = (
    (Amount, parse_amount),
    (Date, parse_date),
    (Code, str.strip),
    (str, str),
)


_ALIKE = {Line, Party}


class ElementBinding(NamedTuple):
    """A step, and what it makes of an element."""

    take: int
    field: str
    binding: "AggregateBinding"
    """Of an aggregate: how to read what is inside it."""
    convert: Convert
    """Of a text: what turns it into the field's value; raises ValueError."""
    step: Step


class AggregateBinding(NamedTuple):
    """How to read one aggregate into its model."""

    model: type[Aggregate]
    elements: dict[str, ElementBinding]
    """By the element's Clark name."""
    blank: dict[str, Any]
    lists: tuple[str, ...]
    """The fields that take several values."""
    alike: bool = False
    """Whether there is much in it, and others are likely to have the same markup."""

    def make(self, fields: dict[str, Any]) -> Aggregate:
        """Make the part whose ``blank`` were filled; lists become tuples."""
        for name in self.lists:
            if fields[name]:
                fields[name] = tuple(fields[name])
        return self.model.of_checked(fields)


def bind(field_map: FieldMap, model: type[Aggregate]) -> AggregateBinding:
    """Bind a field map to the model that it fills; raise DefinitionError where they do not fit."""
    elements = {name: _bound(step, model) for name, step in field_map.items()}
    lists = [name for name, value in model.blank.items() if value == ()]
    return AggregateBinding(model, elements, model.blank, tuple(lists), model in _ALIKE)


def _bound(step: Step, model: type[Aggregate]) -> ElementBinding:
    if step.take == FOLD:
        return ElementBinding(step.take, "", bind(step.field_map, model), str, step)
    if step.take in {ONE, MANY}:
        return ElementBinding(
            step.take, step.field, bind(step.field_map, _part(model, step.field)), str, step
        )
    convert = _converter(model, step.field) if step.take <= MARKED else str
    return ElementBinding(step.take, step.field, _NOTHING, convert, step)


_NOTHING = AggregateBinding(Aggregate, {}, {}, ())


def _part(model: type[Aggregate], field: str) -> type[Aggregate]:
    part: type[Aggregate] = get_args(model.model_fields[field].annotation)[0]
    if not issubclass(part, Aggregate):
        sentence = f"{model.__name__}.{field} is read as an aggregate and is none"
        raise DefinitionError(sentence, model=model.__name__, field=field)
    return part


def _converter(model: type[Aggregate], field: str) -> Convert:
    kinds: tuple[Any, ...] = get_args(model.model_fields[field].annotation)
    for kind, convert in _CONVERTERS:
        if kind in kinds:
            return convert
    sentence = f"{model.__name__}.{field} is read as a text and is none"
    raise DefinitionError(sentence, model=model.__name__, field=field)


@cache
def root_binding(name: str) -> AggregateBinding:
    """Return the binding of a document, by the local name of its root; made once."""
    return bind(ROOTS[name], Document)


@cache
def dian_binding(name: str) -> AggregateBinding:
    """Return the binding of DianExtensions, by its Clark name; made once."""
    return bind(DIAN_EXTENSIONS[name], _part(Document, "dian_extensions"))
