"""What the reader does with each element: the field maps, bound to the models that they fill."""

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
from cuadre.ubl.mapping.vocabulary import ATTRIBUTED, INLINE, PART, PARTS, FieldMap, MapEntry

Convert = Callable[[str], object]
_CONVERTERS: tuple[tuple[object, Convert], ...] = (
    (Amount, parse_amount),
    (Date, parse_date),
    (Code, str.strip),
    (str, str),
)
_LARGE_AND_REPEATED = {Line, Party}


class ElementBinding(NamedTuple):
    """How to read one element."""

    form: int
    """One of the forms of ``vocabulary``."""
    field: str
    binding: "AggregateBinding"
    """Of an aggregate: how to read what is inside it."""
    convert: Convert
    """Of a text: makes the field's value; raises ValueError."""
    named: dict[str, str]
    """Attributes that have a field, with that field."""
    usual: dict[str, str]
    """The other attributes, where they are as usual."""
    inside: str
    """Of a wrapped text: the name of the element that has the text."""


class AggregateBinding(NamedTuple):
    """How to read one aggregate into its model."""

    model: type[Aggregate]
    make: Callable[[dict[str, Any]], Aggregate]
    """Makes the part of all its fields; the lists among them become tuples."""
    elements: dict[str, ElementBinding]
    """By the element's Clark name."""
    blank: dict[str, Any]
    """Every field as it is before anything was read."""
    has_templates: bool = False
    """Whether there is much in it and others often have the same markup."""


def bind(field_map: FieldMap, model: type[Aggregate]) -> AggregateBinding:
    """Bind a field map to the model that it fills; raise DefinitionError where they do not fit."""
    elements = {name: _bound(entry, model) for name, entry in field_map.items()}
    return AggregateBinding(model, _maker(model), elements, model.blank, model in _LARGE_AND_REPEATED)


def _maker(model: type[Aggregate]) -> Callable[[dict[str, Any]], Aggregate]:
    lists = tuple([name for name, value in model.blank.items() if value == ()])
    make = model.maker()

    def make_of_lists(fields: dict[str, Any]) -> Aggregate:
        for name in lists:
            if fields[name]:
                fields[name] = tuple(fields[name])
        return make(fields)

    return make_of_lists


def _bound(entry: MapEntry, model: type[Aggregate]) -> ElementBinding:
    binding = _NOTHING
    convert: Convert = str
    if entry.form == INLINE:
        binding = bind(entry.field_map, model)
    elif entry.form in {PART, PARTS}:
        binding = bind(entry.field_map, _part(model, entry.field))
    elif entry.form <= ATTRIBUTED:
        convert = _converter(model, entry.field)
    inside = next(iter(entry.field_map), "")
    return ElementBinding(entry.form, entry.field, binding, convert, dict(entry.named), entry.usual, inside)


_NOTHING = AggregateBinding(Aggregate, Aggregate.maker(), {}, {})


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
    """Return the binding of a document, by the local name of its root."""
    return bind(ROOTS[name], Document)


@cache
def dian_binding(name: str) -> AggregateBinding:
    """Return the binding of DianExtensions, by its Clark name."""
    return bind(DIAN_EXTENSIONS[name], _part(Document, "dian_extensions"))
