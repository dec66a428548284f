"""Lines, and the discounts and charges of lines and of the document, both ways."""

from collections.abc import Sequence

from cuadre.engine.model.document import (
    AllowanceCharge,
    Item,
    ItemIdentification,
    Line,
    Price,
    PricingReference,
)
from cuadre.engine.model.scalars import Path
from cuadre.senders.emision import field_map
from cuadre.senders.emision.fields import write_fields
from cuadre.senders.emision.taxes import read_taxes, write_taxes
from cuadre.senders.payloads.fields import Body, Origins, read_fields
from cuadre.senders.payloads.payload import Json, Steps
from cuadre.senders.payloads.reading import PayloadValue

_ALLOWANCES, _TAXES, _WITHHOLDINGS = "allowance_charges", "tax_totals", "withholding_tax_totals"


def read_lines(body: PayloadValue, origins: Origins) -> tuple[Line, ...]:
    """Read the lines; the id of each is its position."""
    node = body.get("invoice_lines")
    if node is None:
        return ()
    origins["lines",] = node.steps
    return tuple([_line(part, ("lines", index), origins) for index, part in enumerate(node.items())])


def _line(node: PayloadValue, path: tuple[str, int], origins: Origins) -> Line:
    origins[path] = node.steps
    price = read_fields(node, field_map.PRICE, (*path, "price"), origins)
    return Line(
        id=str(path[1] + 1),
        **read_fields(node, field_map.LINE, path, origins),
        price=Price(**price) if price else None,
        pricing_reference=_reference(node, (*path, "pricing_reference"), origins),
        item=_item(node, (*path, "item"), origins),
        allowance_charges=read_allowances(node, path, origins),
        tax_totals=read_taxes(node, _TAXES, (*path, _TAXES), origins),
        withholding_tax_totals=read_taxes(node, _WITHHOLDINGS, (*path, _WITHHOLDINGS), origins),
    )


def read_allowances(holder: PayloadValue, path: Path, origins: Origins) -> tuple[AllowanceCharge, ...]:
    """Read the discounts and charges of a line or of the document, numbered by position."""
    node = holder.get(_ALLOWANCES)
    if node is None:
        return ()
    path = (*path, _ALLOWANCES)
    origins[path] = node.steps
    parts = []
    for index, part in enumerate(node.items()):
        origins[*path, index] = part.steps
        fields = read_fields(part, field_map.ALLOWANCE_CHARGE, (*path, index), origins)
        parts.append(AllowanceCharge(id=str(index + 1), **fields))
    return tuple(parts)


def _reference(node: PayloadValue, path: Path, origins: Origins) -> PricingReference | None:
    """Read the reference price of a free item: the body has its type, and the line's price is its amount."""
    found = read_fields(node, field_map.REFERENCE_PRICE, path, origins)
    if not found:
        return None
    return PricingReference(**found, **read_fields(node, field_map.PRICE[:1], path, origins))


def _item(node: PayloadValue, path: Path, origins: Origins) -> Item | None:
    fields = read_fields(node, field_map.ITEM, path, origins)
    path = (*path, "standard_item_identification")
    identification = read_fields(node, field_map.STANDARD_ITEM, path, origins)
    if identification:
        fields["standard_item_identification"] = ItemIdentification(**identification)
    return Item(**fields) if fields else None


def write_line(line: Line, steps: Steps) -> Body:
    """Write a line; raise PayloadError, with the pointer, for what the body cannot hold."""
    item = line.item
    body: Body = {
        **write_fields(line, field_map.LINE),
        **write_fields(line.pricing_reference, field_map.REFERENCE_PRICE),
        **write_fields(item, field_map.ITEM),
        **write_fields(_identification(item), field_map.STANDARD_ITEM),
        **write_fields(line.price, field_map.PRICE),
        _ALLOWANCES: write_allowances(line.allowance_charges),
        _TAXES: write_taxes(line.tax_totals, (*steps, _TAXES)),
        _WITHHOLDINGS: write_taxes(line.withholding_tax_totals, (*steps, _WITHHOLDINGS)),
    }
    return {key: value for key, value in body.items() if value != []}


def _identification(item: Item | None) -> ItemIdentification | None:
    """Return the code of an item: the standard one, else the seller's own."""
    if item is None:
        return None
    return item.standard_item_identification or item.sellers_item_identification


def write_allowances(parts: Sequence[AllowanceCharge]) -> list[Json]:
    """Write discounts and charges."""
    return [write_fields(part, field_map.ALLOWANCE_CHARGE) for part in parts]
