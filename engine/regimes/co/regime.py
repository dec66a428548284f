"""Colombia: DIAN's annex for electronic sales invoices, version 1.9 (Resolution 000165 of 2023)."""

from cuadre.engine.regimes.co.formulas import line_extension, payable, tax_amount, taxable_subtotals
from cuadre.engine.regimes.co.plain import is_plain
from cuadre.engine.regimes.co.taxes import IVA, RETE_IVA, TAXES
from cuadre.engine.regimes.co.tolerances import tolerance
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.rounding import Rounding

CO = Regime(
    country="CO",
    # §5.2.1 asks for half even; what is accepted every day is half up, and both stay within the
    # tolerance. cuadre/rules/lint names the figures that agree under one of them only.
    rounding=Rounding("half_up", 2),
    taxes=TAXES,
    tolerance=tolerance,
    line_extension=line_extension,
    tax_amount=tax_amount,
    taxable_subtotals=taxable_subtotals,
    payable=payable,
    vat=IVA,
    vat_withholding=RETE_IVA,
    is_plain=is_plain,
)
"""DIAN's arithmetic, in force from 2024-05-01."""
