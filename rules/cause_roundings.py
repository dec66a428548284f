"""The cents of a total that was computed from other figures than the lines state."""

from collections.abc import Sequence
from decimal import Decimal

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import Line
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.rounding import Rounding
from cuadre.engine.totals import Totals
from cuadre.rules.cause_amounts import Amounts, Part, with_taxes

_ZERO = Decimal(0)
_UNITS = Rounding("half_up", 0)
_TENTHS = Rounding("half_up", 1)
_PRICE_PLACES = {"COP": _UNITS}
_HALF_CENT = Decimal("0.005")
_CENT = Decimal("0.01")
_NONE = Amounts((), list)


def unrounded_lines(figure: Figure, totals: Totals) -> Amounts:
    """Take what each line's rounded value lacks of price × quantity."""
    del figure
    found = []
    for line in totals.document.lines:
        exact = _unrounded(line, totals.regime)
        if exact is None:
            return _NONE
        found.append(exact - (line.line_extension_amount or _ZERO))
    return _together(found, "line_extension_amount")


def _unrounded(line: Line, regime: Regime) -> Decimal | None:
    """Compute the value that the line states when it is rounded; None where no formula gives that."""
    for formula in regime.line_extension(line):
        exact = formula.exact(line, line)
        if exact is not None and regime.rounding(exact) == line.line_extension_amount:
            return exact
    return None


def lines_in_units(figure: Figure, totals: Totals) -> Amounts:
    """Take what each line's value lacks of, or has above, whole units of the currency."""
    del figure
    values = [line.line_extension_amount or _ZERO for line in totals.document.lines]
    return _together([_UNITS(value) - value for value in values], "line_extension_amount")


def gross_price_cents(figure: Figure, totals: Totals) -> Amounts:
    """Take the cents by which each line with its taxes misses a round price with taxes × quantity."""
    del figure
    document = totals.document
    rounding = _PRICE_PLACES.get(document.document_currency_code or totals.regime.currency, _TENTHS)
    found = []
    for line in document.lines:
        cents = _ZERO if not line.tax_totals else _missed(line, rounding)
        if cents is None:
            return _NONE
        found.append(cents)
    return _together(found, "line_extension_amount")


def _missed(line: Line, rounding: Rounding) -> Decimal | None:
    """Return round price × quantity, less the line with its taxes; None where no such price is near."""
    gross, net, quantity = with_taxes(line), line.line_extension_amount, line.quantity
    if not net or not quantity or min(net, quantity, gross) < 0:
        return None
    price = rounding.quotient(gross, quantity)
    missed = price * quantity - gross
    # The net price may have been rounded to cents, and was so before the tax; value and tax are once more.
    return missed if abs(missed) * net <= _HALF_CENT * quantity * gross + _CENT * net else None


def _together(values: Sequence[Decimal], field: str) -> Amounts:
    """Make one amount of all lines: a total has the cents of all of them."""

    def parts() -> list[list[Part]]:
        some = [("lines", index, field) for index, value in enumerate(values) if value]
        return [[("+", path, values[int(path[1])]) for path in some]]

    return Amounts([sum(values, _ZERO)], parts)
