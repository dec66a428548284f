"""Sums that the authority does not compare: lines' taxes, discounts, prepayments (CUA106 to CUA108)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.computation import Computation, Sign
from cuadre.engine.element_names import ubl_name
from cuadre.engine.formula import Formula
from cuadre.engine.line_taxes import Members, path_of
from cuadre.engine.model.document import AllowanceCharge, Document, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_CENT = Decimal("0.01")
_ZERO = Decimal(0)
_OF_BASE = Formula(AllowanceCharge, "base_amount * multiplier_factor_numeric / 100")


@check("CUA106", at="document")
def prepayment_is_subtracted(document: Document, context: Context) -> Fault | None:
    """The amount to pay is less the prepayment, though this is no document of the health sector."""
    total = document.legal_monetary_total
    if total is None or not total.prepaid_amount or (document.customization_id or "").startswith("SS-"):
        return None
    figure = context.totals.total("payable_amount")
    if figure is None or figure.stated is None or "PrepaidAmount" not in figure.computation.text:
        return None
    if not context.totals.regime.tolerance(figure).agrees(figure.stated, figure.exact):
        return None
    return Fault(figure.path, "less_prepaid", figure.stated, figure.stated + total.prepaid_amount)


@check("CUA107", at="document")
def document_taxes_are_sums_of_lines(document: Document, context: Context) -> Iterator[Fault]:
    """A document's tax at a rate has the base and the amount of the lines' taxes at that rate.

    A rate that the document states twice is for the authority's own rule, and belongs to no sum.
    """
    if not context.line_taxes:
        return
    stated = Counter([_rate(part) for total in document.tax_totals for part in total.tax_subtotals])
    for index, total in enumerate(document.tax_totals):
        for inner, part in enumerate(total.tax_subtotals):
            members = context.line_taxes.get(part.tax_scheme_id, {}).get(part.percent)
            if part.percent is not None and members and stated[_rate(part)] == 1:
                fault = _not_the_lines(part, members)
                if fault is not None:
                    yield fault._replace(where=("tax_totals", index, "tax_subtotals", inner, *fault.where))


def _rate(subtotal: TaxSubtotal) -> tuple[str | None, Decimal | None]:
    return subtotal.tax_scheme_id, subtotal.percent


def _not_the_lines(subtotal: TaxSubtotal, members: Members) -> Fault | None:
    for field in ("taxable_amount", "tax_amount"):
        stated: Decimal | None = getattr(subtotal, field)
        computed = sum([getattr(part, field) or _ZERO for _, part in members], _ZERO)
        if stated is not None and abs(stated - computed) > _CENT:
            lines = Computation(f"Σ {ubl_name(field)} of the lines", addends=_addends(members, field))
            return Fault((field,), "not_lines", stated, computed, formula=lines)
    return None


def _addends(members: Members, field: str) -> list[tuple[Sign, Path, Decimal]]:
    """List the lines' amounts of the same tax and rate, with their paths."""
    values = [(path_of("tax_totals", place, field), getattr(part, field)) for place, part in members]
    return [("+", path, value) for path, value in values if value is not None]


@check("CUA108", at="allowance_charges")
@check("CUA108", at="lines.allowance_charges")
def amount_is_base_times_percentage(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount or charge is its base times its percentage, to the cent."""
    exact = _OF_BASE.exact(part)
    if exact is None or part.amount is None or abs(part.amount - exact) <= _CENT:
        return None
    expected = context.totals.regime.rounding(exact)
    return Fault("amount", "figure", part.amount, expected, formula=_OF_BASE)
