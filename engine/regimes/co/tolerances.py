"""How close a figure must be for DIAN: whole pesos for sums, ±2.00 or ±5.00 for computed amounts."""

from decimal import Decimal

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import TaxSubtotal
from cuadre.engine.regimes.co.taxes import IVA
from cuadre.engine.regimes.regime import Tolerance
from cuadre.engine.rounding import Rounding
from cuadre.engine.texts import say

_PESOS = Rounding("xpath", 0)
_TWO = Decimal(2)
_FIVE = Decimal(5)
_TEN = Decimal(10)

WHOLE_PESOS = Tolerance(
    say("cuadre.engine.regimes.co:whole_pesos"), lambda stated, exact: _PESOS(stated) == _PESOS(exact)
)
"""XPath ``round(a) = round(b)`` of the official Schematron: totals and sums of subtotals."""
TWO_PESOS = Tolerance(
    say("cuadre.engine:within", amount=Decimal("2.00")), lambda stated, exact: abs(stated - exact) <= _TWO
)
"""Annex 1.9 §5.2.1.1: amounts that are a product."""
FIVE_PESOS = Tolerance(
    say("cuadre.engine:within", amount=Decimal("5.00")), lambda stated, exact: abs(stated - exact) <= _FIVE
)
"""Annex 1.9 §5.2.1.2: IVA that the issuer rounded to the nearest ten pesos."""

_OTHERS = (WHOLE_PESOS,)
TOLERANCES = {
    "": _OTHERS,
    "lines.line_extension_amount": (TWO_PESOS,),
    "tax_totals.tax_subtotals.tax_amount": (TWO_PESOS, FIVE_PESOS),
    "lines.tax_totals.tax_subtotals.tax_amount": (TWO_PESOS, FIVE_PESOS),
    "withholding_tax_totals.tax_subtotals.tax_amount": (TWO_PESOS,),
    "lines.withholding_tax_totals.tax_subtotals.tax_amount": (TWO_PESOS,),
}
"""By the figure's name; they are alternatives and never add up."""


def tolerance(figure: Figure) -> Tolerance:
    """Choose the tolerance of a figure; the second of a tax is for IVA that is stated in tens."""
    usual, *others = TOLERANCES.get(figure.name, _OTHERS)
    stated, part = figure.stated, figure.part
    in_tens = stated is not None and not stated % _TEN
    is_iva = isinstance(part, TaxSubtotal) and part.tax_scheme_id == IVA
    return others[0] if others and in_tens and is_iva else usual
