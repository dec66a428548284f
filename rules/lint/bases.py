"""Bases that were added up once too often, or taken with taxes in them (CUA102, CUA104)."""

from cuadre.engine.figures import Figure
from cuadre.engine.formula import Formula
from cuadre.engine.model.document import AllowanceCharge, Document
from cuadre.engine.selectors import Selector
from cuadre.rules.registration import check, explainer
from cuadre.rules.rule import Context, Fault

_EVERY_BASE = Formula(Document, "lines.tax_totals.tax_subtotals.taxable_amount")
_FIRST_BASES = Selector(Document, "lines.tax_totals[0].tax_subtotals.taxable_amount")


@explainer("CUA102")
def base_counted_twice(figure: Figure, context: Context) -> Fault | None:
    """The taxable base adds the bases of every tax of a line, and not only of the first."""
    if figure.path != ("legal_monetary_total", "tax_exclusive_amount") or figure.stated is None:
        return None
    document = context.document
    if _EVERY_BASE.exact(document) != figure.stated or figure.exact == figure.stated:
        return None
    if any(value is None for value in _FIRST_BASES.values(document)):
        return None
    every_base = _EVERY_BASE.at(document, ())
    return Fault(figure.path, "counted_twice", figure.stated, figure.value, formula=every_base)


@check("CUA104", at="allowance_charges")
def discount_base_above_gross(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount's base is above the gross value and not above the total with taxes (above both is AQ09)."""
    total, base = context.document.legal_monetary_total, part.base_amount
    if total is None or base is None or part.is_charge:
        return None
    gross, inclusive = total.line_extension_amount, total.tax_inclusive_amount
    if gross is None or inclusive is None or not gross < base <= inclusive:
        return None
    return Fault("base_amount", "above", base, gross)
