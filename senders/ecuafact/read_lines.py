"""A detail of an Ecuafact invoice read into a Line, its taxes grouped by the code of the tax."""

from cuadre.engine.model.document import (
    AllowanceCharge,
    Item,
    ItemIdentification,
    Line,
    Price,
    TaxSubtotal,
    TaxTotal,
)
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.taxes import by_amount, tax_id
from cuadre.senders.ecuafact import field_map
from cuadre.senders.payloads.fields import Origins, read_fields
from cuadre.senders.payloads.reading import PayloadValue


def read_line(node: PayloadValue, path: Path, origins: Origins) -> Line:
    """Read a detail; its quantity is called Amount, its number is its position."""
    origins[path] = node.steps
    price = read_fields(node, field_map.PRICE, (*path, "price"), origins)
    discount = read_fields(node, field_map.DISCOUNT, (*path, "allowance_charges", 0), origins)
    index = path[-1]
    return Line(
        id=str(index + 1) if isinstance(index, int) else None,
        **read_fields(node, field_map.LINE, path, origins),
        price=Price(**price) if price else None,
        allowance_charges=(AllowanceCharge(charge_indicator="false", **discount),) if discount else (),
        item=_item(node, (*path, "item"), origins),
        tax_totals=tuple(_taxes(node, path, origins)),
    )


def _item(node: PayloadValue, path: Path, origins: Origins) -> Item | None:
    found = read_fields(node, field_map.ITEM, path, origins)
    main = read_fields(node, field_map.MAIN_CODE, (*path, "sellers_item_identification"), origins)
    other = read_fields(node, field_map.OTHER_CODE, (*path, "standard_item_identification"), origins)
    if not (found or main or other):
        return None
    return Item(
        **found,
        sellers_item_identification=ItemIdentification(**main) if main else None,
        standard_item_identification=ItemIdentification(**other) if other else None,
    )


def _taxes(node: PayloadValue, path: Path, origins: Origins) -> list[TaxTotal]:
    """Read the list of taxes and the short forms; a tax that only the short form states has one rate."""
    taxes = node.get("Taxes")
    groups: dict[str, list[PayloadValue]] = {}
    for part in taxes.items() if taxes else []:
        code = part.get("Code")
        groups.setdefault(code.text() if code else "", []).append(part)
    for short, (_, value) in field_map.SHORT_FORMS.items():
        if node.get(value) is not None:
            groups.setdefault(short, [])
    return [
        _total(node, code, parts, (*path, "tax_totals", index), origins)
        for index, (code, parts) in enumerate(groups.items())
    ]


def _total(
    node: PayloadValue, code: str, parts: list[PayloadValue], path: Path, origins: Origins
) -> TaxTotal:
    rate_key, value_key = field_map.SHORT_FORMS.get(code, ("", ""))
    value = node.get(value_key) if value_key else None
    amount = value.amount() if value else None
    if value is not None:
        origins[path] = origins[*path, "tax_amount"] = value.steps
    subtotals = [_rate(part, code, (*path, "tax_subtotals", i), origins) for i, part in enumerate(parts)]
    if not subtotals:
        rate = node.get(rate_key)
        inner = (*path, "tax_subtotals", 0)
        if rate is not None:
            origins[*inner, "tax_scheme_id"] = rate.steps
        identity = tax_id(code, rate.text() if rate else "")
        subtotals = [TaxSubtotal(tax_scheme_id=identity, tax_amount=amount)]
    return TaxTotal(tax_amount=amount, tax_subtotals=tuple(subtotals))


def _rate(node: PayloadValue, code: str, path: Path, origins: Origins) -> TaxSubtotal:
    """Read one tax at one rate; the rate of IRBPNR and of specific ICE is an amount for each unit."""
    origins[path] = node.steps
    found = read_fields(node, field_map.TAX, path, origins)
    percentage, rate = node.get("PercentageCode"), node.get("Rate")
    identity = tax_id(code, percentage.text() if percentage else "")
    if percentage is not None:
        origins[*path, "tax_scheme_id"] = percentage.steps
    if rate is not None:
        name = "per_unit_amount" if by_amount(identity) else "percent"
        found[name] = rate.amount()
        origins[*path, name] = rate.steps
    return TaxSubtotal(tax_scheme_id=identity, **found)
