"""A price with taxes in it, beside a line value without them (CUA101)."""

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import Line
from cuadre.engine.tax_inclusive import WITH_TAXES, is_tax_inclusive
from cuadre.engine.texts import say
from cuadre.rules.registration import explainer
from cuadre.rules.rule import Context, Fault

_NAME = "lines.line_extension_amount"


@explainer("CUA101")
def tax_inclusive_price(figure: Figure, context: Context) -> Fault | None:
    """Price × quantity is the line's value with its taxes, rather than without them."""
    del context
    line = figure.part
    if figure.name != _NAME or not isinstance(line, Line) or not is_tax_inclusive(line, figure.exact):
        return None
    price = line.price.price_amount if line.price else None
    where = (*figure.base, "price", "price_amount")
    formula = WITH_TAXES.at(line, figure.base)
    return Fault(
        where, "tax_inclusive", price, detail=say("cuadre.engine:amount", value=figure.value), formula=formula
    )
