"""Every element that the tables of shapes.py name lands in its field."""

import pytest

from cuadre.engine.model.document import Document
from cuadre.reading import read
from cuadre.ubl.mapping.extensions import DIAN_EXTENSIONS
from cuadre.ubl.mapping.field_map import ROOTS
from cuadre.ubl.mapping.namespaces import STS_OLD
from cuadre.ubl.mapping.vocabulary import INLINE, FieldMap

from .writing import STS, write

_AGENCY = (
    'schemeAgencyID="195" schemeAgencyName="CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)"'
    ' schemeID="9" schemeName="31"'
)
_UNECE = 'listAgencyID="6" listAgencyName="United Nations Economic Commission for Europe"'
_ALLOWANCE = """<cac:AllowanceCharge><cbc:ID>1</cbc:ID><cbc:ChargeIndicator>true</cbc:ChargeIndicator>
<cbc:AllowanceChargeReasonCode>00</cbc:AllowanceChargeReasonCode><cbc:AllowanceChargeReason>r</cbc:AllowanceChargeReason>
<cbc:MultiplierFactorNumeric>2.0</cbc:MultiplierFactorNumeric><cbc:Amount currencyID="COP">3</cbc:Amount>
<cbc:BaseAmount currencyID="COP">4</cbc:BaseAmount></cac:AllowanceCharge>"""
_CHARGE = {
    "id": "1",
    "charge_indicator": "true",
    "allowance_charge_reason_code": "00",
    "allowance_charge_reason": "r",
    "multiplier_factor_numeric": "2.0",
    "amount": "3",
    "base_amount": "4",
}
_TAX_BODY = """<cbc:TaxAmount currencyID="COP">1</cbc:TaxAmount>
<cbc:RoundingAmount currencyID="COP">2</cbc:RoundingAmount>
<cac:TaxSubtotal><cbc:TaxableAmount currencyID="COP">3</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="COP">4</cbc:TaxAmount>
<cbc:BaseUnitMeasure unitCode="MLT">5</cbc:BaseUnitMeasure>
<cbc:PerUnitAmount currencyID="COP">6</cbc:PerUnitAmount>
<cac:TaxCategory><cbc:Percent>7.00</cbc:Percent>
<cac:TaxScheme><cbc:ID>34</cbc:ID><cbc:Name>IBUA</cbc:Name></cac:TaxScheme>
</cac:TaxCategory></cac:TaxSubtotal>"""
_TAXES = "".join(f"<cac:{name}>{_TAX_BODY}</cac:{name}>" for name in ("TaxTotal", "WithholdingTaxTotal"))
_TAX = {
    "tax_amount": "1",
    "rounding_amount": "2",
    "tax_subtotals": [
        {
            "taxable_amount": "3",
            "tax_amount": "4",
            "base_unit_measure": "5",
            "base_unit_measure_unit_code": "MLT",
            "per_unit_amount": "6",
            "percent": "7.00",
            "tax_scheme_id": "34",
            "tax_scheme_name": "IBUA",
        }
    ],
}
_TOTALS = [
    "LineExtensionAmount",
    "TaxExclusiveAmount",
    "TaxInclusiveAmount",
    "AllowanceTotalAmount",
    "ChargeTotalAmount",
    "PrepaidAmount",
    "PayableRoundingAmount",
    "PayableAmount",
]
_Rows = list[tuple[str, str, str]]
_TEXTS: _Rows = [
    ("UBLVersionID", "ubl_version_id", "UBL 2.1"),
    ("CustomizationID", "customization_id", "10"),
    ("ProfileID", "profile_id", "DIAN 2.1"),
    ("ProfileExecutionID", "profile_execution_id", "2"),
    ("ID", "id", "SETP1"),
    ("IssueDate", "issue_date", "2026-11-20"),
    ("IssueTime", "issue_time", "10:00:00-05:00"),
    ("DueDate", "due_date", "2026-12-20"),
    ("TaxPointDate", "tax_point_date", "2026-11-18"),
    ("LineCountNumeric", "line_count_numeric", "2"),
]
_RATES: _Rows = [
    ("SourceCurrencyCode", "source_currency_code", "USD"),
    ("SourceCurrencyBaseRate", "source_currency_base_rate", "1.00"),
    ("TargetCurrencyCode", "target_currency_code", "COP"),
    ("TargetCurrencyBaseRate", "target_currency_base_rate", "1.0"),
    ("CalculationRate", "calculation_rate", "4100.25"),
    ("Date", "date", "2026-11-19"),
]
_ADDRESS_TEXTS: _Rows = [
    ("ID", "id", "11001"),
    ("CityName", "city_name", "Bogotá, D.C."),
    ("PostalZone", "postal_zone", "110111"),
    ("CountrySubentity", "country_subentity", "Bogotá"),
    ("CountrySubentityCode", "country_subentity_code", "11"),
]
_CONTACT: _Rows = [
    ("Name", "name", "Ana"),
    ("Telephone", "telephone", "601"),
    ("ElectronicMail", "electronic_mail", "a@b.example"),
]


