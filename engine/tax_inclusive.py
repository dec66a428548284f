"""Tell a price that has the taxes in it from a wrong line value."""

from decimal import Decimal

from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Line

WITH_TAXES = Formula(Line, "line_extension_amount + tax_totals.tax_amount")
"""The value of a line with its taxes."""
_CLOSE = Decimal("0.02")


def is_tax_inclusive(line: Line, computed: Decimal) -> bool:
    """Tell whether what the price gives (``computed``) is the line's value with its taxes, not without."""
    with_taxes = WITH_TAXES.exact(line)
    if with_taxes is None or not line.quantity or not any(total.tax_amount for total in line.tax_totals):
        return False
    return abs(computed - with_taxes) <= _CLOSE
