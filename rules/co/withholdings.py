"""Withholdings: one group for each, its name, and the base in a line (xAT, xAY)."""

from collections.abc import Iterator
from itertools import chain

from cuadre.engine.formula import Formula
from cuadre.engine.line_taxes import path_of
from cuadre.engine.model.document import Document, Line, TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import IVA, RETE_IVA, TAXES, WITHHOLDINGS
from cuadre.engine.regimes.co.tolerances import TWO_PESOS
from cuadre.rules.co.tax_groups import UNKNOWN, mixed, name_of, repeated
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_OF_THE_LINES = {RETE_IVA, "06"}
_NAMES = {id_: TAXES[id_].name.lower() for id_ in WITHHOLDINGS}
_OLD_NAMES = {"06": {"retefuente", "reterenta"}}


def _is_iva(total: TaxTotal) -> bool:
    return total.tax_scheme_id == IVA


_IVA_AMOUNT = Formula(Line, "tax_totals[iva].tax_amount", {"iva": lambda totals: filter(_is_iva, totals)})
_VALUE = Formula(Line, "line_extension_amount")
_REFERENCE_VALUE = Formula(Line, "pricing_reference.price_amount * quantity")
"""The value that a free item would have."""


@check("AT01", at="document")
def document_withholdings(document: Document, context: Context) -> Iterator[Fault]:
    """The document has one group for each withholding; ReteIVA and ReteRenta of the lines are among them."""
    totals = document.withholding_tax_totals
    yield from repeated(totals, "withholding_tax_totals")
    faults = list(mixed(totals, "withholding_tax_totals"))
    yield from faults
    stated = {total.tax_scheme_id for total in totals}
    if not faults and not UNKNOWN & stated:
        for tax in sorted(_OF_THE_LINES & context.line_withholdings.keys() - stated):
            yield Fault("withholding_tax_totals", "lacks_tax", tax, detail=name_of(tax))


@check("AY02", at="document")
def one_line_group_per_withholding(document: Document, context: Context) -> Iterator[Fault] | None:
    """A line has one group for each withholding; one that comes twice stops DIAN's stylesheet."""
    return _groups(document) if context.line_withholdings else None


def _groups(document: Document) -> Iterator[Fault]:
    field = "withholding_tax_totals"
    for index, line in enumerate(document.lines):
        totals = line.withholding_tax_totals
        for fault in chain(repeated(totals, field), mixed(totals, field)):
            yield fault._replace(where=("lines", index, *fault.where))


@check("AT13", at="withholding_tax_totals.tax_subtotals")
def withholding_has_its_name(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """The name of a withholding is that of its id; ReteFuente is the older name of ReteRenta."""
    del context
    tax, name = subtotal.tax_scheme_id or "", (subtotal.tax_scheme_name or "").lower()
    if tax not in _NAMES or not name or name in _OLD_NAMES.get(tax, {_NAMES[tax]}):
        return None
    return Fault("tax_scheme_name", "not_equal", subtotal.tax_scheme_name, TAXES[tax].name)


@check("AY05", at="document")
def withholding_base(document: Document, context: Context) -> Iterator[Fault] | None:
    """The base of a line's ReteIVA is the line's IVA; that of the others is the line's value."""
    return _wrong_bases(document, context) if context.line_withholdings else None


def _wrong_bases(document: Document, context: Context) -> Iterator[Fault]:
    for number, line in enumerate(document.lines):
        for index, total in enumerate(line.withholding_tax_totals):
            for inner, subtotal in enumerate(total.tax_subtotals):
                where = path_of("withholding_tax_totals", (number, index, inner), "taxable_amount")
                fault = _wrong_base(subtotal, line, where, context)
                if fault is not None:
                    yield fault


def _wrong_base(subtotal: TaxSubtotal, line: Line, where: Path, context: Context) -> Fault | None:
    base, tax = subtotal.taxable_amount, subtotal.tax_scheme_id
    if base is None:
        needed = tax in WITHHOLDINGS and subtotal.per_unit_amount is None
        return Fault(where, "missing") if needed else None
    if tax in UNKNOWN or (tax == RETE_IVA and not _tells_its_iva(line)):
        return None
    formulas = (_IVA_AMOUNT,) if tax == RETE_IVA else (_VALUE, _REFERENCE_VALUE)
    found = [(formula, exact) for formula in formulas if (exact := formula.exact(line)) is not None]
    if not found or any(TWO_PESOS.agrees(base, exact) for _, exact in found):
        return None
    formula, exact = found[0]
    expected = context.totals.regime.rounding(exact)
    return Fault(where, "not_equal", base, expected, formula=formula.at(line, where[:2]))


def _tells_its_iva(line: Line) -> bool:
    """Tell whether every TaxTotal says which tax it is, and one at most is IVA: that is AX01, AX15."""
    taxes = [total.tax_scheme_id for total in line.tax_totals]
    return taxes.count(IVA) <= 1 and not UNKNOWN.intersection(taxes)
