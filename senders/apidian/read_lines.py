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
from cuadre.senders.apidian.fields import read_fields
from cuadre.senders.apidian.read_taxes import read_taxes
from cuadre.senders.apidian.tables import Tables
from cuadre.senders.payloads.fields import Places
from cuadre.senders.payloads.reading import Node


def read_line(node: Node, tables: Tables, path: Path, places: Places) -> Line:
    """Read a line; its id is its position, which is how apidian numbers lines."""
    places[path] = node.steps
    price = read_fields(node, field_map.PRICE, tables, (*path, "price"), places)
    return Line(
        id=str(path[-1] + 1) if isinstance(path[-1], int) else None,
        **read_fields(node, field_map.LINE, tables, path, places),
        price=Price(**price) if price else None,
        pricing_reference=_reference(node, tables, (*path, "pricing_reference"), places),
        item=_item(node, tables, (*path, "item"), places),
        allowance_charges=read_allowances(node, tables, path, places),
        tax_totals=read_taxes(node, "tax_totals", tables, (*path, "tax_totals"), places),
        withholding_tax_totals=read_taxes(
            node, "with_holding_tax_total", tables, (*path, "withholding_tax_totals"), places
        ),
    )


def read_allowances(holder: Node, tables: Tables, path: Path, places: Places) -> tuple[AllowanceCharge, ...]:
    """Read the discounts and charges of a line or of the document; apidian numbers them by position."""
    node = holder.get("allowance_charges")
    if node is None:
        return ()
    path = (*path, "allowance_charges")
    places[path] = node.steps
    parts = []
    for index, part in enumerate(node.items()):
        places[*path, index] = part.steps
        fields = read_fields(part, field_map.ALLOWANCE_CHARGE, tables, (*path, index), places)
        parts.append(AllowanceCharge(id=str(index + 1), **fields))
    return tuple(parts)


def _reference(node: Node, tables: Tables, path: Path, places: Places) -> PricingReference | None:
    """Read the reference price of a free item, which apidian takes from the line's own price."""
    found = read_fields(node, field_map.REFERENCE_PRICE, tables, path, places)
    if not found:
        return None
    price = read_fields(node, field_map.PRICE[:1], tables, path, places)
    return PricingReference(**found, **price)


def _item(node: Node, tables: Tables, path: Path, places: Places) -> Item | None:
    fields = read_fields(node, field_map.ITEM, tables, path, places)
    for name, mapping in (
        ("standard_item_identification", field_map.STANDARD_ITEM),
        ("sellers_item_identification", field_map.SELLERS_ITEM),
    ):
        found = read_fields(node, mapping, tables, (*path, name), places)
        if found:
            fields[name] = ItemIdentification(**found)
    return Item(**fields) if fields else None
