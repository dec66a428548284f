"""Rates that the law has for IVA, INC and ReteIVA (xAX14, xAY10; tables/rates.csv)."""

from decimal import Decimal

from cuadre.engine.model.document import TaxSubtotal
from cuadre.engine.regimes.co.tolerances import TWO_PESOS
from cuadre.engine.tables import load_table
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_RATES: dict[str, set[Decimal]] = {}
for _row in load_table("cuadre.rules.co.tables", "rates", ("tax", "percent")):
    _RATES.setdefault(_row["tax"], set()).add(Decimal(_row["percent"]))

_AMOUNT = (("tax_amount",),)
_PERCENT = -2


@check("AX14", at="lines.tax_totals.tax_subtotals")
@check("AY10", at="lines.withholding_tax_totals.tax_subtotals")
def rate_is_in_table(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """The rate of IVA, INC and ReteIVA is one of the law's; others change too often to judge.

    Where a rate of the law gives the stated amount, the rate is what is wrong, and the amount is not.
    """
    del context
    rate, rates = subtotal.percent, _RATES.get(subtotal.tax_scheme_id or "")
    if rate is None or rates is None or rate in rates:
        return None
    base, amount = subtotal.taxable_amount, subtotal.tax_amount
    meant = (
        base is not None
        and amount is not None
        and any(TWO_PESOS.agrees(amount, (base * one).scaleb(_PERCENT)) for one in rates if one)
    )
    shown = ", ".join(str(one) for one in sorted(rates))
    return Fault("percent", "not_in_list", rate, detail=shown, explains=_AMOUNT if meant else ())
