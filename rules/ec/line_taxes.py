"""Taxes of a line: base, rate and amount, and the two ways in which a payload may state them."""

from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.formula import Formula
from cuadre.engine.model.document import DocumentKind, Line, TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.recomputation import TAX_TOTAL
from cuadre.engine.regimes.ec.formulas import FILTERS
from cuadre.engine.regimes.ec.taxes import IVA, IVA_RATES, RATES, tax_codes
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_CENT = Decimal("0.01")
_PERCENT = -2
_BASE = Formula(Line, "line_extension_amount + tax_totals.tax_subtotals[ice].tax_amount", FILTERS)
"""The base of a line's IVA: its value and its ICE."""


def _iva(line: Line) -> Iterator[tuple[Path, TaxSubtotal]]:
    for i, total in enumerate(line.tax_totals):
        for j, part in enumerate(total.tax_subtotals):
            if tax_codes(part.tax_scheme_id)[0] == IVA:
                yield ("tax_totals", i, "tax_subtotals", j), part


@check("EC110", at="lines")
def vat_without_base_is_that_of_its_code(line: Line, context: Context) -> Iterator[Fault]:
    """Where a line states the code of its IVA and no base, the amount is value and ICE × the code's rate."""
    base = _BASE.exact(line)
    if base is None:
        return
    for where, part in _iva(line):
        rate = RATES.get(tax_codes(part.tax_scheme_id)[1])
        if part.taxable_amount is not None or part.tax_amount is None or rate is None:
            continue
        exact = (base * rate).scaleb(_PERCENT)
        if abs(part.tax_amount - exact) > _CENT:
            expected = context.totals.regime.rounding(exact)
            yield Fault((*where, "tax_amount"), "not_equal", part.tax_amount, expected, formula=_BASE)


@check("EC112", at="lines.tax_totals")
def short_form_is_the_list(total: TaxTotal, context: Context) -> Fault | None:
    """The amount of a tax in a line is the sum of its rates, where both are stated."""
    exact = TAX_TOTAL.exact(total)
    if total.tax_amount is None or exact is None or not TAX_TOTAL.has_inputs(total):
        return None
    rounded = context.totals.regime.rounding
    if rounded(total.tax_amount) == rounded(exact):
        return None
    return Fault("tax_amount", "figure", total.tax_amount, rounded(exact), formula=TAX_TOTAL)


@check("EC114", at="lines")
def vat_base_holds_the_excise(line: Line, context: Context) -> Iterator[Fault]:
    """The base of IVA is the value of the line with its ICE, within a cent."""
    exact = _BASE.exact(line)
    if exact is None:
        return
    for where, part in _iva(line):
        if part.taxable_amount is not None and abs(part.taxable_amount - exact) > _CENT:
            expected = context.totals.regime.rounding(exact)
            yield Fault((*where, "taxable_amount"), "figure", part.taxable_amount, expected, formula=_BASE)


@check("EC116", at="lines.tax_totals.tax_subtotals")
@check("EC116", at="tax_totals.tax_subtotals")
def rate_is_that_of_its_code(part: TaxSubtotal, context: Context) -> Fault | None:
    """The rate of IVA is that of its code, and an invoice has one that is in force on its day."""
    tax, code = tax_codes(part.tax_scheme_id)
    if tax != IVA or code not in RATES:
        return None
    if part.percent is not None and part.percent != RATES[code]:
        return Fault("percent", "not_equal", part.percent, RATES[code])
    day = context.document.issue_date
    if day is None or context.document.kind is not DocumentKind.INVOICE:
        return None
    if any(rate.code == code and rate.holds(day) for rate in IVA_RATES):
        return None
    now = ", ".join(rate.code for rate in IVA_RATES if rate.holds(day))
    return Fault("tax_scheme_id", "not_in_list", part.tax_scheme_id, detail=now)
