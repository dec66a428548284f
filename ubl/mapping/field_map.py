"""Which element of UBL is which field of the Document: tables that reader and renderer follow."""

from cuadre.ubl.mapping.namespaces import CBC
from cuadre.ubl.mapping.party_field_map import ACCOUNTING_PARTY
from cuadre.ubl.mapping.vocabulary import (
    TEXT,
    UNECE,
    FieldMap,
    Step,
    amounts,
    fold,
    many,
    marked,
    one,
    quantities,
    repeated,
    texts_of,
)

ALLOWANCE_CHARGE: FieldMap = {
    **texts_of(
        id="ID",
        charge_indicator="ChargeIndicator",
        allowance_charge_reason_code="AllowanceChargeReasonCode",
        allowance_charge_reason="AllowanceChargeReason",
        multiplier_factor_numeric="MultiplierFactorNumeric",
    ),
    **amounts(amount="Amount", base_amount="BaseAmount"),
}
_TAX_SCHEME = texts_of(tax_scheme_id="ID", tax_scheme_name="Name")
TAX_SUBTOTAL: FieldMap = {
    **amounts(taxable_amount="TaxableAmount", tax_amount="TaxAmount"),
    **quantities(base_unit_measure="BaseUnitMeasure"),
    **amounts(per_unit_amount="PerUnitAmount"),
    **fold("TaxCategory", {**texts_of(percent="Percent"), **fold("TaxScheme", _TAX_SCHEME)}),
}
TAX_TOTAL: FieldMap = {
    **amounts(tax_amount="TaxAmount", rounding_amount="RoundingAmount"),
    **many("TaxSubtotal", "tax_subtotals", TAX_SUBTOTAL),
}
_TAXES: FieldMap = {
    **many("TaxTotal", "tax_totals", TAX_TOTAL),
    **many("WithholdingTaxTotal", "withholding_tax_totals", TAX_TOTAL),
}
PRICE: FieldMap = {**amounts(price_amount="PriceAmount"), **quantities(base_quantity="BaseQuantity")}
PRICING_REFERENCE = fold(
    "AlternativeConditionPrice",
    {**amounts(price_amount="PriceAmount"), **texts_of(price_type_code="PriceTypeCode")},
)
MONETARY_TOTAL = amounts(
    line_extension_amount="LineExtensionAmount",
    tax_exclusive_amount="TaxExclusiveAmount",
    tax_inclusive_amount="TaxInclusiveAmount",
    allowance_total_amount="AllowanceTotalAmount",
    charge_total_amount="ChargeTotalAmount",
    prepaid_amount="PrepaidAmount",
    payable_rounding_amount="PayableRoundingAmount",
    payable_amount="PayableAmount",
)
PREPAID_PAYMENT: FieldMap = {
    **texts_of(id="ID"),
    **amounts(paid_amount="PaidAmount"),
    **texts_of(received_date="ReceivedDate", paid_date="PaidDate"),
}
EXCHANGE_RATE = texts_of(
    source_currency_code="SourceCurrencyCode",
    source_currency_base_rate="SourceCurrencyBaseRate",
    target_currency_code="TargetCurrencyCode",
    target_currency_base_rate="TargetCurrencyBaseRate",
    calculation_rate="CalculationRate",
    date="Date",
)
PAYMENT_MEANS: FieldMap = {
    **texts_of(id="ID", payment_means_code="PaymentMeansCode", payment_due_date="PaymentDueDate"),
    **repeated(payment_id="PaymentID"),
}
DOCUMENT_REFERENCE: FieldMap = {
    **texts_of(id="ID"),
    **marked("UUID", "uuid", "schemeName"),
    **texts_of(issue_date="IssueDate", document_type_code="DocumentTypeCode"),
}
BILLING_REFERENCE: FieldMap = {
    **one("InvoiceDocumentReference", "invoice_document_reference", DOCUMENT_REFERENCE),
    **one("CreditNoteDocumentReference", "credit_note_document_reference", DOCUMENT_REFERENCE),
    **one("DebitNoteDocumentReference", "debit_note_document_reference", DOCUMENT_REFERENCE),
}
_DISCREPANCY: FieldMap = {
    **texts_of(reference_id="ReferenceID", response_code="ResponseCode"),
    **repeated(description="Description"),
}
_ITEM_IDENTIFICATION = marked("ID", "id", "schemeID", "schemeName", "schemeAgencyID")
ITEM: FieldMap = {
    **repeated(description="Description", brand_name="BrandName", model_name="ModelName"),
    **one("SellersItemIdentification", "sellers_item_identification", _ITEM_IDENTIFICATION),
    **one("StandardItemIdentification", "standard_item_identification", _ITEM_IDENTIFICATION),
}


