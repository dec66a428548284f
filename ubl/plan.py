"""What the reader does with each element: the tables of shapes, bound to the models that they fill."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, get_args

from cuadre.engine.aggregate import Aggregate
from cuadre.engine.amounts import parse_amount
from cuadre.engine.document import Document, Line
from cuadre.engine.errors import DefinitionError
from cuadre.engine.parties import Party
from cuadre.engine.scalars import Amount, Code, Date, parse_date
from cuadre.ubl.extensions import DIAN_EXTENSIONS
from cuadre.ubl.shapes import ROOTS
from cuadre.ubl.steps import FOLD, MANY, MARKED, ONE, Shape, Step

Convert = Callable[[str], object]
_CONVERTERS: tuple[tuple[object, Convert], ...] = (
    (Amount, parse_amount),
    (Date, parse_date),
    (Code, str.strip),
    (str, str),
)


_ALIKE = {Line, Party}


class Task(NamedTuple):
    """A step, and what it makes of an element."""

    take: int
    field: str
    plan: "Plan"
    """Of an aggregate: how to read what is inside it."""
    convert: Convert
    """Of a text: what turns it into the field's value; raises ValueError."""
    step: Step


class Plan(NamedTuple):
    """How to read one aggregate into its model."""

    model: type[Aggregate]
    tasks: dict[str, Task]
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


def bind(shape: Shape, model: type[Aggregate]) -> Plan:
    """Bind a shape to the model that it fills; raise DefinitionError where a field does not fit its step."""
    tasks = {name: _task(step, model) for name, step in shape.items()}
    lists = [name for name, value in model.blank.items() if value == ()]
    return Plan(model, tasks, model.blank, tuple(lists), model in _ALIKE)


def _task(step: Step, model: type[Aggregate]) -> Task:
    if step.take == FOLD:
        return Task(step.take, "", bind(step.shape, model), str, step)
    if step.take in {ONE, MANY}:
        return Task(step.take, step.field, bind(step.shape, _part(model, step.field)), str, step)
    convert = _converter(model, step.field) if step.take <= MARKED else str
    return Task(step.take, step.field, _NOTHING, convert, step)


_NOTHING = Plan(Aggregate, {}, {}, ())


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
def root_plan(name: str) -> Plan:
    """Return the plan of a document, by the local name of its root; made once."""
    return bind(ROOTS[name], Document)


@cache
def dian_plan(name: str) -> Plan:
    """Return the plan of DianExtensions, by its Clark name; made once."""
    return bind(DIAN_EXTENSIONS[name], _part(Document, "dian_extensions"))
