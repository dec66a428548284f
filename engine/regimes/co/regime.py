"""Colombia's regime: DIAN's annex for electronic sales invoices, version 1.9 (Resolution 000165 of 2023)."""

from cuadre.engine.regimes.co.complete import complete
from cuadre.engine.regimes.co.formulas import FORMULAS, TOTALS, line_extension, tax_amount
from cuadre.engine.regimes.co.taxes import IVA, RETE_IVA, TAXES
from cuadre.engine.regimes.co.tolerances import TOLERANCES, tolerance
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.rounding import Rounding

CO = Regime(
    country="CO",
    authority="DIAN",
    currency="COP",
    # §5.2.1 asks for half even; what is accepted every day is half up, and both stay within the
    # tolerance. rules/lint names the figures that agree under one of them only.
    rounding=Rounding("half_up", 2),
    taxes=TAXES,
    tolerance=tolerance,
    tolerances=TOLERANCES,
    line_extension=line_extension,
    tax_amount=tax_amount,
    totals=TOTALS,
    formulas=FORMULAS,
    vat=IVA,
    vat_withholding=RETE_IVA,
    complete=complete,
)
"""DIAN's arithmetic, in force from 2024-05-01."""
