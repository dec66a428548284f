"""Discounts and charges, of the document (xAQ) and of a line (xBE)."""

from decimal import Decimal

from cuadre.engine.findings import Severity
from cuadre.engine.model.document import AllowanceCharge, Document
from cuadre.engine.regimes.co.document_types import EXPORT
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

# Table 13.3.8 of annex 1.9. Its predecessors had 00 to 11, and the Schematron still takes them.
_REASON_CODES = {"00", "01", "02", "03"}


@check("AQ02", at="document")
def consecutive_ids(document: Document, context: Context) -> Fault | None:
    """Discounts and charges of the document are numbered 1, 2, 3 and so on."""
    del context
    for index, part in enumerate(document.allowance_charges):
        if part.id is not None and part.id != str(index + 1):
            return Fault(("allowance_charges", index, "id"), "not_equal", part.id, str(index + 1))
    return None


@check("AQ04", at="allowance_charges")
def reason_code(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount of an invoice has a reason code; one outside the table is remarked on."""
    where = "allowance_charge_reason_code"
    code = part.allowance_charge_reason_code
    if not code:
        needed = context.document.kind == "invoice" and not part.is_charge
        return Fault(where, "missing") if needed else None
    if code in _REASON_CODES:
        return None
    shown = ", ".join(sorted(_REASON_CODES))
    return Fault(where, "not_in_list", code, detail=shown, severity=Severity.NOTIFY)


@check("AQ05", at="allowance_charges")
@check("BE04", at="lines.allowance_charges")
def reason(part: AllowanceCharge, context: Context) -> Fault | None:
    """An export invoice says why there is a discount or a charge."""
    if context.document.type_code != EXPORT or part.allowance_charge_reason:
        return None
    return Fault("allowance_charge_reason", "missing")


@check("AQ07", at="allowance_charges")
def discount_within_base(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount is not greater than its base; the annex row says charge, its message and test discount."""
    del context
    amount, base = part.amount, part.base_amount
    if part.is_charge or amount is None or base is None or amount <= base:
        return None
    return Fault("amount", "above", amount, base)


@check("BE06", at="lines.allowance_charges")
def line_discount_within_base(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount of a line is not greater than its base; the value of the line follows from it."""
    fault = discount_within_base(part, context)
    return fault._replace(explains=("line.line_extension_amount",)) if fault else None


@check("AQ09", at="allowance_charges")
def base_within_total(part: AllowanceCharge, context: Context) -> Fault | None:
    """The base is not above the document's value; above the gross but not the total with taxes is CUA104."""
    total, base = context.document.legal_monetary_total, part.base_amount
    if total is None or base is None:
        return None
    values = [
        value for value in (total.line_extension_amount, total.tax_inclusive_amount) if value is not None
    ]
    if not values or base <= max(values):
        return None
    return Fault("base_amount", "above", base, max(values))


@check("BE01", at="lines.allowance_charges")
def line_group_is_complete(part: AllowanceCharge, context: Context) -> Fault | None:
    """A discount or charge of a line has all four of its fields.

    DIAN's own examples leave out the percentage or the base, so only the other two are for rejection.
    """
    del context
    for field, severity in _GROUP:
        if getattr(part, field) is None:
            explains = () if severity else ("line.line_extension_amount",)
            return Fault(field, "missing", severity=severity, explains=explains)
    return None


_GROUP = (
    ("charge_indicator", None),
    ("amount", None),
    ("multiplier_factor_numeric", Severity.NOTIFY),
    ("base_amount", Severity.NOTIFY),
)


@check("BE08", at="lines.allowance_charges")
def line_base_is_positive(part: AllowanceCharge, context: Context) -> Fault | None:
    """The base of a line's discount or charge is above zero; a negative one is for VLR01."""
    del context
    base = part.base_amount
    return Fault("base_amount", "not_positive", base, Decimal(0)) if base is not None and not base else None
