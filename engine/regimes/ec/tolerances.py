"""How close a figure must be for SRI: sums and line values to the cent, taxes within a cent."""

from decimal import Decimal

from cuadre.engine.figures import Figure
from cuadre.engine.regimes.regime import Tolerance
from cuadre.engine.rounding import Rounding
from cuadre.engine.texts import say

_CENTS = Rounding("half_up", 2)
_CENT = Decimal("0.01")

TO_THE_CENT = Tolerance(
    say("cuadre.engine.regimes.ec:to_the_cent"), lambda stated, exact: _CENTS(stated) == _CENTS(exact)
)
"""Half up: the sheet gives two decimals and no room."""
ONE_CENT = Tolerance(
    say("cuadre.engine:within", amount=_CENT), lambda stated, exact: abs(stated - exact) <= _CENT
)
"""Taxes computed from bases with more decimals are authorised a cent away from base × rate."""

TOLERANCES = {
    "": (TO_THE_CENT,),
    "tax_totals.tax_subtotals.tax_amount": (ONE_CENT,),
    "lines.tax_totals.tax_subtotals.tax_amount": (ONE_CENT,),
    "withholding_tax_totals.tax_subtotals.tax_amount": (ONE_CENT,),
    "lines.withholding_tax_totals.tax_subtotals.tax_amount": (ONE_CENT,),
}
"""By the figure's name: a tax at one rate, and everything else."""


def tolerance(figure: Figure) -> Tolerance:
    """Choose the tolerance of a figure."""
    return TOLERANCES.get(figure.name, TOLERANCES[""])[0]
