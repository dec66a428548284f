"""Taxes of a line: base, rate and amount, and the two ways in which a payload may state them."""

from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.figures import Formula, Sign
from cuadre.engine.model.document import DocumentKind, Line, TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.taxes import ICE, IVA, IVA_RATES, RATES, tax_codes
from cuadre.rules.rule import Context, Fault, check

_ZERO = Decimal(0)
_CENT = Decimal("0.01")
_PERCENT = -2
_Parts = Iterator[tuple[Path, TaxSubtotal]]


def _iva(line: Line, path: Path) -> _Parts:
    for i, total in enumerate(line.tax_totals):
        for j, part in enumerate(total.tax_subtotals):
            if tax_codes(part.tax_scheme_id)[0] == IVA:
                yield (*path, "tax_totals", i, "tax_subtotals", j), part


def _base(line: Line, path: Path) -> Formula | None:
    """Write the base of a line's IVA as a formula: its value and its ICE."""
    if line.line_extension_amount is None:
        return None
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+", (*path, "line_extension_amount"), line.line_extension_amount)
    ]
    for i, total in enumerate(line.tax_totals):
        for j, part in enumerate(total.tax_subtotals):
            if tax_codes(part.tax_scheme_id)[0] == ICE and part.tax_amount is not None:
                where = (*path, "tax_totals", i, "tax_subtotals", j, "tax_amount")
                addends.append(("+", where, part.tax_amount))
    return Formula("LineExtensionAmount + ICE", addends=addends)


@check("EC110", at="lines")
def vat_without_base_is_that_of_its_code(line: Line, path: Path, context: Context) -> Iterator[Fault]:
    """Where a line states the code of its IVA and no base, the amount is value and ICE × the code's rate."""
    base = _base(line, path)
    if base is None:
        return
    for where, part in _iva(line, path):
        rate = RATES.get(tax_codes(part.tax_scheme_id)[1])
        if part.taxable_amount is not None or part.tax_amount is None or rate is None:
            continue
        exact = (base.exact() * rate).scaleb(_PERCENT)
        if abs(part.tax_amount - exact) > _CENT:
            expected = context.totals.regime.rounding(exact)
            formula = base._replace(text=f"(LineExtensionAmount + ICE) × {rate} / 100")
            yield Fault((*where, "tax_amount"), "not_equal", part.tax_amount, expected, formula=formula)


@check("EC112", at="lines.tax_totals")
def short_form_is_the_list(total: TaxTotal, path: Path, context: Context) -> Fault | None:
    """The amount of a tax in a line is the sum of its rates, where both are stated."""
    addends: list[tuple[Sign, Path, Decimal]] = [
        ("+", (*path, "tax_subtotals", index, "tax_amount"), part.tax_amount)
        for index, part in enumerate(total.tax_subtotals)
        if part.tax_amount is not None
    ]
    if total.tax_amount is None or not addends:
        return None
    formula = Formula("Σ TaxSubtotal/TaxAmount", addends=addends)
    expected = context.totals.regime.rounding(formula.exact())
    if context.totals.regime.rounding(total.tax_amount) == expected:
        return None
    return Fault((*path, "tax_amount"), "figure", total.tax_amount, expected, formula=formula)


@check("EC114", at="lines")
def vat_base_holds_the_excise(line: Line, path: Path, context: Context) -> Iterator[Fault]:
    """The base of IVA is the value of the line with its ICE, within a cent."""
    base = _base(line, path)
    if base is None:
        return
    exact = base.exact()
    for where, part in _iva(line, path):
        if part.taxable_amount is not None and abs(part.taxable_amount - exact) > _CENT:
            expected = context.totals.regime.rounding(exact)
            stated = part.taxable_amount
            yield Fault((*where, "taxable_amount"), "figure", stated, expected, formula=base)


@check("EC116", at="lines.tax_totals.tax_subtotals")
@check("EC116", at="tax_totals.tax_subtotals")
def rate_is_that_of_its_code(part: TaxSubtotal, path: Path, context: Context) -> Fault | None:
    """The rate of IVA is that of its code, and an invoice has one that is in force on its day."""
    tax, code = tax_codes(part.tax_scheme_id)
    if tax != IVA or code not in RATES:
        return None
    if part.percent is not None and part.percent != RATES[code]:
        return Fault((*path, "percent"), "not_equal", part.percent, RATES[code])
    day = context.document.issue_date
    if day is None or context.document.kind is not DocumentKind.INVOICE:
        return None
    if any(rate.code == code and rate.holds(day) for rate in IVA_RATES):
        return None
    now = ", ".join(rate.code for rate in IVA_RATES if rate.holds(day))
    return Fault((*path, "tax_scheme_id"), "not_in_list", part.tax_scheme_id, detail=now)
