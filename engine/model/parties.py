"""Supplier and customer, as UBL and DIAN describe them."""

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.scalars import Code


class Address(Aggregate):
    """An address; ``id`` is the municipality's code (table 13.4.3)."""

    id: Code | None = None
    city_name: Code | None = None
    postal_zone: Code | None = None
    country_subentity: Code | None = None
    country_subentity_code: Code | None = None
    address_line: tuple[str, ...] = ()
    country_identification_code: Code | None = None
    country_name: Code | None = None


class PartyIdentification(Aggregate):
    """An identification of a party, and which it is (table 13.2.1)."""

    id: Code | None = None
    id_scheme_id: Code | None = None
    id_scheme_name: Code | None = None


class PartyTaxScheme(Aggregate):
    """A party to the tax authority.

    ``company_id`` has no check digit; that is ``company_id_scheme_id``, and ``company_id_scheme_name``
    says which identification it is (table 13.2.1; 31 is the NIT).
    """

    registration_name: Code | None = None
    company_id: Code | None = None
    company_id_scheme_id: Code | None = None
    company_id_scheme_name: Code | None = None
    tax_level_code: Code | None = None
    tax_level_code_list_name: Code | None = None
    registration_address: Address | None = None
    tax_scheme_id: Code | None = None
    tax_scheme_name: Code | None = None


class PartyLegalEntity(Aggregate):
    """A party to the chamber of commerce; ``corporate_registration_id`` is the prefix of the numbering."""

    registration_name: Code | None = None
    company_id: Code | None = None
    company_id_scheme_id: Code | None = None
    company_id_scheme_name: Code | None = None
    corporate_registration_id: Code | None = None
    corporate_registration_name: Code | None = None


class Contact(Aggregate):
    """Whom to write to."""

    name: Code | None = None
    telephone: Code | None = None
    electronic_mail: Code | None = None


class Party(Aggregate):
    """A supplier or a customer; ``additional_account_id`` is 1 for a company, 2 for a person."""

    additional_account_id: Code | None = None
    party_identifications: tuple[PartyIdentification, ...] = ()
    party_names: tuple[str, ...] = ()
    physical_location: Address | None = None
    party_tax_schemes: tuple[PartyTaxScheme, ...] = ()
    party_legal_entities: tuple[PartyLegalEntity, ...] = ()
    contact: Contact | None = None

    @property
    def company_id(self) -> str:
        """The identification without its check digit, or nothing."""
        numbers = [
            *(part.company_id for part in self.party_tax_schemes),
            *(part.company_id for part in self.party_legal_entities),
            *(part.id for part in self.party_identifications),
        ]
        return next((number for number in numbers if number), "")
