"""The field map of supplier and customer."""

from cuadre.ubl.mapping.vocabulary import (
    AGENCY,
    FieldMap,
    attributed,
    inline,
    part,
    parts,
    texts,
    wrapped_texts,
)

_COMPANY_ID = attributed("CompanyID", "company_id", "schemeID", "schemeName", usual=AGENCY)
_TAX_SCHEME = inline("TaxScheme", texts(tax_scheme_id="ID", tax_scheme_name="Name"))
_COUNTRY = inline(
    "Country",
    {
        **texts(country_identification_code="IdentificationCode"),
        **attributed("Name", "country_name", usual={"languageID": "es"}),
    },
)
ADDRESS: FieldMap = {
    **texts(
        id="ID",
        city_name="CityName",
        postal_zone="PostalZone",
        country_subentity="CountrySubentity",
        country_subentity_code="CountrySubentityCode",
    ),
    **wrapped_texts("AddressLine", "Line", "address_line"),
    **_COUNTRY,
}
_TAX: FieldMap = {
    **texts(registration_name="RegistrationName"),
    **_COMPANY_ID,
    **attributed("TaxLevelCode", "tax_level_code", "listName"),
    **part("RegistrationAddress", "registration_address", ADDRESS),
    **_TAX_SCHEME,
}
_LEGAL: FieldMap = {
    **texts(registration_name="RegistrationName"),
    **_COMPANY_ID,
    **inline(
        "CorporateRegistrationScheme",
        texts(corporate_registration_id="ID", corporate_registration_name="Name"),
    ),
}
_PARTY: FieldMap = {
    **parts(
        "PartyIdentification",
        "party_identifications",
        attributed("ID", "id", "schemeID", "schemeName", usual=AGENCY),
    ),
    **wrapped_texts("PartyName", "Name", "party_names"),
    **inline("PhysicalLocation", part("Address", "physical_location", ADDRESS)),
    **parts("PartyTaxScheme", "party_tax_schemes", _TAX),
    **parts("PartyLegalEntity", "party_legal_entities", _LEGAL),
    **part("Contact", "contact", texts(name="Name", telephone="Telephone", electronic_mail="ElectronicMail")),
}
ACCOUNTING_PARTY: FieldMap = {
    **texts(additional_account_id="AdditionalAccountID"),
    **inline("Party", _PARTY),
}
