"""Bases that were added up once too often, or taken with taxes in them (CUA102, CUA104)."""

from decimal import Decimal

from cuadre.engine.figures import Figure, Formula, Sign
from cuadre.engine.model.document import AllowanceCharge
from cuadre.engine.model.scalars import Path
from cuadre.rules.rule import Context, Fault, check, lens


@lens("CUA102")
def base_counted_twice(figure: Figure, context: Context) -> Fault | None:
    """The taxable base adds the bases of every tax of a line, and not only of the first."""
    if figure.path != ("legal_monetary_total", "tax_exclusive_amount") or figure.stated is None:
        return None
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+", ("lines", i, "tax_totals", j, "tax_subtotals", k, "taxable_amount"), subtotal.taxable_amount)
        for i, line in enumerate(context.document.lines)
        for j, total in enumerate(line.tax_totals)
        for k, subtotal in enumerate(total.tax_subtotals)
        if subtotal.taxable_amount is not None
    ]
    formula = Formula("Σ TaxableAmount of every TaxTotal of each line", addends=addends)
    if len(addends) == len(figure.formula.addends) or formula.exact() != figure.stated:
        return None
    return Fault(figure.path, "counted_twice", figure.stated, figure.value, formula=formula)


@check("CUA104", at="allowance_charges")
def discount_base_above_gross(part: AllowanceCharge, path: Path, context: Context) -> Fault | None:
    """A discount's base is above the gross value and not above the total with taxes (above both is AQ09)."""
    total, base = context.document.legal_monetary_total, part.base_amount
    if total is None or base is None or part.is_charge:
        return None
    gross, inclusive = total.line_extension_amount, total.tax_inclusive_amount
    if gross is None or inclusive is None or not gross < base <= inclusive:
        return None
    return Fault((*path, "base_amount"), "above", base, gross)
