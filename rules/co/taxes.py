"""Groups of taxes and withholdings, of the document and of its lines (xAS, xAT, xAX, xAY)."""

from collections.abc import Iterator
from decimal import Decimal

from cuadre.engine.figures import Figure
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import Document, Line, TaxSubtotal, TaxTotal
from cuadre.engine.regimes.co.taxes import IVA, NOMINAL, RETE_IVA, TAXES, WITHHOLDINGS
from cuadre.engine.regimes.co.tolerances import TWO_PESOS
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say
from cuadre.rules.registration import check, severity_override
from cuadre.rules.rule import Context, Fault

RATES: dict[str, set[Decimal]] = {}
for _row in load_table("cuadre.rules.co.tables", "rates", ("tax", "percent")):
    RATES.setdefault(_row["tax"], set()).add(Decimal(_row["percent"]))

_IN_TOTALS = {IVA, "04"}
# ZZ is the id of every tax that has none of its own, so it may stand several times, or in the lines only.
_ANY = {None, "", "ZZ"}
_HEADER_WITHHOLDINGS = {RETE_IVA, "06"}
# Bags, carbon and fuel say how many units, and 21 was a unit tax before stamps; annex 1.9, FAX09.
_BY_UNIT = {"21", "22", "23", "24"}
_NAMES = {id_: TAXES[id_].name.lower() for id_ in WITHHOLDINGS}
_OLD_NAMES = {"06": {"retefuente", "reterenta"}}


def _repeated(totals: tuple[TaxTotal, ...], field: str) -> Iterator[Fault]:
    last: dict[str | None, int] = {}
    twice: dict[str | None, int] = {}
    for index, total in enumerate(totals):
        tax = total.tax_scheme_id
        if tax in last and tax not in _ANY:
            twice[tax] = index
        last[tax] = index
    for tax, index in twice.items():
        yield Fault((field, index), "repeated", tax, detail=_name(tax))


def _name(tax: str | None) -> str:
    known = TAXES.get(tax or "")
    return known.name if known else tax or ""


@check("AS01a", at="document")
def document_taxes_are_the_lines_taxes(document: Document, context: Context) -> Iterator[Fault]:
    """The document has one TaxTotal for each tax of its lines."""
    yield from _repeated(document.tax_totals, "tax_totals")
    stated = {total.tax_scheme_id for total in document.tax_totals}
    for tax in context.line_taxes:
        if tax in TAXES and tax not in stated | _ANY:
            yield Fault(
                "tax_totals",
                "lacks_tax",
                tax,
                detail=_name(tax),
                explains=("legal_monetary_total.tax_inclusive_amount",),
            )


@check("AS01b", at="tax_totals")
def document_tax_has_a_line(total: TaxTotal, context: Context) -> Fault | None:
    """A TaxTotal has a subtotal, and IVA or INC of the document stands in at least one line.

    One of 0.00 that no line has is in DIAN's own examples, and is only remarked on.
    """
    tax = total.tax_scheme_id
    if not total.tax_subtotals:
        return Fault("tax_subtotals", "missing")
    if tax in _IN_TOTALS and tax not in context.line_taxes:
        severity = None if total.tax_amount else Severity.NOTIFY
        return Fault("", "no_line_has_tax", tax, detail=_name(tax), severity=severity)
    return None


@check("AT01", at="document")
def document_withholdings(document: Document, context: Context) -> Iterator[Fault]:
    """The document has one group for each withholding; ReteIVA and ReteRenta of the lines are among them."""
    yield from _repeated(document.withholding_tax_totals, "withholding_tax_totals")
    stated = {total.tax_scheme_id for total in document.withholding_tax_totals}
    for tax in sorted(_HEADER_WITHHOLDINGS & {tax for tax in context.line_withholdings if tax} - stated):
        yield Fault("withholding_tax_totals", "lacks_tax", tax, detail=_name(tax))


@check("AX01", at="lines")
def one_total_per_tax(line: Line, context: Context) -> Iterator[Fault] | None:
    """A line has one TaxTotal for each tax."""
    del context
    if len(line.tax_totals) <= 1:
        return None
    return _repeated(line.tax_totals, "tax_totals")


@check("AS04", at="tax_totals")
@check("AT04", at="withholding_tax_totals")
@check("AX04", at="lines.tax_totals")
@check("AY04", at="lines.withholding_tax_totals")
def one_subtotal_per_rate(total: TaxTotal, context: Context) -> Iterator[Fault] | None:
    """A tax has one subtotal for each rate; an amount per unit is no rate."""
    del context
    if len(total.tax_subtotals) <= 1:
        return None
    return _repeated_rates(total)


def _repeated_rates(total: TaxTotal) -> Iterator[Fault]:
    seen: set[tuple[str | None, Decimal]] = set()
    for index, subtotal in enumerate(total.tax_subtotals):
        rate = subtotal.percent
        if rate is None or subtotal.per_unit_amount is not None:
            continue
        if (subtotal.tax_scheme_id, rate) in seen:
            yield Fault(
                ("tax_subtotals", index, "percent"),
                "repeated",
                rate,
                detail=say("cuadre.engine:amount", value=rate),
            )
        seen.add((subtotal.tax_scheme_id, rate))


