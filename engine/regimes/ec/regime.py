"""Ecuador's regime: SRI's technical sheet for electronic vouchers, offline, version 2.32 (October 2025).

A tax is identified by SRI's two codes as ``tax_scheme_id``: ``2-4`` is IVA (2) at the rate with the code 4.
"""

from cuadre.engine.regimes.ec.complete import complete
from cuadre.engine.regimes.ec.formulas import FORMULAS, TOTALS, line_extension, tax_amount
from cuadre.engine.regimes.ec.taxes import IVA, TAXES
from cuadre.engine.regimes.ec.tolerances import TOLERANCES, tolerance
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.rounding import Rounding

EC = Regime(
    country="EC",
    authority="SRI",
    currency="USD",
    # The sheet names no mode. Half up is what nearly all software does; the tax tolerance holds the others.
    rounding=Rounding("half_up", 2),
    taxes=TAXES,
    tolerance=tolerance,
    tolerances=TOLERANCES,
    line_extension=line_extension,
    tax_amount=tax_amount,
    totals=TOTALS,
    formulas=FORMULAS,
    vat=IVA,
    vat_withholding=None,
    complete=complete,
)
"""SRI's arithmetic for invoices and notes; rates by date are in ``iva_rates.csv``."""
