"""A price with taxes in it, beside a line value without them (CUA101)."""

from decimal import Decimal

from cuadre.engine.errors import RoundingError
from cuadre.engine.figures import Figure
from cuadre.engine.model.document import Line
from cuadre.engine.net_price import net_price
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.tax_inclusive import WITH_TAXES, is_tax_inclusive
from cuadre.engine.texts import say
from cuadre.rules.registration import explainer
from cuadre.rules.rule import Context, Fault

_NAME = "lines.line_extension_amount"


@explainer("CUA101")
def tax_inclusive_price(figure: Figure, context: Context) -> Fault | None:
    """Price × quantity is the line's value with its taxes, rather than without them."""
    line = figure.part
    if figure.name != _NAME or not isinstance(line, Line) or not is_tax_inclusive(line, figure.exact):
        return None
    return Fault(
        (*figure.base, "price", "price_amount"),
        "tax_inclusive",
        line.price.price_amount if line.price else None,
        detail=say("cuadre.engine:amount", value=figure.value),
        formula=WITH_TAXES.at(line, figure.base),
        fix=_without_taxes(line, context.totals.regime),
    )


def _without_taxes(line: Line, regime: Regime) -> Decimal | None:
    """Return the price without taxes; None where none of six decimals gives the line's value to the cent."""
    try:
        net = net_price(line, regime)
    except RoundingError:
        return None
    if net is None or line.price is None:
        return None
    price = line.price.model_copy(update={"price_amount": net.price_amount})
    mended = line.model_copy(update={"price": price})
    values = [exact for one in regime.line_extension(mended) if (exact := one.exact(mended)) is not None]
    clean = any(line.line_extension_amount in (value, regime.rounding(value)) for value in values)
    return net.price_amount if clean else None