@check("AS05", at="tax_totals.tax_subtotals")
def base_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal states its base, or its units and the amount per unit."""
    del context
    if subtotal.taxable_amount is not None or subtotal.per_unit_amount is not None:
        return None
    if subtotal.base_unit_measure is not None or subtotal.tax_scheme_id in _BY_UNIT:
        return None
    return Fault("taxable_amount", "missing")


@check("AX05", at="lines.tax_totals.tax_subtotals")
def line_base_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal of a line states its base; the taxable base of the document follows from it."""
    fault = base_is_stated(subtotal, context)
    return fault._replace(explains=("legal_monetary_total.tax_exclusive_amount",)) if fault else None


@check("AS09", at="tax_totals.tax_subtotals")
def units_are_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A tax per unit says how many units."""
    del context
    lacks = subtotal.per_unit_amount is not None and subtotal.base_unit_measure is None
    return Fault("base_unit_measure", "missing") if lacks else None


@check("AX09", at="lines.tax_totals.tax_subtotals")
def line_units_are_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A tax per unit of a line says how many units, and of what."""
    del context
    if subtotal.per_unit_amount is None and subtotal.tax_scheme_id not in _BY_UNIT:
        return None
    if subtotal.base_unit_measure is None:
        return Fault("base_unit_measure", "missing")
    return None if subtotal.base_unit_measure_unit_code else Fault("base_unit_measure_unit_code", "missing")


@check("AS11", at="tax_totals.tax_subtotals")
def amount_per_unit_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A nominal tax that says how many units also says how much each."""
    del context
    nominal = subtotal.tax_scheme_id in NOMINAL
    if nominal and subtotal.base_unit_measure is not None and subtotal.per_unit_amount is None:
        return Fault("per_unit_amount", "missing")
    return None


def _has_category(subtotal: TaxSubtotal) -> bool:
    return (
        subtotal.percent is not None
        or subtotal.tax_scheme_id is not None
        or subtotal.tax_scheme_name is not None
    )


@check("AX13", at="lines.tax_totals.tax_subtotals")
@check("AY09", at="lines.withholding_tax_totals.tax_subtotals")
def category_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal has a TaxCategory."""
    del context
    return None if _has_category(subtotal) else Fault("percent", "missing")


@check("AS15", at="tax_totals.tax_subtotals")
@check("AT11", at="withholding_tax_totals.tax_subtotals")
def document_scheme_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal of the document says which tax it is."""
    del context
    return Fault("tax_scheme_id", "missing") if not subtotal.tax_scheme_id else None


@check("AX15", at="lines.tax_totals.tax_subtotals")
@check("AY11", at="lines.withholding_tax_totals.tax_subtotals")
def line_scheme_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal of a line says which tax it is; one without any TaxCategory is for AX13 and AY09."""
    del context
    if subtotal.tax_scheme_id or not _has_category(subtotal):
        return None
    return Fault("tax_scheme_id", "missing")


@check("AT13", at="withholding_tax_totals.tax_subtotals")
def withholding_has_its_name(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """The name of a withholding is that of its id; ReteFuente is the older name of ReteRenta."""
    del context
    tax, name = subtotal.tax_scheme_id or "", (subtotal.tax_scheme_name or "").lower()
    if tax not in _NAMES or not name or name in _OLD_NAMES.get(tax, {_NAMES[tax]}):
        return None
    return Fault("tax_scheme_name", "not_equal", subtotal.tax_scheme_name, TAXES[tax].name)


@check("AX14", at="lines.tax_totals.tax_subtotals")
@check("AY10", at="lines.withholding_tax_totals.tax_subtotals")
def rate_is_in_table(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """The rate of IVA, INC and ReteIVA is one of the law's; others change too often to judge."""
    del context
    rate, rates = subtotal.percent, RATES.get(subtotal.tax_scheme_id or "")
    if rate is None or rates is None or rate in rates:
        return None
    shown = ", ".join(str(one) for one in sorted(rates))
    return Fault("percent", "not_in_list", rate, detail=shown)


@check("AY05", at="lines")
def withholding_base(line: Line, context: Context) -> Iterator[Fault] | None:
    """The base of a line's ReteIVA is the line's IVA; that of the others is the line's value."""
    if not line.withholding_tax_totals:
        return None
    return _wrong_bases(line, context)


def _wrong_bases(line: Line, context: Context) -> Iterator[Fault]:
    iva = [t.tax_amount for t in line.tax_totals if t.tax_scheme_id == IVA and t.tax_amount is not None]
    for index, total in enumerate(line.withholding_tax_totals):
        for inner, subtotal in enumerate(total.tax_subtotals):
            base = subtotal.taxable_amount
            accepted = [sum(iva, Decimal(0))] if subtotal.tax_scheme_id == RETE_IVA else _values(line)
            if base is None or not accepted or any(TWO_PESOS.agrees(base, value) for value in accepted):
                continue
            where = ("withholding_tax_totals", index, "tax_subtotals", inner, "taxable_amount")
            yield Fault(where, "not_equal", base, context.totals.regime.rounding(accepted[0]))


def _values(line: Line) -> list[Decimal]:
    """The line's value, and for a free item also that of its reference price."""
    values = [] if line.line_extension_amount is None else [line.line_extension_amount]
    reference, quantity = line.pricing_reference, line.quantity
    if reference is not None and reference.price_amount is not None and quantity is not None:
        values.append(reference.price_amount * quantity)
    return values


@severity_override("AS07")
def nominal_document_tax(figure: Figure) -> Severity | None:
    """A document's tax per unit that does not add up was accepted with a notification (real answer, 2025)."""
    subtotal = figure.part
    nominal = isinstance(subtotal, TaxSubtotal) and subtotal.per_unit_amount is not None
    return Severity.NOTIFY if nominal else None
