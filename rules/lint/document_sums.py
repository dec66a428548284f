"""Sums that the authority does not compare: lines' taxes, discounts, prepayments (CUA106 to CUA108)."""

from decimal import Decimal

from cuadre.engine.figures import Formula, Sign
from cuadre.engine.line_taxes import Members, path_of
from cuadre.engine.model.document import AllowanceCharge, Document, Line, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.rules.rule import Context, Fault, check, glance

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@check("CUA106", at="document")
def prepayment_is_subtracted(document: Document, path: Path, context: Context) -> Fault | None:
    """The amount to pay is less the prepayment, though this is no document of the health sector."""
    del path
    total = document.legal_monetary_total
    if total is None or not total.prepaid_amount or (document.customization_id or "").startswith("SS-"):
        return None
    figure = context.totals.by_path.get("legal_monetary_total.payable_amount")
    if figure is None or figure.stated is None or "PrepaidAmount" not in figure.formula.text:
        return None
    if not context.totals.regime.tolerance(figure).agrees(figure.stated, figure.exact):
        return None
    return Fault(figure.path, "less_prepaid", figure.stated, figure.stated + total.prepaid_amount)


@check("CUA107", at="tax_totals.tax_subtotals")
def document_tax_is_sum_of_lines(subtotal: TaxSubtotal, path: Path, context: Context) -> Fault | None:
    """A document's tax at a rate has the base and the amount of the lines' taxes at that rate."""
    if subtotal.percent is None:
        return None
    members = context.line_taxes.get(subtotal.tax_scheme_id, {}).get(subtotal.percent)
    if not members:
        return None
    for field in ("taxable_amount", "tax_amount"):
        stated: Decimal | None = getattr(subtotal, field)
        computed = sum([getattr(part, field) or _ZERO for _, part in members], _ZERO)
        if stated is not None and abs(stated - computed) > _CENT:
            formula = Formula(f"Σ line {field}", addends=_addends(members, field))
            return Fault((*path, field), "not_lines", stated, computed, formula=formula)
    return None


def _addends(members: Members, field: str) -> list[tuple[Sign, Path, Decimal]]:
    """List the lines' amounts of the same tax and rate, with their places."""
    values = [(path_of("tax_totals", place, field), getattr(part, field)) for place, part in members]
    return [("+", path, value) for path, value in values if value is not None]


@check("CUA108", at="allowance_charges")
@check("CUA108", at="lines.allowance_charges")
def amount_is_base_times_percentage(part: AllowanceCharge, path: Path, context: Context) -> Fault | None:
    """A discount or charge is its base times its percentage, to the cent."""
    base, percent = part.base_amount, part.multiplier_factor_numeric
    if base is None or percent is None or _agrees(part):
        return None
    factors = (((*path, "base_amount"), base), ((*path, "multiplier_factor_numeric"), percent))
    formula = Formula("BaseAmount × MultiplierFactorNumeric / 100", factors, -2)
    expected = context.totals.regime.rounding(formula.exact())
    return Fault((*path, "amount"), "figure", part.amount, expected, formula=formula)


def _agrees(part: AllowanceCharge) -> bool:
    amount, base, percent = part.amount, part.base_amount, part.multiplier_factor_numeric
    if amount is None or base is None or percent is None:
        return True
    return abs(amount - (base * percent).scaleb(-2)) <= _CENT


@glance
def discounts_agree(line: Line, context: Context) -> bool:
    """Tell whether the discounts of a line are right: nothing else of this pack is about lines."""
    del context
    return all(map(_agrees, line.allowance_charges))
