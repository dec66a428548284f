"""Which element of UBL is which field of the Document: tables that the reader follows."""

from typing import NamedTuple

from cuadre.ubl.namespaces import CAC, CBC

# How the reader takes an element. Plain integers: the reader asks for every element of a document.
TEXT = 0
"""Its text."""
AMOUNT = 1
"""Its text, and its currencyID where that is not the document's."""
QUANTITY = 2
"""Its text, and its unitCode as ``<field>_unit_code``."""
MANY = 3
"""An aggregate, one of several."""
FOLD = 4
"""An aggregate whose children become fields of the one around it."""
ONE = 5
"""An aggregate, read by its own shape."""
TEXTS = 6
"""Its text, one of several."""


class Step(NamedTuple):
    """What to do with one element."""

    take: int
    field: str = ""
    shape: "Shape" = {}  # noqa: RUF012 - a default that nobody writes to


Shape = dict[str, Step]
"""Steps by the element's Clark name."""


def _cbc(**names: str) -> Shape:
    return {f"{{{CBC}}}{name}": Step(TEXT, field) for field, name in names.items()}


def _texts(**names: str) -> Shape:
    return {f"{{{CBC}}}{name}": Step(TEXTS, field) for field, name in names.items()}


def _amounts(**names: str) -> Shape:
    return {f"{{{CBC}}}{name}": Step(AMOUNT, field) for field, name in names.items()}


def _quantities(**names: str) -> Shape:
    return {f"{{{CBC}}}{name}": Step(QUANTITY, field) for field, name in names.items()}


def _one(name: str, field: str, shape: Shape) -> Shape:
    return {f"{{{CAC}}}{name}": Step(ONE, field, shape)}


def _many(name: str, field: str, shape: Shape) -> Shape:
    return {f"{{{CAC}}}{name}": Step(MANY, field, shape)}


def _fold(name: str, shape: Shape) -> Shape:
    return {f"{{{CAC}}}{name}": Step(FOLD, "", shape)}


ALLOWANCE_CHARGE: Shape = {
    **_cbc(
        id="ID",
        charge_indicator="ChargeIndicator",
        allowance_charge_reason_code="AllowanceChargeReasonCode",
        allowance_charge_reason="AllowanceChargeReason",
        multiplier_factor_numeric="MultiplierFactorNumeric",
    ),
    **_amounts(amount="Amount", base_amount="BaseAmount"),
}
_TAX_SCHEME = _cbc(tax_scheme_id="ID", tax_scheme_name="Name")
TAX_SUBTOTAL: Shape = {
    **_amounts(taxable_amount="TaxableAmount", tax_amount="TaxAmount", per_unit_amount="PerUnitAmount"),
    **_quantities(base_unit_measure="BaseUnitMeasure"),
    **_fold("TaxCategory", {**_cbc(percent="Percent"), **_fold("TaxScheme", _TAX_SCHEME)}),
}
TAX_TOTAL: Shape = {
    **_amounts(tax_amount="TaxAmount", rounding_amount="RoundingAmount"),
    **_many("TaxSubtotal", "tax_subtotals", TAX_SUBTOTAL),
}
_TAXES: Shape = {
    **_many("TaxTotal", "tax_totals", TAX_TOTAL),
    **_many("WithholdingTaxTotal", "withholding_tax_totals", TAX_TOTAL),
}
PRICE: Shape = {**_amounts(price_amount="PriceAmount"), **_quantities(base_quantity="BaseQuantity")}
PRICING_REFERENCE = _fold(
    "AlternativeConditionPrice",
    {**_amounts(price_amount="PriceAmount"), **_cbc(price_type_code="PriceTypeCode")},
)
MONETARY_TOTAL = _amounts(
    line_extension_amount="LineExtensionAmount",
    tax_exclusive_amount="TaxExclusiveAmount",
    tax_inclusive_amount="TaxInclusiveAmount",
    allowance_total_amount="AllowanceTotalAmount",
    charge_total_amount="ChargeTotalAmount",
    prepaid_amount="PrepaidAmount",
    payable_rounding_amount="PayableRoundingAmount",
    payable_amount="PayableAmount",
)
PREPAID_PAYMENT: Shape = {
    **_cbc(id="ID", received_date="ReceivedDate", paid_date="PaidDate"),
    **_amounts(paid_amount="PaidAmount"),
}
EXCHANGE_RATE = _cbc(
    source_currency_code="SourceCurrencyCode",
    source_currency_base_rate="SourceCurrencyBaseRate",
    target_currency_code="TargetCurrencyCode",
    target_currency_base_rate="TargetCurrencyBaseRate",
    calculation_rate="CalculationRate",
    date="Date",
)


def _line(quantity: str) -> Shape:
    return {
        **_cbc(id="ID", free_of_charge_indicator="FreeOfChargeIndicator"),
        **_texts(note="Note"),
        **_quantities(quantity=quantity),
        **_amounts(line_extension_amount="LineExtensionAmount"),
        **_one("PricingReference", "pricing_reference", PRICING_REFERENCE),
        **_many("AllowanceCharge", "allowance_charges", ALLOWANCE_CHARGE),
        **_TAXES,
        **_one("Item", "item", _texts(description="Description")),
        **_one("Price", "price", PRICE),
    }


def _document(line: str, quantity: str, total: str, type_code: str) -> Shape:
    return {
        **_cbc(
            customization_id="CustomizationID",
            profile_id="ProfileID",
            profile_execution_id="ProfileExecutionID",
            id="ID",
            uuid="UUID",
            issue_date="IssueDate",
            issue_time="IssueTime",
            due_date="DueDate",
            type_code=type_code,
            document_currency_code="DocumentCurrencyCode",
            line_count_numeric="LineCountNumeric",
        ),
        **_texts(note="Note"),
        **_many("PrepaidPayment", "prepaid_payments", PREPAID_PAYMENT),
        **_many("AllowanceCharge", "allowance_charges", ALLOWANCE_CHARGE),
        **_one("PaymentExchangeRate", "payment_exchange_rate", EXCHANGE_RATE),
        **_TAXES,
        **_one(total, "legal_monetary_total", MONETARY_TOTAL),
        **_many(line, "lines", _line(quantity)),
    }


ROOTS = {
    "Invoice": _document("InvoiceLine", "InvoicedQuantity", "LegalMonetaryTotal", "InvoiceTypeCode"),
    "CreditNote": _document("CreditNoteLine", "CreditedQuantity", "LegalMonetaryTotal", "CreditNoteTypeCode"),
    "DebitNote": _document("DebitNoteLine", "DebitedQuantity", "RequestedMonetaryTotal", "DebitNoteTypeCode"),
}
"""The shape of a document by the local name of its root."""