def _cbc(rows: _Rows) -> str:
    return "".join(f"<cbc:{name}>{value}</cbc:{name}>" for name, _, value in rows)


def _fields(rows: _Rows) -> dict[str, object]:
    return {field: value for _, field, value in rows}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


_ADDRESS = f"""{_cbc(_ADDRESS_TEXTS)}<cac:AddressLine><cbc:Line>Calle 1</cbc:Line></cac:AddressLine>
<cac:AddressLine><cbc:Line>Piso 2</cbc:Line></cac:AddressLine>
<cac:Country><cbc:IdentificationCode>CO</cbc:IdentificationCode><cbc:Name languageID="es">Colombia</cbc:Name>
</cac:Country>"""
_PLACE = {
    **_fields(_ADDRESS_TEXTS),
    "address_line": ["Calle 1", "Piso 2"],
    "country_identification_code": "CO",
    "country_name": "Colombia",
}
_COMPANY_ID = f"<cbc:CompanyID {_AGENCY}>990412378</cbc:CompanyID>"
_COMPANY = {
    "registration_name": "Colibrí",
    "company_id": "990412378",
    "company_id_scheme_id": "9",
    "company_id_scheme_name": "31",
}
_PARTY_BODY = f"""<cbc:AdditionalAccountID>1</cbc:AdditionalAccountID><cac:Party>
<cac:PartyIdentification><cbc:ID {_AGENCY}>7</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name>Uno</cbc:Name></cac:PartyName><cac:PartyName><cbc:Name>Dos</cbc:Name></cac:PartyName>
<cac:PhysicalLocation><cac:Address>{_ADDRESS}</cac:Address></cac:PhysicalLocation>
<cac:PartyTaxScheme><cbc:RegistrationName>Colibrí</cbc:RegistrationName>{_COMPANY_ID}
<cbc:TaxLevelCode listName="48">O-13</cbc:TaxLevelCode>
<cac:RegistrationAddress>{_ADDRESS}</cac:RegistrationAddress>
<cac:TaxScheme><cbc:ID>01</cbc:ID><cbc:Name>IVA</cbc:Name></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>Colibrí</cbc:RegistrationName>{_COMPANY_ID}
<cac:CorporateRegistrationScheme><cbc:ID>SETP</cbc:ID><cbc:Name>12345</cbc:Name>
</cac:CorporateRegistrationScheme></cac:PartyLegalEntity>
<cac:Contact>{_cbc(_CONTACT)}</cac:Contact></cac:Party>"""
_PARTY = {
    "additional_account_id": "1",
    "party_identifications": [{"id": "7", "id_scheme_id": "9", "id_scheme_name": "31"}],
    "party_names": ["Uno", "Dos"],
    "physical_location": _PLACE,
    "party_tax_schemes": [
        {
            **_COMPANY,
            "tax_level_code": "O-13",
            "tax_level_code_list_name": "48",
            "registration_address": _PLACE,
            "tax_scheme_id": "01",
            "tax_scheme_name": "IVA",
        }
    ],
    "party_legal_entities": [
        {**_COMPANY, "corporate_registration_id": "SETP", "corporate_registration_name": "12345"}
    ],
    "contact": _fields(_CONTACT),
}
_PARTIES = "".join(
    f"<cac:Accounting{who}Party>{_PARTY_BODY}</cac:Accounting{who}Party>" for who in ("Supplier", "Customer")
)
_REFERENCE_BODY = """<cbc:ID>SETP9</cbc:ID><cbc:UUID schemeName="CUFE-SHA384">abc</cbc:UUID>
<cbc:IssueDate>2026-10-01</cbc:IssueDate><cbc:DocumentTypeCode>01</cbc:DocumentTypeCode>"""
_REFERENCE = {
    "id": "SETP9",
    "uuid": "abc",
    "uuid_scheme_name": "CUFE-SHA384",
    "issue_date": "2026-10-01",
    "document_type_code": "01",
}
_CORRECTED = ("Invoice", "CreditNote", "DebitNote")
_BILLING = "".join(
    f"<cac:{name}DocumentReference>{_REFERENCE_BODY}</cac:{name}DocumentReference>" for name in _CORRECTED
)
_REFERENCES = f"""<cac:InvoicePeriod><cbc:StartDate>2026-10-01</cbc:StartDate>
<cbc:EndDate>2026-10-31</cbc:EndDate></cac:InvoicePeriod>
<cac:DiscrepancyResponse><cbc:ReferenceID>SETP9</cbc:ReferenceID><cbc:ResponseCode>2</cbc:ResponseCode>
<cbc:Description>d</cbc:Description><cbc:Description>e</cbc:Description></cac:DiscrepancyResponse>
<cac:OrderReference><cbc:ID>O1</cbc:ID><cbc:IssueDate>2026-09-01</cbc:IssueDate></cac:OrderReference>
<cac:BillingReference>{_BILLING}</cac:BillingReference>
<cac:AdditionalDocumentReference>{_REFERENCE_BODY}</cac:AdditionalDocumentReference>"""
_REFERRED = {
    "invoice_periods": [{"start_date": "2026-10-01", "end_date": "2026-10-31"}],
    "discrepancy_responses": [{"reference_id": "SETP9", "response_code": "2", "description": ["d", "e"]}],
    "order_reference": {"id": "O1", "issue_date": "2026-09-01"},
    "billing_references": [{f"{_snake(name)}_document_reference": _REFERENCE for name in _CORRECTED}],
    "additional_document_references": [_REFERENCE],
}
_PAYMENT = """<cac:PaymentMeans><cbc:ID>2</cbc:ID><cbc:PaymentMeansCode>10</cbc:PaymentMeansCode>
<cbc:PaymentDueDate>2026-12-20</cbc:PaymentDueDate><cbc:PaymentID>p</cbc:PaymentID><cbc:PaymentID>q</cbc:PaymentID>
</cac:PaymentMeans><cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="COP">5</cbc:PaidAmount>
<cbc:ReceivedDate>2026-11-01</cbc:ReceivedDate><cbc:PaidDate>2026-11-02</cbc:PaidDate></cac:PrepaidPayment>"""
_PAID = {
    "payment_means": [
        {
            "id": "2",
            "payment_means_code": "10",
            "payment_due_date": "2026-12-20",
            "payment_id": ["p", "q"],
        }
    ],
    "prepaid_payments": [
        {"id": "1", "paid_amount": "5", "received_date": "2026-11-01", "paid_date": "2026-11-02"}
    ],
}
_IDENTIFICATION = '<cbc:ID schemeID="010" schemeName="GTIN" schemeAgencyID="9">770</cbc:ID>'
_ITEM_BODY = f"""<cbc:Description>x</cbc:Description><cbc:Description>y</cbc:Description>
<cbc:BrandName>b</cbc:BrandName><cbc:ModelName>m</cbc:ModelName>
<cac:SellersItemIdentification>{_IDENTIFICATION}</cac:SellersItemIdentification>
<cac:StandardItemIdentification>{_IDENTIFICATION}</cac:StandardItemIdentification>"""
_IDENTIFIED = {"id": "770", "id_scheme_id": "010", "id_scheme_name": "GTIN", "id_scheme_agency_id": "9"}
_ITEM = {
    "description": ["x", "y"],
    "brand_name": ["b"],
    "model_name": ["m"],
    "sellers_item_identification": _IDENTIFIED,
    "standard_item_identification": _IDENTIFIED,
}
_DIAN_BODY = f"""<sts:InvoiceControl><sts:InvoiceAuthorization>18760000001</sts:InvoiceAuthorization>
<sts:AuthorizationPeriod><cbc:StartDate>2026-01-01</cbc:StartDate><cbc:EndDate>2027-12-31</cbc:EndDate>
</sts:AuthorizationPeriod><sts:AuthorizedInvoices><sts:Prefix>SETP</sts:Prefix><sts:From>1</sts:From>
<sts:To>20</sts:To></sts:AuthorizedInvoices></sts:InvoiceControl>
<sts:InvoiceSource><cbc:IdentificationCode {_UNECE}
listSchemeURI="urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1">CO</cbc:IdentificationCode>
</sts:InvoiceSource><sts:SoftwareProvider><sts:ProviderID {_AGENCY}>990412378</sts:ProviderID>
<sts:SoftwareID {_AGENCY.partition(" schemeID")[0]}>s-1</sts:SoftwareID></sts:SoftwareProvider>
<sts:SoftwareSecurityCode {_AGENCY.partition(" schemeID")[0]}>def</sts:SoftwareSecurityCode>
<sts:AuthorizationProvider><sts:AuthorizationProviderID {_AGENCY}>800197268</sts:AuthorizationProviderID>
</sts:AuthorizationProvider><sts:QRCode>NumFac=1</sts:QRCode>"""
_DIAN = {
    "invoice_control": {
        "invoice_authorization": "18760000001",
        "start_date": "2026-01-01",
        "end_date": "2027-12-31",
        "prefix": "SETP",
        "from_number": "1",
        "to_number": "20",
    },
    "invoice_source_country": "CO",
    "provider_id": "990412378",
    "provider_id_scheme_id": "9",
    "provider_id_scheme_name": "31",
    "software_id": "s-1",
    "software_security_code": "def",
    "authorization_provider_id": "800197268",
    "authorization_provider_id_scheme_id": "9",
    "authorization_provider_id_scheme_name": "31",
    "qr_code": "NumFac=1",
}


