"""What holds what: the fields of Ecuafact's invoice beside those of the model."""

from cuadre.senders.ecuafact.fields import amount, currency, day, text, texts

HEAD = (day("issue_date", "IssuedOn"), currency("document_currency_code", "Currency"))
MONETARY_TOTAL = (
    amount("line_extension_amount", "Subtotal"),
    amount("allowance_total_amount", "TotalDiscount"),
    amount("charge_total_amount", "Tip"),
    amount("payable_amount", "Total"),
)
SUBTOTALS = {"": "SubtotalVat", "0": "SubtotalVatZero", "6": "SubtotalNotSubject", "7": "SubtotalExempt"}
"""By the code of the rate of IVA; the first is that of every rate above zero."""
TAXES = {"2": "ValueAddedTax", "3": "SpecialConsumTax"}
"""The amounts of the heading, by the code of the tax; IRBPNR has none."""
SHORT_FORMS = {
    "2": ("ValueAddedTaxCode", "ValueAddedTaxValue"),
    "3": ("SpecialConsumTaxCode", "SpecialConsumTaxValue"),
}
"""The code of the rate and the amount of a line, by the code of the tax."""
IDENTITY = (
    text("company_id_scheme_name", "IdentificationType"),
    text("company_id", "Identification"),
    text("registration_name", "ContributorName"),
)
CONTACT = (text("telephone", "Phone"), text("electronic_mail", "EmailAddresses"))
ADDRESS = (texts("address_line", "Address"),)
PAYMENT = (text("payment_means_code", "PaymentMethodCode"),)
LINE = (amount("quantity", "Amount"), amount("line_extension_amount", "SubTotal"))
PRICE = (amount("price_amount", "UnitPrice"),)
DISCOUNT = (amount("amount", "Discount"),)
ITEM = (texts("description", "Description"),)
MAIN_CODE = (text("id", "MainCode"),)
OTHER_CODE = (text("id", "AuxCode"),)
TAX = (amount("taxable_amount", "TaxableBase"), amount("tax_amount", "TaxValue"))
ADDITIONAL = ("AdditionalFiels", "AdditionalFields")
"""As the documentation spells it, and as the server's source does."""
