"""The lines' taxes added up by tax and rate, as a document's own taxes should repeat them."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.document import Document, TaxSubtotal

Rate = Decimal | None


class Group(NamedTuple):
    """One tax at one rate, over all lines."""

    taxable_amount: Decimal
    tax_amount: Decimal


class TaxGroups(NamedTuple):
    """Taxes and withholdings of the lines, by tax; within a tax by percent (None: an amount per unit)."""

    taxes: dict[str | None, dict[Rate, Group]]
    withholdings: dict[str | None, dict[Rate, Group]]

    @classmethod
    def of_lines(cls, document: Document) -> "TaxGroups":
        """Add up the taxes of every line of a document."""
        taxes: defaultdict[str | None, dict[Rate, Group]] = defaultdict(dict)
        withholdings: defaultdict[str | None, dict[Rate, Group]] = defaultdict(dict)
        for line in document.lines:
            for groups, totals in ((taxes, line.tax_totals), (withholdings, line.withholding_tax_totals)):
                for total in totals:
                    for subtotal in total.tax_subtotals:
                        _add(groups[subtotal.tax_scheme_id], subtotal)
        return cls(dict(taxes), dict(withholdings))


_ZERO = Decimal(0)
_NOTHING = Group(_ZERO, _ZERO)


def _add(groups: dict[Rate, Group], subtotal: TaxSubtotal) -> None:
    base, amount = groups.get(subtotal.percent, _NOTHING)
    groups[subtotal.percent] = Group(
        base + (subtotal.taxable_amount or _ZERO), amount + (subtotal.tax_amount or _ZERO)
    )
