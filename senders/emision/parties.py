"""Parties both ways: one flat object of a body is several parts of a Party."""

from typing import Any

from cuadre.engine.model.parties import Address, Contact, Party, PartyLegalEntity, PartyTaxScheme
from cuadre.engine.model.scalars import Path
from cuadre.senders.emision import field_map
from cuadre.senders.emision.codes import whole
from cuadre.senders.emision.fields import write_fields
from cuadre.senders.payloads.fields import Body, Origins, read_fields
from cuadre.senders.payloads.reading import PayloadValue

CUSTOMER, SUPPLIER = ("accounting_customer_party",), ("accounting_supplier_party",)


def read_customer(body: PayloadValue, origins: Origins) -> Party | None:
    """Read the customer; its name and number are those of its tax scheme and of its legal entity too."""
    node = body.get("customer")
    if node is None:
        return None
    origins[CUSTOMER] = node.steps
    fields = read_fields(node, field_map.CUSTOMER, CUSTOMER, origins)
    return _party(node, _both(node, field_map.IDENTITY, CUSTOMER, origins), fields, CUSTOMER, origins)


def read_supplier(body: PayloadValue, origins: Origins) -> Party | None:
    """Read the issuer: its number, and of its branch what the body says; the account has the rest."""
    number, branch = body.get("identification_number"), body.get("branch_office")
    if number is None and branch is None:
        return None
    identity: dict[str, Any] = {}
    if number is not None:
        origins[SUPPLIER] = number.steps
        identity = _both(body, field_map.IDENTITY[:1], SUPPLIER, origins)
    return _party(branch, identity, {}, SUPPLIER, origins)


def _both(node: PayloadValue, fields: tuple[Any, ...], path: Path, origins: Origins) -> dict[str, Any]:
    """Read what the tax scheme and the legal entity share."""
    read_fields(node, fields, (*path, "party_legal_entities", 0), origins)
    return read_fields(node, fields, (*path, "party_tax_schemes", 0), origins)


def _party(
    node: PayloadValue | None, identity: dict[str, Any], fields: dict[str, Any], path: Path, origins: Origins
) -> Party:
    if node is None:
        return Party(party_tax_schemes=(PartyTaxScheme(**identity),))
    identity = {**identity, **_both(node, field_map.NAME, path, origins)}
    scheme, entity = (*path, "party_tax_schemes", 0), (*path, "party_legal_entities", 0)
    address = read_fields(node, field_map.ADDRESS, (*path, "physical_location"), origins)
    contact = read_fields(node, field_map.CONTACT, (*path, "contact"), origins)
    return Party(
        **fields,
        party_names=_names(node, path, origins),
        physical_location=Address(**address) if address else None,
        party_tax_schemes=(
            PartyTaxScheme(**identity, **read_fields(node, field_map.TAX_SCHEME, scheme, origins)),
        ),
        party_legal_entities=(
            PartyLegalEntity(**identity, **read_fields(node, field_map.LEGAL_ENTITY, entity, origins)),
        ),
        contact=Contact(**contact) if contact else None,
    )


def _names(node: PayloadValue, path: Path, origins: Origins) -> tuple[str, ...]:
    """Read the trade name; without one the name is that, too."""
    name = node.get("trade_name") or node.get("name")
    if name is None:
        return ()
    origins[*path, "party_names"] = name.steps
    return (name.text(),)


def write_customer(party: Party | None) -> Body:
    """Write the customer; the tax scheme says who it is, else the legal entity, else an identification."""
    if party is None:
        return {}
    body = {**write_fields(party, field_map.CUSTOMER), **_write(party)}
    scheme = party.party_tax_schemes[0] if party.party_tax_schemes else None
    entity = party.party_legal_entities[0] if party.party_legal_entities else None
    if "identification_number" not in body and party.company_id:
        body["identification_number"] = party.company_id
    return {**write_fields(entity, field_map.IDENTITY), **write_fields(scheme, field_map.IDENTITY), **body}


def write_supplier(party: Party | None) -> Body:
    """Write the issuer's number, and what is said of it as its branch."""
    if party is None:
        return {}
    number: Body = {"identification_number": whole(party.company_id)} if party.company_id else {}
    branch = {key: value for key, value in _write(party).items() if key not in _NOT_OF_A_BRANCH}
    return {**number, "branch_office": branch}


_NOT_OF_A_BRANCH = {field.key for field in field_map.TAX_SCHEME}


def _write(party: Party) -> Body:
    scheme = party.party_tax_schemes[0] if party.party_tax_schemes else None
    entity = party.party_legal_entities[0] if party.party_legal_entities else None
    body = {
        **write_fields(entity, field_map.NAME),
        **write_fields(scheme, field_map.NAME),
        **write_fields(scheme, field_map.TAX_SCHEME),
        **write_fields(entity, field_map.LEGAL_ENTITY),
        **write_fields(party.contact, field_map.CONTACT),
        **write_fields(party.physical_location, field_map.ADDRESS),
    }
    if party.party_names:
        trade = party.party_names[0]
        if body.setdefault("name", trade) != trade:
            body["trade_name"] = trade
    return body
