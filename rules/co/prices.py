"""The price of a line: the quantity that it is for (xBB04), and taxes in it (xAV06)."""

from cuadre.engine.figures import Figure
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import Line, Price
from cuadre.engine.regimes.co.formulas import BY_BASE, BY_QUANTITY
from cuadre.engine.regimes.co.tolerances import TWO_PESOS
from cuadre.engine.tax_inclusive import is_tax_inclusive
from cuadre.rules.registration import check, severity_override
from cuadre.rules.rule import Context, Fault

_WHERE = ("price", "base_quantity")


@check("BB04", at="lines")
def price_is_for_the_quantity(line: Line, context: Context) -> Fault | None:
    """A price states the quantity that it is for, with its unit, and it is the line's.

    Accepted invoices have the same quantity twice, and some of DIAN's examples have not; which of the two
    is wrong cannot be known. A payload has no BaseQuantity before it is completed, and no UBLVersionID.
    """
    price = line.price
    if price is None:
        return None
    base = price.base_quantity
    if (base is None or not price.base_quantity_unit_code) and context.document.ubl_version_id:
        absent = base is None
        return Fault(_WHERE, "missing") if absent else Fault(_WHERE, "lacks_attribute", detail="unitCode")
    return None if base is None or base == line.quantity else _other_quantity(line, price)


def _other_quantity(line: Line, price: Price) -> Fault | None:
    """Remark on two quantities, where one of them gives the value and something is at stake."""
    base, quantity, value = price.base_quantity, line.quantity, line.line_extension_amount
    if base is None or quantity is None or value is None or not price.price_amount or min(base, quantity) < 0:
        return None
    values = [exact for one in (BY_BASE, BY_QUANTITY) if (exact := one.exact(line)) is not None]
    if not any(TWO_PESOS.agrees(value, exact) for exact in values):
        return None
    return Fault(_WHERE, "other_quantity", base, quantity, severity=Severity.NOTIFY)


@severity_override("AV06")
def price_has_taxes_in_it(figure: Figure) -> Severity | None:
    """Where the price has the taxes in it the value is right; DIAN's stylesheet only warns of it."""
    line = figure.part
    inclusive = isinstance(line, Line) and is_tax_inclusive(line, figure.exact)
    return Severity.NOTIFY if inclusive else None
