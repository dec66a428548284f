"""Tell at a glance that no rule has anything against a line, so that they need not be asked one by one.

Nothing is decided here: a line that does not pass is judged by the rules themselves. What passes must
pass them all; tests hold this against every case of every rule, and against random lines.
"""

from collections.abc import Sequence
from decimal import Decimal

from cuadre.engine.model.document import AllowanceCharge, Line, Price, TaxSubtotal, TaxTotal
from cuadre.engine.regimes.co.taxes import PERCENTAGES
from cuadre.engine.tables import load_table
from cuadre.rules.co.taxes import RATES
from cuadre.rules.rule import Context, glance

_UNITS = frozenset(row["code"] for row in load_table("cuadre.rules.co.tables", "units", ("code",)))
_INDICATORS = {"true", "false", "1", "0"}
_ZERO = Decimal(0)
_WHOLE = Decimal(100)


@glance
def is_plain(line: Line, context: Context) -> bool:
    """Tell whether a line has a quantity and a price, one tax at a rate of the law, and usual discounts."""
    quantity, value = line.quantity, line.line_extension_amount
    return (
        quantity is not None
        and quantity >= _ZERO
        and value is not None
        and value >= _ZERO
        and (not line.quantity_unit_code or line.quantity_unit_code in _UNITS)
        and line.pricing_reference is None
        and not line.withholding_tax_totals
        and (line.price is None or _is_plain_price(line.price))
        and _is_plain_tax(line.tax_totals)
        and (not line.allowance_charges or _are_plain(line.allowance_charges, context))
    )


def _is_plain_price(price: Price) -> bool:
    amount, base = price.price_amount, price.base_quantity
    return (amount is None or amount >= _ZERO) and (base is None or base >= _ZERO)


def _is_plain_tax(totals: Sequence[TaxTotal]) -> bool:
    if not totals:
        return True
    if len(totals) > 1 or len(totals[0].tax_subtotals) != 1:
        return False
    (total,) = totals
    amount, rounding = total.tax_amount, total.rounding_amount
    return (
        (amount is None or amount >= _ZERO)
        and (rounding is None or rounding >= _ZERO)
        and _is_plain_rate(total.tax_subtotals[0])
    )


def _is_plain_rate(subtotal: TaxSubtotal) -> bool:
    tax, percent = subtotal.tax_scheme_id, subtotal.percent
    base, amount = subtotal.taxable_amount, subtotal.tax_amount
    return (
        tax in PERCENTAGES
        and percent is not None
        and percent in RATES.get(tax, (percent,))
        and percent >= _ZERO
        and base is not None
        and base >= _ZERO
        and (amount is None or amount >= _ZERO)
        and subtotal.per_unit_amount is None
        and subtotal.base_unit_measure is None
    )


def _are_plain(parts: Sequence[AllowanceCharge], context: Context) -> bool:
    if context.is_export:
        return False
    for part in parts:
        amount, base, rate = part.amount, part.base_amount, part.multiplier_factor_numeric
        if amount is None or base is None or rate is None or part.charge_indicator not in _INDICATORS:
            return False
        if not (_ZERO <= rate <= _WHOLE and _ZERO <= amount <= base) or not base:
            return False
    return True
