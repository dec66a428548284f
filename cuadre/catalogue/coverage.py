"""How much of an authority's catalogue is judged here: codes by group, by kind, and by who decides them."""

from collections import Counter
from collections.abc import Callable, Sequence

from cuadre.catalogue.entries import Entry, entries, packages
from cuadre.catalogue.titles import decided_name, decided_values, group_name
from cuadre.messages import text


def counted() -> list[Entry]:
    """List the entries of the packs that list what they do not judge too, so that the whole is known."""
    packs = {pack for _, pack in packages()}
    return [entry for entry in entries() if entry.pack in packs]


def found_values() -> list[str]:
    """List the values of ``decided`` that a code has, in the order of the table."""
    found = {one.decided for one in counted()}
    return [value for value in decided_values() if value in found]


def coverage_rows() -> list[dict[str, str | int]]:
    """Count the codes of each group, kind and ``decided``."""
    counts = Counter((one.group, one.kind, one.decided) for one in counted())
    return [
        {"group": group, "kind": kind, "decided": decided, "codes": number}
        for (group, kind, decided), number in sorted(counts.items())
    ]


def coverage_tables(language: str) -> list[list[list[str]]]:
    """Make two tables, by group and by kind: a row of names first, and the sums last."""
    found = counted()
    return [
        _table("group", found, lambda one: group_name(one.group, language), language),
        _table("kind", found, lambda one: text(f"kind.{one.kind}", language), language),
    ]


def _table(
    column: str, found: Sequence[Entry], name: Callable[[Entry], str], language: str
) -> list[list[str]]:
    values = found_values()
    counts = Counter((name(one), one.decided) for one in found)
    names = sorted({name(one) for one in found})
    head = [text(f"column.{column}", language), *[decided_name(value, language) for value in values]]
    rows = [[one, *[str(counts[one, value] or "") for value in values]] for one in names]
    sums = [str(sum(counts[one, value] for one in names)) for value in values]
    return [head, *rows, [text("column.sum", language), *sums]]
