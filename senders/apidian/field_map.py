"""Which key of an apidian payload holds which field of the model, part by part."""

from cuadre.senders.apidian.fields import AMOUNT, DATE, FLAG, TEXT, TEXTS, TIME, Field, ids

HEAD = (
    Field("issue_date", "date", DATE),
    Field("issue_time", "time", TIME),
    Field("note", "notes", TEXTS),
)
MONETARY_TOTAL = (
    Field("line_extension_amount", "line_extension_amount", AMOUNT),
    Field("tax_exclusive_amount", "tax_exclusive_amount", AMOUNT),
    Field("tax_inclusive_amount", "tax_inclusive_amount", AMOUNT),
    Field("allowance_total_amount", "allowance_total_amount", AMOUNT),
    Field("charge_total_amount", "charge_total_amount", AMOUNT),
    Field("prepaid_amount", "pre_paid_amount", AMOUNT),
    Field("payable_amount", "payable_amount", AMOUNT),
)
ALLOWANCE_CHARGE = (
    Field("allowance_charge_reason_code", "discount_id", ids("discounts", needed=True)),
    Field("charge_indicator", "charge_indicator", FLAG),
    Field("allowance_charge_reason", "allowance_charge_reason", TEXT),
    Field("multiplier_factor_numeric", "multiplier_factor_numeric", AMOUNT),
    Field("amount", "amount", AMOUNT),
    Field("base_amount", "base_amount", AMOUNT),
)
TAX_SUBTOTAL = (
    Field("tax_scheme_id", "tax_id", ids("taxes", needed=True)),
    Field("tax_amount", "tax_amount", AMOUNT),
    Field("percent", "percent", AMOUNT),
    Field("taxable_amount", "taxable_amount", AMOUNT),
    Field("base_unit_measure_unit_code", "unit_measure_id", ids("units", needed=True)),
    Field("per_unit_amount", "per_unit_amount", AMOUNT),
    Field("base_unit_measure", "base_unit_measure", AMOUNT),
)
PAYMENT_MEANS = (
    Field("id", "payment_form_id", ids("payment_forms", needed=False)),
    Field("payment_means_code", "payment_method_id", ids("payment_methods", needed=False)),
    Field("payment_due_date", "payment_due_date", DATE),
)
PREPAID_PAYMENT = (
    Field("id", "idpayment", TEXT),
    Field("paid_amount", "paidamount", AMOUNT),
    Field("received_date", "receiveddate", DATE),
    Field("paid_date", "paiddate", DATE),
)
EXCHANGE_RATE = (
    Field("calculation_rate", "calculationrate", AMOUNT),
    Field("date", "calculationratedate", DATE),
)
BILLING_REFERENCE = (
    Field("id", "number", TEXT),
    Field("uuid", "uuid", TEXT),
    Field("issue_date", "issue_date", DATE),
    Field("document_type_code", "type_document_id", ids("documents", needed=False)),
)
DOCUMENT_REFERENCE = (
    Field("id", "id", TEXT),
    Field("issue_date", "date", DATE),
    Field("document_type_code", "type_document_id", ids("documents", needed=False)),
)
PERIOD = (
    Field("start_date", "invoice_period_start_date", DATE),
    Field("end_date", "invoice_period_end_date", DATE),
)

PARTY = (Field("additional_account_id", "type_organization_id", ids("organizations", needed=False)),)
IDENTITY = (
    Field("company_id", "identification_number", TEXT),
    Field("company_id_scheme_id", "dv", TEXT),
    Field("registration_name", "name", TEXT),
    Field("company_id_scheme_name", "type_document_identification_id", ids("identifications", needed=False)),
)
TAX_SCHEME = (
    Field("tax_level_code", "type_liability_id", ids("liabilities", needed=False)),
    Field("tax_level_code_list_name", "type_regime_id", ids("regimes", needed=False)),
    Field("tax_scheme_id", "tax_id", ids("taxes", needed=False)),
)
LEGAL_ENTITY = (Field("corporate_registration_name", "merchant_registration", TEXT),)
CONTACT = (
    Field("telephone", "phone", TEXT),
    Field("electronic_mail", "email", TEXT),
)
ADDRESS = (
    Field("address_line", "address", TEXTS),
    Field("country_identification_code", "country_id", ids("countries", needed=False)),
    Field("postal_zone", "postal_zone_code", TEXT),
)
MUNICIPALITY = (Field("id", "municipality_id", ids("municipalities", needed=False)),)
CITY_ABROAD = (
    Field("city_name", "municipality_name", TEXT),
    Field("country_subentity", "state_name", TEXT),
)

LINE = (
    Field("quantity", "invoiced_quantity", AMOUNT),
    Field("quantity_unit_code", "unit_measure_id", ids("units", needed=False)),
    Field("line_extension_amount", "line_extension_amount", AMOUNT),
    Field("free_of_charge_indicator", "free_of_charge_indicator", FLAG),
    Field("note", "notes", TEXTS),
)
DEBIT_NOTE_LINE = tuple([field for field in LINE if field.name != "free_of_charge_indicator"])
"""UBL's DebitNoteLine has no FreeOfChargeIndicator, so what a body says there stays apidian's own."""
PRICE = (
    Field("price_amount", "price_amount", AMOUNT),
    Field("base_quantity", "base_quantity", AMOUNT),
)
REFERENCE_PRICE = (Field("price_type_code", "reference_price_id", ids("reference_prices", needed=False)),)
ITEM = (
    Field("description", "description", TEXTS),
    Field("brand_name", "brandname", TEXTS),
    Field("model_name", "modelname", TEXTS),
)
STANDARD_ITEM = (
    Field("id", "code", TEXT),
    Field("id_scheme_id", "type_item_identification_id", ids("item_identifications", needed=False)),
)
SELLERS_ITEM = (Field("id", "seller_code", TEXT),)
