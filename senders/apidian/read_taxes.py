"""Taxes: an entry of a payload is one tax at one rate; a TaxTotal has every rate of one tax."""

from decimal import Decimal, localcontext

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.document import TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import NOMINAL
from cuadre.senders.apidian import field_map
from cuadre.senders.apidian.fields import read_fields
from cuadre.senders.apidian.lookup import Lookup
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.reading import PayloadValue

ENTRY = "entry"
"""The key under which a subtotal keeps the number of its entry, where grouping changed the order."""


def read_taxes(
    holder: PayloadValue, key: str, lookup: Lookup, path: Path, origins: Origins
) -> tuple[TaxTotal, ...]:
    """Read the entries at ``key``, put together by tax in the order in which the taxes appear.

    A TaxTotal's amount is the sum of its entries, for the payload states none.
    """
    node = holder.get(key)
    if node is None:
        return ()
    origins[path] = node.steps
    groups: dict[str | None, list[tuple[int, PayloadValue]]] = {}
    for index, entry in enumerate(node.items()):
        tax = entry.get("tax_id")
        groups.setdefault(lookup.code(tax, "taxes") if tax else None, []).append((index, entry))
    order = [index for entries in groups.values() for index, _ in entries]
    moved = order != sorted(order)
    totals = []
    for index, entries in enumerate(groups.values()):
        where = (*path, index)
        origins[where] = entries[0][1].steps if len(entries) == 1 else node.steps
        subtotals = tuple(
            [
                _subtotal(
                    entry,
                    lookup,
                    (*where, "tax_subtotals", number),
                    origins,
                    number_given=given if moved else None,
                )
                for number, (given, entry) in enumerate(entries)
            ]
        )
        amount = origins.get((*where, "tax_subtotals", 0, "tax_amount"))
        if len(entries) == 1 and amount is not None:
            origins[*where, "tax_amount"] = amount
        totals.append(TaxTotal(tax_amount=_sum(subtotals), tax_subtotals=subtotals))
    return tuple(totals)


def _subtotal(
    entry: PayloadValue, lookup: Lookup, path: Path, origins: Origins, *, number_given: int | None
) -> TaxSubtotal:
    origins[path] = entry.steps
    options = None if number_given is None else {"apidian": {ENTRY: number_given}}
    fields = read_fields(entry, field_map.TAX_SUBTOTAL, lookup, path, origins)
    if fields.get("tax_scheme_id") in NOMINAL and not fields.get("percent"):
        # A tax per unit has no rate: payloads fill the key with 0, which states nothing.
        fields.pop("percent", None)
    return TaxSubtotal(**fields, provider_options=options)


def _sum(subtotals: tuple[TaxSubtotal, ...]) -> Decimal | None:
    stated = [subtotal.tax_amount for subtotal in subtotals if subtotal.tax_amount is not None]
    with localcontext(EXACT):
        return sum(stated[1:], stated[0]) if stated else None
