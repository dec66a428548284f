"""Find values in a part of a document by a dotted path, compiled once: ``lines.tax_totals[0].tax_amount``."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, filterfalse
from operator import attrgetter
from typing import Any, NamedTuple

from cuadre.engine.element_names import ubl_name
from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.fields import Field, field_of
from cuadre.engine.model.scalars import Path

Filter = Callable[[Iterable[Any]], Iterable[Any]]
"""Takes the members of a list, and gives those that are meant."""
Value = Any
_STEP = re.compile(r"([a-z_]+)(?:\[([a-z_]+|[0-9]+)\])?")

_is_charge = attrgetter("is_charge")
CHARGES: Mapping[str, Filter] = {
    "true": partial(filter, _is_charge),
    "false": partial(filterfalse, _is_charge),
}
"""Filters of AllowanceCharge by its ChargeIndicator; every selector has them."""


class _Step(NamedTuple):
    field: Field
    position: int | None
    keep: Filter | None


class Selector:
    """A path below a part; lists on the way are followed into each member, or into those of a filter.

    ``[0]`` takes the first member only, ``[true]`` and ``[false]`` the charges and the discounts, any other
    name a filter that is given. Raises DefinitionError, when it is made, for a field that the model lacks.
    """

    def __init__(
        self, model: type[Aggregate], path: str, filters: Mapping[str, Filter] | None = None
    ) -> None:
        self.path = path
        self._steps = list(_steps(model, path, {**CHARGES, **(filters or {})}))
        self.many = any(step.field.many for step in self._steps)
        self.values: Callable[[Any], Iterable[Value]] = _values(self._steps)
        """Every value that the path leads to, None where a part does not state it."""
        self.value: Callable[[Any], Value | None] = _value(self._steps)
        """The one value of a path without lists; None where it, or the part around it, is absent."""

    def located(self, part: Aggregate, path: Path = ()) -> Iterator[tuple[Path, Value]]:
        """List the values with their paths; ``path`` is that of the part."""
        yield from _located(self._steps, part, path)

    def __str__(self) -> str:
        names = []
        for text, step in zip(self.path.split("."), self._steps, strict=True):
            position = f"[{step.position + 1}]" if step.position is not None else ""
            chosen = f"[{text.partition('[')[2]}" if step.keep else ""
            names.append(ubl_name(step.field.name) + position + chosen)
        shown = names if len(names) > 1 and self.many else names[-1:]
        return ("Σ " if self.many else "") + "/".join(shown)


def _steps(model: type[Aggregate], path: str, filters: Mapping[str, Filter]) -> Iterator[_Step]:
    inside: type[Aggregate] | None = model
    for text in path.split("."):
        found = _STEP.fullmatch(text)
        if found is None or inside is None:
            sentence = f"{model.__name__}: {path!r} is no path, at {text!r}"
            raise DefinitionError(sentence, model=model.__name__, path=path)
        field = field_of(inside, found[1])
        chosen = found[2]
        if chosen and not chosen.isdigit() and chosen not in filters:
            sentence = f"{model.__name__}: {path!r} has the unknown filter {chosen!r}"
            raise DefinitionError(sentence, model=model.__name__, path=path, filter=chosen)
        index = int(chosen) if chosen and chosen.isdigit() else None
        yield _Step(field, index, filters.get(chosen) if chosen else None)
        inside = field.part


def _value(steps: list[_Step]) -> Callable[[Any], Value | None]:
    (field, _, _), *rest = steps
    get = attrgetter(field.name)
    if not rest:
        return get
    inner = _value(rest)
    return lambda part: None if (around := get(part)) is None else inner(around)


def _values(steps: list[_Step]) -> Callable[[Any], Iterable[Value]]:
    """Compile the steps into nested loops, without a path in sight."""
    (field, position, keep), *rest = steps
    get = attrgetter(field.name)
    if not rest:
        return lambda part: (get(part),)
    if not field.many:
        inside = _values(rest)
        return lambda part: () if (around := get(part)) is None else inside(around)
    members = _members(get, position, keep)
    if len(rest) == 1 and not rest[0].field.many:
        last = attrgetter(rest[0].field.name)
        return lambda part: map(last, members(part))
    inner = _values(rest)
    return lambda part: chain.from_iterable(map(inner, members(part)))


def _members(
    get: Callable[[Any], Any], position: int | None, keep: Filter | None
) -> Callable[[Any], Iterable[Any]]:
    if position is not None:
        only = slice(position, position + 1)
        return lambda part: get(part)[only]
    return get if keep is None else lambda part: keep(get(part))


def _located(steps: list[_Step], part: Any, path: Path) -> Iterator[tuple[Path, Value]]:  # noqa: ANN401 - a part
    (field, position, keep), *rest = steps
    value = getattr(part, field.name)
    here = (*path, field.name)
    if not rest:
        yield here, value
    elif field.many:
        for index, member in enumerate(value):
            if position in {None, index} and (keep is None or any(keep([member]))):
                yield from _located(rest, member, (*here, index))
    elif value is not None:
        yield from _located(rest, value, here)
