"""What a subtotal of a tax says: its base, its rate or amount per unit, and which tax it is (xAS, xAX)."""

from collections.abc import Iterator

from cuadre.engine.figures import Figure
from cuadre.engine.findings import Severity
from cuadre.engine.line_taxes import path_of
from cuadre.engine.model.document import Document, TaxSubtotal
from cuadre.engine.regimes.co.taxes import NOMINAL, TAXES, WITHHOLDINGS
from cuadre.rules.co.tax_groups import ANY
from cuadre.rules.registration import check, severity_override
from cuadre.rules.rule import Check, Context, Fault

# Bags, carbon and fuel say how many units, and 21 was a unit tax before stamps; annex 1.9, FAX09.
_BY_UNIT = {"21", "22", "23", "24"}
# The taxes whose amount the Schematron of the 1.9 toolbox computes, and which it rejects without a factor.
_COMPUTED = {"01", "02", "03", "04", "22", *WITHHOLDINGS}
# How an amount is computed depends on the tax.
_AMOUNT = (("tax_amount",),)


@check("AS07", at="tax_totals.tax_subtotals")
@check("AT07", at="withholding_tax_totals.tax_subtotals")
def document_rate_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal of the document states its rate; the amount per unit of a nominal tax is for AS11."""
    del context
    if subtotal.percent is not None or subtotal.tax_scheme_id in NOMINAL:
        return None
    return _without_factor(subtotal, "percent")


def _line_factors(group: str) -> Check:
    def line_factor_is_stated(document: Document, context: Context) -> Iterator[Fault]:
        """A subtotal of a line states its rate or amount per unit; one without units is for AX05 and AX09."""
        del document
        for (tax, _, percent, per_unit, _), members in context.totals.line_taxes[group].items():
            if percent is not None or per_unit is not None:
                continue
            for place, part in members:
                fault = _without_factor(part, "per_unit_amount" if tax in NOMINAL else "percent")
                has_units = part.base_unit_measure is not None or part.taxable_amount is not None
                if fault is not None and (has_units or tax not in NOMINAL):
                    yield fault._replace(where=path_of(group, place, str(fault.where)))

    return line_factor_is_stated


check("AX07", at="document")(_line_factors("tax_totals"))
check("AY07", at="document")(_line_factors("withholding_tax_totals"))


def _without_factor(subtotal: TaxSubtotal, field: str) -> Fault | None:
    """Miss the factor of a tax that the table knows; ZZ has none in DIAN's own example."""
    tax = subtotal.tax_scheme_id
    if subtotal.per_unit_amount is not None or tax not in TAXES or tax in ANY:
        return None
    return Fault(field, "missing", severity=None if tax in _COMPUTED else Severity.NOTIFY)


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
    if subtotal.taxable_amount is not None:
        return None
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
    return None if _has_category(subtotal) else Fault("percent", "missing", explains=_AMOUNT)


@check("AS15", at="tax_totals.tax_subtotals")
@check("AT11", at="withholding_tax_totals.tax_subtotals")
def document_scheme_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal of the document says which tax it is."""
    del context
    return Fault("tax_scheme_id", "missing", explains=_AMOUNT) if not subtotal.tax_scheme_id else None


@check("AX15", at="lines.tax_totals.tax_subtotals")
@check("AY11", at="lines.withholding_tax_totals.tax_subtotals")
def line_scheme_is_stated(subtotal: TaxSubtotal, context: Context) -> Fault | None:
    """A subtotal of a line says which tax it is; one without any TaxCategory is for AX13 and AY09."""
    del context
    if subtotal.tax_scheme_id or not _has_category(subtotal):
        return None
    return Fault("tax_scheme_id", "missing", explains=_AMOUNT)


@severity_override("AS07")
def nominal_document_tax(figure: Figure) -> Severity | None:
    """A document's tax per unit that does not add up was accepted with a notification (real answer, 2025)."""
    subtotal = figure.part
    nominal = isinstance(subtotal, TaxSubtotal) and subtotal.per_unit_amount is not None
    return Severity.NOTIFY if nominal else None
