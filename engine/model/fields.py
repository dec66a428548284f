"""What a field of the model holds, read from its annotation: a value, a part, or several of either."""

from functools import cache
from inspect import isclass
from typing import Any, NamedTuple, get_args, get_origin

from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.texts import say


class Field(NamedTuple):
    """A field of a part."""

    name: str
    part: type[Aggregate] | None
    """The type of the part that it holds; None for a plain value."""
    many: bool


@cache
def field_of(model: type[Aggregate], name: str) -> Field:
    """Describe a field; raise DefinitionError where ``model`` has none of that name."""
    info = model.model_fields.get(name)
    if info is None:
        sentence = say("cuadre.engine:no_field", model=model.__name__, field=name)
        raise DefinitionError(sentence, model=model.__name__, field=name)
    annotation: Any = info.annotation
    types = get_args(annotation) or (annotation,)
    parts = [one for one in types if isclass(one) and issubclass(one, Aggregate)]
    return Field(name, parts[0] if parts else None, get_origin(annotation) is tuple)


def fields_of(model: type[Aggregate]) -> tuple[Field, ...]:
    """Describe every field of a part, in the order of the model."""
    return tuple([field_of(model, name) for name in model.model_fields])
