"""A price with taxes in it, beside a line value without them (CUA101)."""

from decimal import Decimal

from cuadre.engine.figures import Figure, Formula
from cuadre.engine.model.document import Line
from cuadre.rules.rule import Context, Fault, lens

_CLOSE = Decimal("0.02")


@lens("CUA101")
def tax_inclusive_price(figure: Figure, context: Context) -> Fault | None:
    """Price × quantity is the line's value with its taxes, rather than without them."""
    del context
    line = figure.subject
    if figure.kind != "lines.line_extension_amount" or not isinstance(line, Line):
        return None
    taxes = sum((total.tax_amount or Decimal(0) for total in line.tax_totals), Decimal(0))
    stated = line.line_extension_amount
    if stated is None or not taxes or abs(figure.exact - (stated + taxes)) > _CLOSE:
        return None
    path = figure.path[:-1]
    price, quantity = line.price, line.quantity
    if price is None or price.price_amount is None or not quantity:
        return None
    where = (*path, "price", "price_amount")
    formula = Formula(
        "LineExtensionAmount + Σ TaxAmount",
        addends=[
            ("+", figure.path, stated),
            *(
                ("+", (*path, "tax_totals", index, "tax_amount"), total.tax_amount)
                for index, total in enumerate(line.tax_totals)
                if total.tax_amount is not None
            ),
        ],
    )
    return Fault(where, "tax_inclusive", price.price_amount, detail=f"{figure.value:f}", formula=formula)
