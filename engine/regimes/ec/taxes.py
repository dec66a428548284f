"""SRI's taxes (tables 16, 17 and 18): identified by a code and the code of a rate, as ``2-4``."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple, cast, get_args

from cuadre.engine.errors import DefinitionError
from cuadre.engine.regimes.regime import Method, Tax
from cuadre.engine.tables import load_table

IVA, ICE, IRBPNR = "2", "3", "5"
_PACKAGE = "cuadre.engine.regimes.ec"


def tax_id(code: str, rate_code: str = "") -> str:
    """Join SRI's codigo and codigoPorcentaje into one id; without the second it is the whole tax."""
    return f"{code}-{rate_code}" if rate_code else code


def tax_codes(identity: str | None) -> tuple[str, str]:
    """Take an id apart into codigo and codigoPorcentaje; the second is empty for a whole tax."""
    code, _, rate_code = (identity or "").partition("-")
    return code, rate_code


def _tax(row: dict[str, str]) -> Tax:
    if row["method"] not in get_args(Method) or row["withheld"] not in {"yes", "no"}:
        sentence = f"taxes.csv: tax {row['id']} has method {row['method']!r} and withheld {row['withheld']!r}"
        raise DefinitionError(sentence, row=row)
    return Tax(row["id"], row["name"], cast("Method", row["method"]), row["withheld"] == "yes")


TAXES = {tax.id: tax for tax in map(_tax, load_table(_PACKAGE, "taxes", ("id",)))}
"""By id. ICE codes whose amount has a specific part are ``per_unit``: it is not base × rate alone."""


class IvaRate(NamedTuple):
    """A rate of IVA and the days on which it is in force; None is without end."""

    code: str
    rate: Decimal
    valid_from: dt.date | None
    valid_to: dt.date | None
    subtotal: str
    """Which subtotal its lines belong to: ``taxed``, ``zero``, ``not_subject`` or ``exempt``."""

    def holds(self, day: dt.date) -> bool:
        """Tell whether the rate is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


IVA_RATES = tuple(
    [
        IvaRate(
            row["code"],
            Decimal(row["rate"]),
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            row["subtotal"],
        )
        for row in load_table(_PACKAGE, "iva_rates", ("code", "valid_from"))
    ]
)
SUBTOTALS = {rate.code: rate.subtotal for rate in IVA_RATES}
"""The subtotal that a rate of IVA belongs to, by its code."""
RATES = {rate.code: rate.rate for rate in IVA_RATES}
"""The percentage of a rate of IVA, by its code; a code never changes its percentage."""


def by_amount(identity: str | None) -> bool:
    """Tell whether the tarifa of a tax is an amount for each unit, and no percentage."""
    tax = TAXES.get(identity or "") or TAXES.get(tax_codes(identity)[0])
    return tax is not None and tax.method == "per_unit"
