"""The order of an element's children in UBL 2.1, and how often each is allowed."""

import re
from functools import cache
from typing import NamedTuple

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table
from cuadre.ubl.mapping.namespaces import CAC, CBC, EXT

_NAMESPACES = {"cac": CAC, "cbc": CBC, "ext": EXT}
_NAME = re.compile(r"(cac|cbc|ext):([A-Z][A-Za-z]*)")


class Child(NamedTuple):
    """One element in the sequence of an aggregate."""

    name: str
    """In Clark notation: ``{urn:oasis:...}ID``."""
    minimum: int
    """0 or 1 in UBL."""
    maximum: int | None
    """None where there is no limit."""


def order_of(type_name: str) -> tuple[Child, ...]:
    """Return the children of a type, such as ``Invoice``, ``TaxTotal`` or ``Party``, in UBL's order.

    The name of an element may differ from that of its type: see ``type_of``. Raises DefinitionError for
    a type that ubl/mapping/order.csv does not have, and where a row of it is wrong. Source: UBL 2.1 OS.
    """
    found = _orders().get(type_name)
    if found is None:
        sentence = f"ubl/mapping/order.csv has no type {type_name}"
        raise DefinitionError(sentence, file="order", type=type_name)
    return found


def type_of(element_local_name: str) -> str:
    """Return the type of an aggregate: ``WithholdingTaxTotal`` is a ``TaxTotal``, most are their own."""
    return _types().get(element_local_name, element_local_name)


@cache
def _orders() -> dict[str, tuple[Child, ...]]:
    orders: dict[str, list[Child]] = {}
    for row in load_table("cuadre.ubl.mapping", "order", ("parent", "child")):
        orders.setdefault(row["parent"], []).append(_child(row))
    return {parent: tuple(children) for parent, children in orders.items()}


def _child(row: dict[str, str]) -> Child:
    name = _NAME.fullmatch(row["child"])
    maximum = None if row["max"] == "n" else row["max"]
    if name is None or row["min"] not in {"0", "1"} or maximum not in {None, "1"}:
        sentence = (
            f"ubl/mapping/order.csv: {row['parent']}, {row['child']}: not a prefixed name, 0 or 1, 1 or n"
        )
        raise DefinitionError(sentence, file="order", row=row)
    return Child(f"{{{_NAMESPACES[name[1]]}}}{name[2]}", int(row["min"]), None if maximum is None else 1)


@cache
def _types() -> dict[str, str]:
    types = {row["element"]: row["type"] for row in load_table("cuadre.ubl.mapping", "types", ("element",))}
    unknown = sorted(set(types.values()) - _orders().keys())
    if unknown:
        sentence = f"ubl/mapping/types.csv names types that order.csv lacks: {', '.join(unknown)}"
        raise DefinitionError(sentence, file="types", types=unknown)
    return types
