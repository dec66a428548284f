"""The field map of supplier and customer."""

from cuadre.ubl.mapping.vocabulary import AGENCY, FieldMap, each, fold, many, marked, one, texts_of

_COMPANY_ID = marked("CompanyID", "company_id", "schemeID", "schemeName", usual=AGENCY)
_TAX_SCHEME = fold("TaxScheme", texts_of(tax_scheme_id="ID", tax_scheme_name="Name"))
_COUNTRY = fold(
    "Country",
    {
        **texts_of(country_identification_code="IdentificationCode"),
        **marked("Name", "country_name", usual={"languageID": "es"}),
    },
)
ADDRESS: FieldMap = {
    **texts_of(
        id="ID",
        city_name="CityName",
        postal_zone="PostalZone",
        country_subentity="CountrySubentity",
        country_subentity_code="CountrySubentityCode",
    ),
    **each("AddressLine", "Line", "address_line"),
    **_COUNTRY,
}
_TAX: FieldMap = {
    **texts_of(registration_name="RegistrationName"),
    **_COMPANY_ID,
    **marked("TaxLevelCode", "tax_level_code", "listName"),
    **one("RegistrationAddress", "registration_address", ADDRESS),
    **_TAX_SCHEME,
}
_LEGAL: FieldMap = {
    **texts_of(registration_name="RegistrationName"),
    **_COMPANY_ID,
    **fold(
        "CorporateRegistrationScheme",
        texts_of(corporate_registration_id="ID", corporate_registration_name="Name"),
    ),
}
_PARTY: FieldMap = {
    **many(
        "PartyIdentification",
        "party_identifications",
        marked("ID", "id", "schemeID", "schemeName", usual=AGENCY),
    ),
    **each("PartyName", "Name", "party_names"),
    **fold("PhysicalLocation", one("Address", "physical_location", ADDRESS)),
    **many("PartyTaxScheme", "party_tax_schemes", _TAX),
    **many("PartyLegalEntity", "party_legal_entities", _LEGAL),
    **one(
        "Contact", "contact", texts_of(name="Name", telephone="Telephone", electronic_mail="ElectronicMail")
    ),
}
ACCOUNTING_PARTY: FieldMap = {
    **texts_of(additional_account_id="AdditionalAccountID"),
    **fold("Party", _PARTY),
}
