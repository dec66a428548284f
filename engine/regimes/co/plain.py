"""Tell at little cost that a line is right: price × quantity, discounts, and taxes of a percentage."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from cuadre.engine.decimals import ROUNDING
from cuadre.engine.model.document import Line, TaxTotal
from cuadre.engine.regimes.co.taxes import PERCENTAGES

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


def is_plain(line: Line) -> bool:
    """Tell whether the official formula of each figure of a line (formulas.py) gives what is stated.

    Says no of every line that has another formula, or needs another one. The caller's context is EXACT.
    """
    price, quantity, stated = line.price, line.quantity, line.line_extension_amount
    if price is None or quantity is None or stated is None or line.pricing_reference is not None:
        return False
    amount = price.price_amount
    if amount is None:
        return False
    exact = amount * quantity
    for part in line.allowance_charges:
        if part.amount is None:
            return False
        exact = exact + part.amount if part.is_charge else exact - part.amount
    if stated not in (exact, _rounded(exact)):
        return False
    return _are_plain(line.tax_totals) and _are_plain(line.withholding_tax_totals)


def _are_plain(totals: Sequence[TaxTotal]) -> bool:
    for total in totals:
        whole = _ZERO
        for part in total.tax_subtotals:
            base, percent, stated = part.taxable_amount, part.percent, part.tax_amount
            if base is None or percent is None or stated is None or part.tax_scheme_id not in PERCENTAGES:
                return False
            exact = (base * percent).scaleb(-2)
            if stated not in (exact, _rounded(exact)):
                return False
            whole += stated
        if total.tax_subtotals and total.tax_amount != whole:
            return False
    return True


def _rounded(exact: Decimal) -> Decimal:
    return exact.quantize(_CENT, ROUND_HALF_UP, ROUNDING)
