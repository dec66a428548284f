"""Which key of an e-Misión body holds which field of the model, part by part."""

from cuadre.senders.emision.fields import AMOUNT, LINE_OF_TEXT, NOTES, NUMBER, PARTS, code
from cuadre.senders.payloads.fields import DATE, FLAG, TEXT, TIME, Field

HEAD = (
    Field("type_code", "document_type_code", code(2)),
    Field("customization_id", "operation_type_code", code(2)),
    Field("issue_date", "date", DATE),
    Field("issue_time", "time", TIME),
    Field("due_date", "due_date", DATE),
    Field("tax_point_date", "tax_point_date", DATE),
    Field("note", "notes", NOTES),
    Field("document_currency_code", "currency_type_code", TEXT),
)
MONETARY_TOTAL = (
    Field("line_extension_amount", "line_extension_amount", AMOUNT),
    Field("tax_exclusive_amount", "tax_exclusive_amount", AMOUNT),
    Field("tax_inclusive_amount", "tax_inclusive_amount", AMOUNT),
    Field("allowance_total_amount", "allowance_total_amount", AMOUNT),
    Field("charge_total_amount", "charge_total_amount", AMOUNT),
    Field("prepaid_amount", "prepaid_total_amount", AMOUNT),
    Field("payable_rounding_amount", "payable_rounding_amount", AMOUNT),
    Field("payable_amount", "payable_amount", AMOUNT),
)
ALLOWANCE_CHARGE = (
    Field("allowance_charge_reason_code", "discount_code", code(2)),
    Field("charge_indicator", "charge_indicator", FLAG),
    Field("allowance_charge_reason", "allowance_charge_reason", TEXT),
    Field("multiplier_factor_numeric", "multiplier_factor_numeric", AMOUNT),
    Field("amount", "amount", AMOUNT),
    Field("base_amount", "base_amount", AMOUNT),
)
TAX_SUBTOTAL = (
    Field("tax_scheme_id", "tax_code", code(2)),
    Field("percent", "percent", AMOUNT),
    Field("tax_amount", "tax_amount", AMOUNT),
    Field("taxable_amount", "taxable_amount", AMOUNT),
    Field("base_unit_measure_unit_code", "unit_measure_code", code(0)),
    Field("per_unit_amount", "per_unit_amount", AMOUNT),
    Field("base_unit_measure", "base_unit_measure", AMOUNT),
)
ROUNDING = (Field("rounding_amount", "rounding_amount", AMOUNT),)
PAYMENT_MEANS = (
    Field("id", "payment_form_code", code(0)),
    Field("payment_means_code", "payment_method_code", code(0)),
    Field("payment_due_date", "payment_due_date", DATE),
)
PREPAID_PAYMENT = (
    Field("id", "identifier", TEXT),
    Field("paid_amount", "paid_amount", AMOUNT),
    Field("received_date", "received_date", DATE),
    Field("paid_date", "paid_date", DATE),
)
EXCHANGE_RATE = (
    Field("target_currency_code", "currency_type_code", TEXT),
    Field("calculation_rate", "calculation_rate", AMOUNT),
    Field("date", "date", DATE),
)
RESOLUTION = (
    Field("invoice_authorization", "resolution_number", NUMBER),
    Field("prefix", "prefix", TEXT),
)
ORDER = (
    Field("id", "id", TEXT),
    Field("issue_date", "issue_date", DATE),
)
REFERENCE = (
    Field("id", "number", TEXT),
    Field("uuid", "uuid", TEXT),
    Field("issue_date", "issue_date", DATE),
)
PERIOD = (
    Field("start_date", "start_date", DATE),
    Field("end_date", "end_date", DATE),
)

CUSTOMER = (Field("additional_account_id", "organization_type_code", code(0)),)
IDENTITY = (
    Field("company_id", "identification_number", TEXT),
    Field("company_id_scheme_id", "dv", NUMBER),
    Field("company_id_scheme_name", "identification_type_code", code(2)),
)
NAME = (Field("registration_name", "name", TEXT),)
TAX_SCHEME = (
    Field("tax_level_code", "liability_type_code", TEXT),
    Field("tax_level_code_list_name", "regime_type_code", code(2)),
    Field("tax_scheme_id", "tax_code", code(2)),
)
LEGAL_ENTITY = (Field("corporate_registration_name", "merchant_registration", TEXT),)
CONTACT = (
    Field("telephone", "phone", TEXT),
    Field("electronic_mail", "email", TEXT),
)
ADDRESS = (
    Field("id", "municipality_code", code(5)),
    Field("address_line", "address", LINE_OF_TEXT),
    Field("country_identification_code", "country_code", TEXT),
)

LINE = (
    Field("quantity", "invoiced_quantity", AMOUNT),
    Field("quantity_unit_code", "unit_measure_code", code(0)),
    Field("line_extension_amount", "line_extension_amount", AMOUNT),
    Field("free_of_charge_indicator", "free_of_charge_indicator", FLAG),
    Field("note", "notes", NOTES),
)
PRICE = (
    Field("price_amount", "price_amount", AMOUNT),
    Field("base_quantity", "base_quantity", AMOUNT),
)
REFERENCE_PRICE = (Field("price_type_code", "reference_price_code", code(2)),)
ITEM = (Field("description", "description", PARTS),)
STANDARD_ITEM = (
    Field("id", "code", TEXT),
    Field("id_scheme_id", "item_identification_type_code", code(3)),
)
