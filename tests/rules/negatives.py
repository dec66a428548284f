"""Documents in which one amount is negative: each that the parts of Colombia's base documents can state."""

import re
from collections.abc import Iterator
from typing import NamedTuple, get_args

from pydantic import BaseModel

from cuadre.engine.model.scalars import Amount
from cuadre.reading import read

from .cases import KINDS, base
from .mutate import mutate

_BASES = ("full", "foreign")
_NO_AMOUNTS = {"line_count_numeric", "quantity", "payable_rounding_amount"}
"""Numbers that no rule of signs is about, and the one amount that may be negative."""


class Negative(NamedTuple):
    """A document, and the path of the amount that is negative in it."""

    letter: str
    path: str
    data: bytes


def negatives() -> Iterator[Negative]:
    """Make a document for each amount of each kind of document."""
    seen = set()
    for letter in KINDS:
        for name in _BASES:
            document = read(base(name, letter)).document
            assert document is not None
            data = document.model_dump_json(exclude_none=True).encode()
            for path in _amounts(document, ""):
                amount = (letter, re.sub(r"\[[0-9]+\]", "", path))
                if amount not in seen:
                    seen.add(amount)
                    yield Negative(letter, path, mutate(data, f"set {path} = -7.00"))


def _amounts(part: BaseModel, path: str) -> Iterator[str]:
    """List the paths of the amounts of a part, stated or not, and of the parts below it."""
    for name, field in type(part).model_fields.items():
        where, value = f"{path}.{name}" if path else name, getattr(part, name)
        if Amount in get_args(field.annotation) and name not in _NO_AMOUNTS:
            yield where
        if isinstance(value, BaseModel):
            yield from _amounts(value, where)
        elif isinstance(value, tuple):
            for index, member in enumerate(value):
                if isinstance(member, BaseModel):
                    yield from _amounts(member, f"{where}[{index}]")