def _body(root: str, quantity: str, total: str) -> str:
    totals = "".join(f'<cbc:{name} currencyID="COP">{n}</cbc:{name}>' for n, name in enumerate(_TOTALS))
    line = f"""<cac:{root}Line><cbc:ID>1</cbc:ID><cbc:Note>a</cbc:Note><cbc:Note>b</cbc:Note>
<cbc:{quantity}Quantity unitCode="94">1.5</cbc:{quantity}Quantity>
<cbc:LineExtensionAmount currencyID="COP">9</cbc:LineExtensionAmount>
<cbc:FreeOfChargeIndicator>false</cbc:FreeOfChargeIndicator><cac:PricingReference><cac:AlternativeConditionPrice>
<cbc:PriceAmount currencyID="COP">8</cbc:PriceAmount><cbc:PriceTypeCode>01</cbc:PriceTypeCode>
</cac:AlternativeConditionPrice></cac:PricingReference>{_ALLOWANCE}{_TAXES}
<cac:Item>{_ITEM_BODY}</cac:Item>
<cac:Price><cbc:PriceAmount currencyID="COP">7</cbc:PriceAmount>
<cbc:BaseQuantity unitCode="KGM">6</cbc:BaseQuantity></cac:Price></cac:{root}Line>"""
    return f"""{_cbc(_TEXTS)}<cbc:UUID schemeID="2" schemeName="CUFE-SHA384">abc</cbc:UUID>
<cbc:DocumentCurrencyCode {_UNECE} listID="ISO 4217 Alpha">COP</cbc:DocumentCurrencyCode>
<cbc:{root}TypeCode>99</cbc:{root}TypeCode>
<cbc:Note>n</cbc:Note><cbc:Note>m</cbc:Note>{_REFERENCES}{_PARTIES}{_PAYMENT}
{_ALLOWANCE}{_ALLOWANCE}<cac:PaymentExchangeRate>{_cbc(_RATES)}</cac:PaymentExchangeRate>{_TAXES}
<cac:{total}MonetaryTotal>{totals}</cac:{total}MonetaryTotal>{line}{line}"""


