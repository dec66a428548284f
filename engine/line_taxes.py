"""The taxes and withholdings of a document's lines by tax and rate, gathered once for all who add them up."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from cuadre.engine.model.document import Document, Rate, TaxSubtotal, rate_of
from cuadre.engine.model.scalars import Path

Position = tuple[int, int, int]
"""The positions of a line, of a tax in it, and of a subtotal in that."""
Members = list[tuple[Position, TaxSubtotal]]


def gather(document: Document) -> dict[str, dict[Rate, Members]]:
    """Gather the subtotals of every line: by group, then by rate."""
    taxes: defaultdict[Rate, Members] = defaultdict(list)
    withholdings: defaultdict[Rate, Members] = defaultdict(list)
    for i, line in enumerate(document.lines):
        for rates, totals in ((taxes, line.tax_totals), (withholdings, line.withholding_tax_totals)):
            for j, total in enumerate(totals):
                for k, part in enumerate(total.tax_subtotals):
                    rates[rate_of(part)].append(((i, j, k), part))
    return {"tax_totals": dict(taxes), "withholding_tax_totals": dict(withholdings)}


def path_of(group: str, place: Position, field: str) -> Path:
    """Write where a field of a gathered subtotal stands."""
    line, total, subtotal = place
    return ("lines", line, group, total, "tax_subtotals", subtotal, field)


def by_tax(rates: Mapping[Rate, Members]) -> dict[str | None, dict[Decimal | None, Members]]:
    """Group again by tax and percentage alone, whatever the tax is named or costs a unit."""
    found: dict[str | None, dict[Decimal | None, Members]] = {}
    for (tax, _, percent, _, _), members in rates.items():
        found.setdefault(tax, {}).setdefault(percent, []).extend(members)
    return found
