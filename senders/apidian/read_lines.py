"""Lines, and the discounts and charges of lines and documents."""

from cuadre.engine.model.document import (
    AllowanceCharge,
    Item,
    ItemIdentification,
    Line,
    Price,
    PricingReference,
)
from cuadre.engine.model.scalars import Path
from cuadre.senders.apidian import field_map
from cuadre.senders.apidian.fields import Field, read_fields
from cuadre.senders.apidian.lookup import Lookup
from cuadre.senders.apidian.read_taxes import read_taxes
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.reading import PayloadValue


def read_line(
    node: PayloadValue, lookup: Lookup, path: Path, origins: Origins, fields: tuple[Field, ...]
) -> Line:
    """Read a line by its ``fields``; its id is its position, which is how apidian numbers lines."""
    origins[path] = node.steps
    price = read_fields(node, field_map.PRICE, lookup, (*path, "price"), origins)
    return Line(
        id=str(path[-1] + 1) if isinstance(path[-1], int) else None,
        **read_fields(node, fields, lookup, path, origins),
        price=Price(**price) if price else None,
        pricing_reference=_reference(node, lookup, (*path, "pricing_reference"), origins),
        item=_item(node, lookup, (*path, "item"), origins),
        allowance_charges=read_allowances(node, lookup, path, origins),
        tax_totals=read_taxes(node, "tax_totals", lookup, (*path, "tax_totals"), origins),
        withholding_tax_totals=read_taxes(
            node, "with_holding_tax_total", lookup, (*path, "withholding_tax_totals"), origins
        ),
    )


def read_allowances(
    holder: PayloadValue, lookup: Lookup, path: Path, origins: Origins
) -> tuple[AllowanceCharge, ...]:
    """Read the discounts and charges of a line or of the document; apidian numbers them by position."""
    node = holder.get("allowance_charges")
    if node is None:
        return ()
    path = (*path, "allowance_charges")
    origins[path] = node.steps
    parts = []
    for index, part in enumerate(node.items()):
        origins[*path, index] = part.steps
        fields = read_fields(part, field_map.ALLOWANCE_CHARGE, lookup, (*path, index), origins)
        parts.append(AllowanceCharge(id=str(index + 1), **fields))
    return tuple(parts)


def _reference(node: PayloadValue, lookup: Lookup, path: Path, origins: Origins) -> PricingReference | None:
    """Read the reference price of a free item, which apidian takes from the line's own price."""
    found = read_fields(node, field_map.REFERENCE_PRICE, lookup, path, origins)
    if not found:
        return None
    price = read_fields(node, field_map.PRICE[:1], lookup, path, origins)
    return PricingReference(**found, **price)


def _item(node: PayloadValue, lookup: Lookup, path: Path, origins: Origins) -> Item | None:
    fields = read_fields(node, field_map.ITEM, lookup, path, origins)
    for name, mapping in (
        ("standard_item_identification", field_map.STANDARD_ITEM),
        ("sellers_item_identification", field_map.SELLERS_ITEM),
    ):
        found = read_fields(node, mapping, lookup, (*path, name), origins)
        if found:
            fields[name] = ItemIdentification(**found)
    return Item(**fields) if fields else None
