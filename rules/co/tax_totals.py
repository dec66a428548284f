"""Which taxes there are: one TaxTotal for each, in the document and in each line (xAS01, xAX01, xAS04)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from cuadre.engine.findings import Severity
from cuadre.engine.model.document import Document, Line, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import INC, IVA, TAXES
from cuadre.engine.texts import say
from cuadre.rules.co.tax_groups import ANY, UNKNOWN, mixed, name_of, repeated
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_IN_TOTALS = {IVA, INC}
_WITH_TAXES = ("legal_monetary_total.tax_inclusive_amount",)
_BASE = ("legal_monetary_total.tax_exclusive_amount",)
_AMOUNT: tuple[str | Path, ...] = (("tax_amount",),)


@check("AS01a", at="document")
def one_document_total_per_tax(document: Document, context: Context) -> Iterator[Fault]:
    """The document has one TaxTotal for each tax of its lines.

    A TaxTotal of two taxes, or of none that it names, is a fault of its own: which tax is lacking then is
    not known.
    """
    totals = document.tax_totals
    yield from repeated(totals, "tax_totals", _WITH_TAXES)
    faults = list(mixed(totals, "tax_totals"))
    yield from faults
    stated = {total.tax_scheme_id for total in totals}
    if not faults and not UNKNOWN & stated:
        for tax in context.line_taxes:
            if tax in TAXES and tax not in stated | ANY:
                yield Fault("tax_totals", "lacks_tax", tax, detail=name_of(tax), explains=_WITH_TAXES)


@check("AS01a", at="document")
def document_tax_is_a_line_tax(document: Document, context: Context) -> Iterator[Fault]:
    """A tax of the document is in a line; IVA and INC are for AS01b.

    One of 0.00 is in many accepted documents; DIAN's own example names a tax of the document ZZ in the line.
    """
    lines = context.line_taxes
    for index, total in enumerate(document.tax_totals if not ANY & lines.keys() else ()):
        tax = total.tax_scheme_id
        if tax in TAXES and tax not in _IN_TOTALS | ANY and tax not in lines and total.tax_amount:
            yield Fault(("tax_totals", index), "no_line_has_tax", tax, detail=name_of(tax))


@check("AS01b", at="tax_totals")
def document_tax_has_a_line(total: TaxTotal, context: Context) -> Fault | None:
    """A TaxTotal has a subtotal, and IVA or INC of the document stands in at least one line.

    One of 0.00 that no line has is in DIAN's own examples, and is only remarked on.
    """
    tax, lines = total.tax_scheme_id, context.line_taxes
    if not total.tax_subtotals:
        return Fault("tax_subtotals", "missing")
    if tax in _IN_TOTALS and tax not in lines and not UNKNOWN & lines.keys():
        severity = None if total.tax_amount else Severity.NOTIFY
        return Fault("", "no_line_has_tax", tax, detail=name_of(tax), severity=severity)
    return None


@check("AX01", at="lines")
def one_line_total_per_tax(line: Line, context: Context) -> Iterator[Fault] | None:
    """A line has one TaxTotal for each tax."""
    del context
    totals = line.tax_totals
    if len(totals) == 1 and len(totals[0].tax_subtotals) == 1:
        return None
    return chain(repeated(totals, "tax_totals"), mixed(totals, "tax_totals", _BASE))


@check("AX04", at="lines.tax_totals")
def one_line_subtotal_per_rate(total: TaxTotal, context: Context) -> Iterator[Fault] | None:
    """A tax of a line has one subtotal for each rate; the document's taxable base adds all of them up."""
    del context
    if len(total.tax_subtotals) <= 1:
        return None
    return _repeated_rates(total, _AMOUNT + _BASE)


@check("AS04", at="tax_totals")
@check("AT04", at="withholding_tax_totals")
@check("AY04", at="lines.withholding_tax_totals")
def one_subtotal_per_rate(total: TaxTotal, context: Context) -> Iterator[Fault] | None:
    """A tax has one subtotal for each rate; an amount per unit is no rate."""
    del context
    if len(total.tax_subtotals) <= 1:
        return None
    return _repeated_rates(total, _AMOUNT)


def _repeated_rates(total: TaxTotal, explains: Sequence[str | Path]) -> Iterator[Fault]:
    seen: set[tuple[str | None, Decimal]] = set()
    for index, subtotal in enumerate(total.tax_subtotals):
        rate = subtotal.percent
        if rate is None or subtotal.per_unit_amount is not None:
            continue
        if (subtotal.tax_scheme_id, rate) in seen:
            where = ("tax_subtotals", index, "percent")
            shown = say("cuadre.engine:amount", value=rate)
            yield Fault(where, "repeated", rate, detail=shown, explains=explains)
        seen.add((subtotal.tax_scheme_id, rate))
