"""A seller or a buyer, as an invoice names them."""

from lxml.etree import _Element

from cuadre.engine.model.parties import Address, Party, PartyLegalEntity, PartyTaxScheme
from cuadre.formats.html_report.language import Language
from cuadre.formats.html_report.markup import element, one_line
from cuadre.formats.html_report.shown_document import ShownDocument

_NIT = "31"
_LONGEST = 120


def party_name(party: Party) -> str:
    """Return the name that a party is registered with, else the one that it goes by."""
    registered = [one.registration_name for one in party.party_tax_schemes]
    registered += [one.registration_name for one in party.party_legal_entities]
    names = [*registered, *party.party_names]
    return one_line(next((name for name in names if name), ""), _LONGEST)


def party_id(party: Party, language: Language) -> str:
    """Return the identification with its check digit: NIT 900373115-3."""
    if not party.company_id:
        return ""
    parts: list[PartyTaxScheme | PartyLegalEntity] = [*party.party_tax_schemes, *party.party_legal_entities]
    mine = next((part for part in parts if part.company_id == party.company_id), None)
    digit, kind = (mine.company_id_scheme_id, mine.company_id_scheme_name) if mine else (None, None)
    name = "NIT" if kind == _NIT else language.word("party.id")
    ending = f"-{digit}" if kind == _NIT and digit else ""
    return one_line(f"{name} {party.company_id}{ending}", _LONGEST)


def party_block(shown: ShownDocument, party: Party | None, heading: str) -> _Element | None:
    """Show a party; None where the document names none."""
    if party is None:
        return None
    rows = [party_id(party, shown.language), *_address(_place(party)), *_contact(party)]
    return element(
        "div",
        element(shown.heading(2), heading),
        element("p", element("b", party_name(party) or "–")),
        [element("p", row) for row in rows if row],
        class_="party",
    )


def _place(party: Party) -> Address | None:
    registered = [part.registration_address for part in party.party_tax_schemes]
    return party.physical_location or next((address for address in registered if address), None)


def _address(address: Address | None) -> list[str]:
    if address is None:
        return []
    city = [part for part in (address.city_name, address.country_subentity) if part]
    lines = [*address.address_line[:2], ", ".join(dict.fromkeys(city))]
    return [one_line(line, _LONGEST) for line in lines]


def _contact(party: Party) -> list[str]:
    contact = party.contact
    found = (contact.telephone, contact.electronic_mail) if contact else ()
    return [one_line(part, _LONGEST) for part in found if part]
