"""A customer or a seller, whose one flat object is several parts of a Party."""

from cuadre.engine.model.parties import Address, Contact, Party, PartyLegalEntity, PartyTaxScheme
from cuadre.engine.model.scalars import Path
from cuadre.senders.apidian import field_map
from cuadre.senders.apidian.fields import read_fields
from cuadre.senders.apidian.lookup import Lookup
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.reading import PayloadValue


def read_party(node: PayloadValue, lookup: Lookup, path: Path, origins: Origins) -> Party:
    """Read a party; its name and its number are those of its tax scheme and of its legal entity too."""
    origins[path] = node.steps
    scheme, entity = (*path, "party_tax_schemes", 0), (*path, "party_legal_entities", 0)
    identity = read_fields(node, field_map.IDENTITY, lookup, scheme, origins)
    read_fields(node, field_map.IDENTITY, lookup, entity, origins)
    location = (*path, "physical_location")
    address = read_fields(
        node, (*field_map.ADDRESS, *field_map.MUNICIPALITY, *field_map.CITY_ABROAD), lookup, location, origins
    )
    contact = read_fields(node, field_map.CONTACT, lookup, (*path, "contact"), origins)
    name = identity.get("registration_name")
    if name is not None:
        origins[*path, "party_names"] = origins[*scheme, "registration_name"]
    return Party(
        **read_fields(node, field_map.PARTY, lookup, path, origins),
        party_names=(name,) if name is not None else (),
        physical_location=Address(**address) if address else None,
        party_tax_schemes=(
            PartyTaxScheme(**identity, **read_fields(node, field_map.TAX_SCHEME, lookup, scheme, origins)),
        ),
        party_legal_entities=(
            PartyLegalEntity(
                **identity, **read_fields(node, field_map.LEGAL_ENTITY, lookup, entity, origins)
            ),
        ),
        contact=Contact(**contact) if contact else None,
    )
