"""Taxes of the heading beside those of the lines: ICE, IVA, and the subtotals by rate of IVA."""

from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.computation import Computation, Sign
from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Document, Line, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.taxes import ICE, IVA, SUBTOTALS, tax_codes
from cuadre.engine.texts import say
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_Addends = list[tuple[Sign, Path, Decimal]]
_ZERO = Decimal(0)
_CENT = Decimal("0.01")
_TAXED = "taxed"


@check("EC104", at="document")
def excise_is_that_of_the_lines(document: Document, context: Context) -> Fault | None:
    """The ICE of the document is that of its lines."""
    return _of_lines(document, ICE, context)


@check("EC105", at="document")
def vat_is_that_of_the_lines(document: Document, context: Context) -> Fault | None:
    """The IVA of the document is that of its lines, but for a cent of rounding in each."""
    return _of_lines(document, IVA, context)


def _of_lines(document: Document, code: str, context: Context) -> Fault | None:
    stated = [
        (("tax_totals", index, "tax_amount"), total.tax_amount)
        for index, total in enumerate(document.tax_totals)
        if tax_codes(total.tax_scheme_id)[0] == code and total.tax_amount is not None
    ]
    amount = sum((value for _, value in stated), _ZERO)
    addends = list(line_amounts(document, code))
    formula = Computation(say("cuadre.engine:sum_over_lines", field="TaxAmount"), addends=addends)
    exact = formula.exact()
    if not document.lines or abs(amount - exact) <= _CENT * len(addends):
        return None
    expected = context.totals.regime.rounding(exact)
    if not stated:
        return Fault("tax_totals", "missing_figure", None, expected, formula=formula)
    return Fault(stated[0][0], "figure", amount, expected, formula=formula)


def line_amounts(document: Document, code: str) -> Iterator[tuple[Sign, Path, Decimal]]:
    """List the amounts of a tax in the lines: the total of each, or its rates where it states none."""
    for i, line in enumerate(document.lines):
        for j, total in enumerate(line.tax_totals):
            where: Path = ("lines", i, "tax_totals", j)
            if tax_codes(total.tax_scheme_id)[0] != code:
                continue
            if total.tax_amount is not None:
                yield "+", (*where, "tax_amount"), total.tax_amount
                continue
            for k, part in enumerate(total.tax_subtotals):
                yield "+", (*where, "tax_subtotals", k, "tax_amount"), part.tax_amount or _ZERO


@check("EC111", at="tax_totals.tax_subtotals")
def rate_is_base_times_rate_or_its_lines(part: TaxSubtotal, context: Context) -> Fault | None:
    """A tax of the document at one rate is base × rate, or the sum of the lines with both its codes."""
    if part.tax_amount is None or not tax_codes(part.tax_scheme_id)[1]:
        return None
    formulas = context.totals.regime.tax_amount(part)
    candidates: list[tuple[Decimal, Decimal, Formula | Computation]] = [
        (exact, _CENT, one) for one in formulas if (exact := one.exact(part)) is not None
    ]
    addends = list(_at_rate(context.document, part))
    if addends:
        lines = Computation(say("cuadre.engine:sum_over_lines", field="TaxAmount"), addends=addends)
        candidates.append((lines.exact(), _CENT * len(addends), lines))
    if not candidates or any(abs(part.tax_amount - exact) <= room for exact, room, _ in candidates):
        return None
    exact, _, formula = candidates[0]
    expected = context.totals.regime.rounding(exact)
    return Fault("tax_amount", "figure", part.tax_amount, expected, formula=formula)


def _at_rate(document: Document, subtotal: TaxSubtotal) -> Iterator[tuple[Sign, Path, Decimal]]:
    for i, line in enumerate(document.lines):
        for j, total in enumerate(line.tax_totals):
            for k, part in enumerate(total.tax_subtotals):
                if part.tax_scheme_id == subtotal.tax_scheme_id and part.tax_amount is not None:
                    yield (
                        "+",
                        ("lines", i, "tax_totals", j, "tax_subtotals", k, "tax_amount"),
                        part.tax_amount,
                    )


@check("EC113", at="document")
def subtotals_are_those_of_the_lines(document: Document, context: Context) -> Iterator[Fault]:
    """A subtotal by rate of IVA is that of the lines with that rate: values, or bases with the ICE.

    Where the taxed lines have one subtotal for every rate it is without ICE. A document of which a line
    has no known rate of IVA is not judged.
    """
    rates = [_rate(line) for line in document.lines]
    if not rates or any(part is None or tax_codes(part.tax_scheme_id)[1] not in SUBTOTALS for part in rates):
        return
    for i, total in enumerate(document.tax_totals):
        for j, part in enumerate(total.tax_subtotals):
            if tax_codes(part.tax_scheme_id)[0] == IVA and part.taxable_amount is not None:
                mine = [n for n, rate in enumerate(rates) if rate is not None and _belongs(rate, part)]
                fault = _compared(document, part, mine, context)
                if fault is not None:
                    yield fault._replace(where=("tax_totals", i, "tax_subtotals", j, "taxable_amount"))


def _rate(line: Line) -> TaxSubtotal | None:
    parts = [part for total in line.tax_totals for part in total.tax_subtotals]
    return next((part for part in parts if tax_codes(part.tax_scheme_id)[0] == IVA), None)


def _belongs(rate: TaxSubtotal, subtotal: TaxSubtotal) -> bool:
    if tax_codes(subtotal.tax_scheme_id)[1]:
        return rate.tax_scheme_id == subtotal.tax_scheme_id
    return SUBTOTALS[tax_codes(rate.tax_scheme_id)[1]] == _TAXED


def _compared(document: Document, part: TaxSubtotal, mine: list[int], context: Context) -> Fault | None:
    rounded, stated = context.totals.regime.rounding, part.taxable_amount or _ZERO
    values: _Addends = [
        ("+", ("lines", n, "line_extension_amount"), document.lines[n].line_extension_amount or _ZERO)
        for n in mine
    ]
    formula = Computation(say("cuadre.rules.ec:lines_of_rate"), addends=values)
    exact = formula.exact()
    if rounded(stated) == rounded(exact):
        return None
    rates = [_rate(document.lines[n]) for n in mine]
    bases = sum((rate.taxable_amount or _ZERO for rate in rates if rate is not None), _ZERO)
    if tax_codes(part.tax_scheme_id)[1] and rounded(stated) == rounded(bases):
        return None
    return Fault((), "not_lines", stated, rounded(exact), formula=formula)