def _expected(kind: str) -> dict[str, object]:
    line = {
        "id": "1",
        "note": ["a", "b"],
        "quantity": "1.5",
        "quantity_unit_code": "94",
        "line_extension_amount": "9",
        "free_of_charge_indicator": "false",
        "pricing_reference": {"price_amount": "8", "price_type_code": "01"},
        "allowance_charges": [_CHARGE],
        "tax_totals": [_TAX],
        "withholding_tax_totals": [_TAX],
        "item": _ITEM,
        "price": {"price_amount": "7", "base_quantity": "6", "base_quantity_unit_code": "KGM"},
    }
    return {
        **_fields(_TEXTS),
        **_REFERRED,
        **_PAID,
        "kind": kind,
        "uuid": "abc",
        "uuid_scheme_id": "2",
        "uuid_scheme_name": "CUFE-SHA384",
        "document_currency_code": "COP",
        "type_code": "99",
        "note": ["n", "m"],
        "accounting_supplier_party": _PARTY,
        "accounting_customer_party": _PARTY,
        "allowance_charges": [_CHARGE, _CHARGE],
        "payment_exchange_rate": _fields(_RATES),
        "tax_totals": [_TAX],
        "withholding_tax_totals": [_TAX],
        "legal_monetary_total": {_snake(name): str(n) for n, name in enumerate(_TOTALS)},
        "lines": [line, line],
    }


