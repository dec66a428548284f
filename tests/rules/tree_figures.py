"""Read figures from an XML tree and compare them as XPath does: rounded; what is absent equals nothing."""

import math
from collections.abc import Iterable
from decimal import Decimal

from lxml import etree

from cuadre.ubl.mapping.namespaces import CAC, CBC

PREFIXES = {"cac": CAC, "cbc": CBC}
ZERO = Decimal(0)
_HALF = Decimal("0.5")
Element = etree._Element


def children(parent: Element, *names: str) -> list[Element]:
    """Find the children of these names, which are groups."""
    return [child for name in names for child in parent.findall(f"cac:{name}", PREFIXES)]


def texts(parent: Element, path: str) -> list[str]:
    """Return the texts at a path, whose last step is a field and the others are groups."""
    steps = "/".join(f"cac:{step}" for step in path.split("/")[:-1])
    last = f"cbc:{path.rpartition('/')[2]}"
    return [found.text or "" for found in parent.findall(f"{steps}/{last}" if steps else last, PREFIXES)]


def number(parent: Element, path: str) -> Decimal | None:
    """Read the number at a path; None where it is absent or empty, as XPath's empty sequence."""
    found = texts(parent, path)
    return Decimal(found[0]) if found and found[0] else None


def total_of(parents: Iterable[Element], name: str) -> Decimal:
    """Add up a field over several groups."""
    return sum([Decimal(text) for parent in parents for text in texts(parent, name)], ZERO)


def rounded(value: Decimal) -> int:
    """Round as XPath does: to whole units, a half up."""
    return math.floor(value + _HALF)


def agree(stated: Decimal | None, *computed: Decimal | None) -> bool:
    """Compare rounded; what is absent agrees with nothing."""
    return stated is not None and any(
        value is not None and rounded(stated) == rounded(value) for value in computed
    )


def quantity_of(line: Element) -> Decimal | None:
    """Read the quantity of a line, which each kind of document calls otherwise."""
    names = ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity")
    return next((value for name in names if (value := number(line, name)) is not None), None)
