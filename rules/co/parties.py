"""What the seller is responsible for (xAJ26); everything else about parties is rows of checks.csv."""

import re

from cuadre.engine.findings import Severity
from cuadre.engine.model.parties import PartyTaxScheme
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_RESPONSIBILITIES = ("O-13", "O-15", "O-23", "O-47", "R-99-PN")
"""Table 13.2.6.1 of annex 1.9."""
_EARLIER = re.compile(r"O-[0-9]{2}")


@check("AJ26", at="accounting_supplier_party.party_tax_schemes")
def responsibilities(party: PartyTaxScheme, context: Context) -> Fault | None:
    """Each responsibility is in the list; DIAN rejects ZZ.

    Earlier lists had more codes of the form O-99. They are in DIAN's own examples, so they are remarked on.
    """
    del context
    codes = (party.tax_level_code or "").replace(" ", "").split(";")
    wrong = [code for code in codes if code and code not in _RESPONSIBILITIES]
    if not wrong:
        return None
    unknown = [code for code in wrong if _EARLIER.fullmatch(code) is None]
    return Fault(
        "tax_level_code",
        "not_in_list",
        (unknown or wrong)[0],
        detail=", ".join(_RESPONSIBILITIES),
        severity=None if unknown else Severity.NOTIFY,
    )