ROOT_NAMES = [
    ("Invoice", "Invoiced", "Legal", "invoice"),
    ("CreditNote", "Credited", "Legal", "credit_note"),
    ("DebitNote", "Debited", "Requested", "debit_note"),
]


@pytest.mark.parametrize(("root", "quantity", "total", "kind"), ROOT_NAMES)
def test_every_field(root: str, quantity: str, total: str, kind: str) -> None:
    """A document that states everything is read into every field, digit by digit."""
    document = read(write(_body(root, quantity, total), root)).document
    assert document is not None
    assert document.model_dump(mode="json", exclude_defaults=True) == _expected(kind)


@pytest.mark.parametrize("sts", [STS, STS_OLD])
def test_every_field_of_the_extensions(sts: str) -> None:
    """What DIAN asks for beyond UBL is read into every field, in both of its namespaces."""
    body = f"<sts:DianExtensions>{_DIAN_BODY}</sts:DianExtensions>"
    content = f"<ext:UBLExtension><ext:ExtensionContent>{body}</ext:ExtensionContent></ext:UBLExtension>"
    document = read(write(f"<ext:UBLExtensions>{content}</ext:UBLExtensions>", sts=sts)).document
    assert document is not None
    kept = {} if sts == STS else {"attributes": {".": {"xmlns": STS_OLD}}}
    found = document.model_dump(mode="json", exclude_defaults=True)
    assert found == {"kind": "invoice", "dian_extensions": {**_DIAN, **kept}}


@pytest.mark.parametrize(("root", "quantity", "total", "kind"), ROOT_NAMES)
def test_every_element_is_tried(root: str, quantity: str, total: str, kind: str) -> None:
    """The document of the test above names every element of the tables, and they know its root."""
    text = _body(root, quantity, total)
    assert (_not_in(ROOTS[root], text), kind in {"invoice", "credit_note", "debit_note"}) == (set(), True)


@pytest.mark.parametrize("name", DIAN_EXTENSIONS)
def test_every_extension_is_tried(name: str) -> None:
    """The extensions of the test above are all that their table names."""
    assert _not_in(DIAN_EXTENSIONS[name], _DIAN_BODY) == set()


def test_other_fields_are_known() -> None:
    """The fields that no table names are those that the reader makes itself, and those that UBL has not."""
    entries = ROOTS["Invoice"].values()
    named = {entry.field for entry in entries} | {field for entry in entries for _, field in entry.named}
    made = {"kind", "dian_extensions", "extensions", "signing_time", "foreign_currencies", "other"}
    made |= {"attributes", "country", "provider_options"}
    assert Document.model_fields.keys() - named == made


def _not_in(shape: FieldMap, text: str) -> set[str]:
    return {name for name in _names(shape) if f":{name}>" not in text and f":{name} " not in text}


def _names(shape: FieldMap) -> set[str]:
    names = {name.rpartition("}")[2] for name in shape}
    for entry in shape.values():
        assert entry.field or entry.form == INLINE
        names |= _names(entry.field_map)
    return names
