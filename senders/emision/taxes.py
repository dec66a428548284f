"""Taxes both ways: an entry of a body is one tax at one rate; a TaxTotal has every rate of one tax."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.document import TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import NOMINAL
from cuadre.senders.contract import PayloadError
from cuadre.senders.emision import field_map
from cuadre.senders.emision.codes import read_code
from cuadre.senders.emision.fields import write_fields
from cuadre.senders.payloads.fields import Body, Origins, read_fields
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.leftovers import leftovers_of
from cuadre.senders.payloads.payload import Json, Steps
from cuadre.senders.payloads.reading import PayloadValue

PROVIDER = "emision"
ENTRY = "entry"
"""The key under which a subtotal keeps the number of its entry, where grouping changed the order."""


def read_taxes(holder: PayloadValue, key: str, path: Path, origins: Origins) -> tuple[TaxTotal, ...]:
    """Read the entries at ``key``, put together by tax in the order in which the taxes appear.

    A TaxTotal's amount is the sum of its entries, and so is its rounding: the body states neither.
    """
    node = holder.get(key)
    if node is None:
        return ()
    origins[path] = node.steps
    groups: dict[str | None, list[tuple[int, PayloadValue]]] = {}
    for index, entry in enumerate(node.items()):
        tax = entry.get("tax_code")
        groups.setdefault(read_code(tax, 2) if tax else None, []).append((index, entry))
    order = [index for entries in groups.values() for index, _ in entries]
    moved = order != sorted(order)
    totals = []
    for index, entries in enumerate(groups.values()):
        origins[*path, index] = entries[0][1].steps if len(entries) == 1 else node.steps
        totals.append(_total(entries, (*path, index), origins, moved=moved))
    return tuple(totals)


def _total(entries: list[tuple[int, PayloadValue]], path: Path, origins: Origins, *, moved: bool) -> TaxTotal:
    subtotals, roundings = [], []
    for number, (given, entry) in enumerate(entries):
        options = {PROVIDER: {ENTRY: given}} if moved else None
        subtotals.append(_subtotal(entry, (*path, "tax_subtotals", number), origins, options))
        rounding = entry.get("rounding_amount")
        if rounding is not None:
            origins.setdefault((*path, "rounding_amount"), rounding.steps)
            roundings.append(rounding.amount())
    amount = origins.get((*path, "tax_subtotals", 0, "tax_amount"))
    if len(entries) == 1 and amount is not None:
        origins[*path, "tax_amount"] = amount
    stated = [subtotal.tax_amount for subtotal in subtotals if subtotal.tax_amount is not None]
    return TaxTotal(tax_amount=_sum(stated), rounding_amount=_sum(roundings), tax_subtotals=tuple(subtotals))


def _subtotal(
    entry: PayloadValue, path: Path, origins: Origins, options: dict[str, dict[str, int]] | None
) -> TaxSubtotal:
    origins[path] = entry.steps
    fields = read_fields(entry, field_map.TAX_SUBTOTAL, path, origins)
    if fields.get("tax_scheme_id") in NOMINAL and not fields.get("percent"):
        # A tax per unit has no rate: bodies fill the key with 0, which states nothing.
        fields.pop("percent", None)
    return TaxSubtotal(**fields, provider_options=options)


def _sum(amounts: Sequence[Decimal]) -> Decimal | None:
    with localcontext(EXACT):
        return sum(amounts[1:], amounts[0]) if amounts else None


def write_taxes(totals: Sequence[TaxTotal], steps: Steps) -> list[Json]:
    """Write an entry for each subtotal, in the order in which they were read; a rounding is the first's.

    Raises PayloadError for a tax that has an amount and no subtotal.
    """
    entries: list[tuple[int, Body]] = []
    for total in totals:
        if not total.tax_subtotals and total.tax_amount:
            where = pointer(steps)
            sentence = f"{where}: a tax that has an amount and no subtotal has no entry"
            raise PayloadError(sentence, pointer=where)
        rounding = write_fields(total, field_map.ROUNDING)
        for subtotal in total.tax_subtotals:
            entries.append((_entry(subtotal), {**write_fields(subtotal, field_map.TAX_SUBTOTAL), **rounding}))
            rounding = {}
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]


_LAST = 10**9


def _entry(subtotal: TaxSubtotal) -> int:
    """Return the number of an entry; what was added since comes last."""
    found = leftovers_of(subtotal, PROVIDER).get(ENTRY)
    return found if isinstance(found, int) else _LAST
