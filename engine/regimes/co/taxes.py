"""DIAN's taxes (table 13.2.2 of annex 1.9) and how the amount of each is computed (FAS07, FAX07)."""

from typing import cast, get_args

from cuadre.engine.errors import DefinitionError
from cuadre.engine.regimes.regime import Method, Tax
from cuadre.engine.tables import load_table


def _tax(row: dict[str, str]) -> Tax:
    if row["method"] not in get_args(Method) or row["withheld"] not in {"yes", "no"}:
        sentence = f"taxes.csv: tax {row['id']} has method {row['method']!r} and withheld {row['withheld']!r}"
        raise DefinitionError(sentence, row=row)
    return Tax(row["id"], row["name"], cast("Method", row["method"]), row["withheld"] == "yes")


TAXES = {tax.id: tax for tax in map(_tax, load_table("cuadre.engine.regimes.co", "taxes", ("id",)))}
"""By id; what is not in the table is computed as a percentage."""
IVA = "01"
INC = "04"
RETE_IVA = "05"
WITHHOLDINGS = frozenset(tax.id for tax in TAXES.values() if tax.withheld)
METHODS: dict[str | None, Method] = {tax.id: tax.method for tax in TAXES.values()}
"""How the amount of each is computed."""
NOMINAL = frozenset(tax.id for tax in TAXES.values() if tax.method not in {"percent", "per_mille"})
"""Taxes of an amount per unit rather than a rate."""
OTHER = "ZZ"
"""The id of every tax that has none of its own."""