def _line(quantity: str) -> FieldMap:
    return {
        **texts_of(id="ID"),
        **repeated(note="Note"),
        **quantities(quantity=quantity),
        **amounts(line_extension_amount="LineExtensionAmount"),
        **texts_of(free_of_charge_indicator="FreeOfChargeIndicator"),
        **one("PricingReference", "pricing_reference", PRICING_REFERENCE),
        **many("AllowanceCharge", "allowance_charges", ALLOWANCE_CHARGE),
        **_TAXES,
        **one("Item", "item", ITEM),
        **one("Price", "price", PRICE),
    }


_HEAD: FieldMap = {
    **texts_of(
        ubl_version_id="UBLVersionID",
        customization_id="CustomizationID",
        profile_id="ProfileID",
        profile_execution_id="ProfileExecutionID",
        id="ID",
    ),
    **marked("UUID", "uuid", "schemeID", "schemeName"),
    **texts_of(
        issue_date="IssueDate", issue_time="IssueTime", due_date="DueDate", tax_point_date="TaxPointDate"
    ),
    **repeated(note="Note"),
    **marked("DocumentCurrencyCode", "document_currency_code", usual={**UNECE, "listID": "ISO 4217 Alpha"}),
    **texts_of(line_count_numeric="LineCountNumeric"),
    **many("InvoicePeriod", "invoice_periods", texts_of(start_date="StartDate", end_date="EndDate")),
    **many("DiscrepancyResponse", "discrepancy_responses", _DISCREPANCY),
    **one("OrderReference", "order_reference", texts_of(id="ID", issue_date="IssueDate")),
    **many("BillingReference", "billing_references", BILLING_REFERENCE),
    **many("AdditionalDocumentReference", "additional_document_references", DOCUMENT_REFERENCE),
    **one("AccountingSupplierParty", "accounting_supplier_party", ACCOUNTING_PARTY),
    **one("AccountingCustomerParty", "accounting_customer_party", ACCOUNTING_PARTY),
    **many("PaymentMeans", "payment_means", PAYMENT_MEANS),
    **many("PrepaidPayment", "prepaid_payments", PREPAID_PAYMENT),
    **many("AllowanceCharge", "allowance_charges", ALLOWANCE_CHARGE),
    **one("PaymentExchangeRate", "payment_exchange_rate", EXCHANGE_RATE),
    **_TAXES,
}


def _document(line: str, quantity: str, total: str, type_code: str) -> FieldMap:
    return {
        **_HEAD,
        f"{{{CBC}}}{type_code}": Step(TEXT, "type_code"),
        **one(total, "legal_monetary_total", MONETARY_TOTAL),
        **many(line, "lines", _line(quantity)),
    }


ROOTS = {
    "Invoice": _document("InvoiceLine", "InvoicedQuantity", "LegalMonetaryTotal", "InvoiceTypeCode"),
    "CreditNote": _document("CreditNoteLine", "CreditedQuantity", "LegalMonetaryTotal", "CreditNoteTypeCode"),
    "DebitNote": _document("DebitNoteLine", "DebitedQuantity", "RequestedMonetaryTotal", "DebitNoteTypeCode"),
}
"""The field map of a document by the local name of its root."""
