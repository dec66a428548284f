"""How close a figure must be for DIAN: whole pesos for sums, ±2.00 or ±5.00 for computed amounts."""

from decimal import Decimal

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import TaxSubtotal
from cuadre.engine.regimes.co.taxes import IVA
from cuadre.engine.regimes.regime import Tolerance
from cuadre.engine.rounding import Rounding

_PESOS = Rounding("xpath", 0)
_TWO = Decimal(2)
_FIVE = Decimal(5)
_TEN = Decimal(10)

WHOLE_PESOS = Tolerance("whole pesos", lambda stated, exact: _PESOS(stated) == _PESOS(exact))
"""XPath ``round(a) = round(b)`` of the official Schematron: totals and sums of subtotals."""
TWO_PESOS = Tolerance("±2.00", lambda stated, exact: abs(stated - exact) <= _TWO)
"""Annex 1.9 §5.2.1.1: amounts that are a product."""
FIVE_PESOS = Tolerance("±5.00", lambda stated, exact: abs(stated - exact) <= _FIVE)
"""Annex 1.9 §5.2.1.2: IVA that the issuer rounded to the nearest ten pesos."""


def tolerance(figure: Figure) -> Tolerance:
    """Choose the tolerance of a figure; the three are alternatives and never add up."""
    subject = figure.subject
    if isinstance(subject, TaxSubtotal):
        stated = figure.stated
        in_tens = stated is not None and not stated % _TEN
        return FIVE_PESOS if in_tens and subject.tax_scheme_id == IVA else TWO_PESOS
    return (
        TWO_PESOS if figure.path[0] == "lines" and figure.path[-1] == "line_extension_amount" else WHOLE_PESOS
    )
