"""Faults of a list of TaxTotals: a tax that comes twice, a TaxTotal of two taxes."""

from collections.abc import Iterator, Sequence

from cuadre.engine.model.document import TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.taxes import OTHER, TAXES
from cuadre.rules.rule import Fault

UNKNOWN: set[str | None] = {None, ""}
"""The id of a subtotal that does not say which tax it is."""
ANY = UNKNOWN | {OTHER}
"""Ids that may come several times, or in the lines only: they do not tell one tax."""


def name_of(tax: str | None) -> str:
    """Return the name of a tax, or its id where the table has no such tax."""
    known = TAXES.get(tax or "")
    return known.name if known else tax or ""


def repeated(totals: Sequence[TaxTotal], field: str, explains: Sequence[str | Path] = ()) -> Iterator[Fault]:
    """Name the last TaxTotal of each tax that has several; ``field`` is the list's name."""
    last: dict[str | None, int] = {}
    twice: dict[str | None, int] = {}
    for index, total in enumerate(totals):
        tax = total.tax_scheme_id
        if tax in last and tax not in ANY:
            twice[tax] = index
        last[tax] = index
    for tax, index in twice.items():
        yield Fault((field, index), "repeated", tax, detail=name_of(tax), explains=explains)


def mixed(totals: Sequence[TaxTotal], field: str, explains: Sequence[str | Path] = ()) -> Iterator[Fault]:
    """Name in each TaxTotal the first subtotal of another tax than the TaxTotal starts with."""
    for index, total in enumerate(totals):
        first = total.tax_scheme_id
        for inner, part in enumerate(total.tax_subtotals) if first else ():
            if part.tax_scheme_id and part.tax_scheme_id != first:
                where = (field, index, "tax_subtotals", inner, "tax_scheme_id")
                yield Fault(where, "mixed_taxes", part.tax_scheme_id, first, explains=explains)
                break
