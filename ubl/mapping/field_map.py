"""Which element of UBL is which field of the Document. The reader and the renderer use the same tables."""

from cuadre.ubl.mapping.namespaces import CBC
from cuadre.ubl.mapping.party_field_map import ACCOUNTING_PARTY
from cuadre.ubl.mapping.vocabulary import (
    TEXT,
    UNECE,
    FieldMap,
    MapEntry,
    amounts,
    attributed,
    inline,
    part,
    parts,
    quantities,
    text_lists,
    texts,
)

ALLOWANCE_CHARGE: FieldMap = {
    **texts(
        id="ID",
        charge_indicator="ChargeIndicator",
        allowance_charge_reason_code="AllowanceChargeReasonCode",
        allowance_charge_reason="AllowanceChargeReason",
        multiplier_factor_numeric="MultiplierFactorNumeric",
    ),
    **amounts(amount="Amount", base_amount="BaseAmount"),
}
_TAX_SCHEME = texts(tax_scheme_id="ID", tax_scheme_name="Name")
TAX_SUBTOTAL: FieldMap = {
    **amounts(taxable_amount="TaxableAmount", tax_amount="TaxAmount"),
    **quantities(base_unit_measure="BaseUnitMeasure"),
    **amounts(per_unit_amount="PerUnitAmount"),
    **inline("TaxCategory", {**texts(percent="Percent"), **inline("TaxScheme", _TAX_SCHEME)}),
}
TAX_TOTAL: FieldMap = {
    **amounts(tax_amount="TaxAmount", rounding_amount="RoundingAmount"),
    **parts("TaxSubtotal", "tax_subtotals", TAX_SUBTOTAL),
}
_TAXES: FieldMap = {
    **parts("TaxTotal", "tax_totals", TAX_TOTAL),
    **parts("WithholdingTaxTotal", "withholding_tax_totals", TAX_TOTAL),
}
PRICE: FieldMap = {**amounts(price_amount="PriceAmount"), **quantities(base_quantity="BaseQuantity")}
PRICING_REFERENCE = inline(
    "AlternativeConditionPrice",
    {**amounts(price_amount="PriceAmount"), **texts(price_type_code="PriceTypeCode")},
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
    **texts(id="ID"),
    **amounts(paid_amount="PaidAmount"),
    **texts(received_date="ReceivedDate", paid_date="PaidDate"),
}
EXCHANGE_RATE = texts(
    source_currency_code="SourceCurrencyCode",
    source_currency_base_rate="SourceCurrencyBaseRate",
    target_currency_code="TargetCurrencyCode",
    target_currency_base_rate="TargetCurrencyBaseRate",
    calculation_rate="CalculationRate",
    date="Date",
)
PAYMENT_MEANS: FieldMap = {
    **texts(id="ID", payment_means_code="PaymentMeansCode", payment_due_date="PaymentDueDate"),
    **text_lists(payment_id="PaymentID"),
}
DOCUMENT_REFERENCE: FieldMap = {
    **texts(id="ID"),
    **attributed("UUID", "uuid", "schemeName"),
    **texts(issue_date="IssueDate", document_type_code="DocumentTypeCode"),
}
BILLING_REFERENCE: FieldMap = {
    **part("InvoiceDocumentReference", "invoice_document_reference", DOCUMENT_REFERENCE),
    **part("CreditNoteDocumentReference", "credit_note_document_reference", DOCUMENT_REFERENCE),
    **part("DebitNoteDocumentReference", "debit_note_document_reference", DOCUMENT_REFERENCE),
}
_DISCREPANCY: FieldMap = {
    **texts(reference_id="ReferenceID", response_code="ResponseCode"),
    **text_lists(description="Description"),
}
_ITEM_IDENTIFICATION = attributed("ID", "id", "schemeID", "schemeName", "schemeAgencyID")
ITEM: FieldMap = {
    **text_lists(description="Description", brand_name="BrandName", model_name="ModelName"),
    **part("SellersItemIdentification", "sellers_item_identification", _ITEM_IDENTIFICATION),
    **part("StandardItemIdentification", "standard_item_identification", _ITEM_IDENTIFICATION),
}


def _line(quantity: str) -> FieldMap:
    return {
        **texts(id="ID"),
        **text_lists(note="Note"),
        **quantities(quantity=quantity),
        **amounts(line_extension_amount="LineExtensionAmount"),
        **texts(free_of_charge_indicator="FreeOfChargeIndicator"),
        **part("PricingReference", "pricing_reference", PRICING_REFERENCE),
        **parts("AllowanceCharge", "allowance_charges", ALLOWANCE_CHARGE),
        **_TAXES,
        **part("Item", "item", ITEM),
        **part("Price", "price", PRICE),
    }


_HEAD: FieldMap = {
    **texts(
        ubl_version_id="UBLVersionID",
        customization_id="CustomizationID",
        profile_id="ProfileID",
        profile_execution_id="ProfileExecutionID",
        id="ID",
    ),
    **attributed("UUID", "uuid", "schemeID", "schemeName"),
    **texts(
        issue_date="IssueDate", issue_time="IssueTime", due_date="DueDate", tax_point_date="TaxPointDate"
    ),
    **text_lists(note="Note"),
    **attributed(
        "DocumentCurrencyCode", "document_currency_code", usual={**UNECE, "listID": "ISO 4217 Alpha"}
    ),
    **texts(line_count_numeric="LineCountNumeric"),
    **parts("InvoicePeriod", "invoice_periods", texts(start_date="StartDate", end_date="EndDate")),
    **parts("DiscrepancyResponse", "discrepancy_responses", _DISCREPANCY),
    **part("OrderReference", "order_reference", texts(id="ID", issue_date="IssueDate")),
    **parts("BillingReference", "billing_references", BILLING_REFERENCE),
    **parts("AdditionalDocumentReference", "additional_document_references", DOCUMENT_REFERENCE),
    **part("AccountingSupplierParty", "accounting_supplier_party", ACCOUNTING_PARTY),
    **part("AccountingCustomerParty", "accounting_customer_party", ACCOUNTING_PARTY),
    **parts("PaymentMeans", "payment_means", PAYMENT_MEANS),
    **parts("PrepaidPayment", "prepaid_payments", PREPAID_PAYMENT),
    **parts("AllowanceCharge", "allowance_charges", ALLOWANCE_CHARGE),
    **part("PaymentExchangeRate", "payment_exchange_rate", EXCHANGE_RATE),
    **_TAXES,
}


def _document(line: str, quantity: str, total: str, type_code: str) -> FieldMap:
    return {
        **_HEAD,
        f"{{{CBC}}}{type_code}": MapEntry(TEXT, "type_code"),
        **part(total, "legal_monetary_total", MONETARY_TOTAL),
        **parts(line, "lines", _line(quantity)),
    }


ROOTS = {
    "Invoice": _document("InvoiceLine", "InvoicedQuantity", "LegalMonetaryTotal", "InvoiceTypeCode"),
    "CreditNote": _document("CreditNoteLine", "CreditedQuantity", "LegalMonetaryTotal", "CreditNoteTypeCode"),
    "DebitNote": _document("DebitNoteLine", "DebitedQuantity", "RequestedMonetaryTotal", "DebitNoteTypeCode"),
}
"""The field map of a document by the local name of its root."""
