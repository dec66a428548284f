"""Sentences from findings: one catalogue (messages.csv), in English and Spanish."""

from decimal import Decimal

from cuadre.engine.findings import Finding, Value
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.tables import load_table

LANGUAGES = ("en", "es")


def text(key: str, language: str, **values: object) -> str:
    """Return the sentence ``key`` of the catalogue in a language, with its blanks filled."""
    return _catalogue()[key][language].format(**values)


def _catalogue() -> dict[str, dict[str, str]]:
    if not _CATALOGUE:
        _CATALOGUE.update({row["key"]: row for row in load_table("cuadre", "messages", ("key",))})
    return _CATALOGUE


_CATALOGUE: dict[str, dict[str, str]] = {}


def show(value: Value) -> str:
    """Write a stated or expected value as documents do: digits and a point."""
    return format_amount(value) if isinstance(value, Decimal) else value or ""


def element(finding: Finding) -> str:
    """Name the element that a finding is about, as UBL does: ``PayableAmount``."""
    place = finding.place
    if place.xpath:
        around, _, last = place.xpath.rpartition("/")
        name = _local(last)
        return f"{_local(around.rpartition('/')[2])}/{name}" if name.startswith("@") else name
    last = place.path.rpartition(".")[2].partition("[")[0]
    if last in _UBL_NAMES:
        return _UBL_NAMES[last]
    for ending, attribute in _ATTRIBUTES.items():
        if last.endswith(ending):
            return f"{_ubl_name(last.removesuffix(ending))}/@{attribute}"
    return _ubl_name(last)


def _local(step: str) -> str:
    """Take a step of an XPath without prefix and position."""
    return step.rpartition(":")[2].partition("[")[0]


def _ubl_name(field: str) -> str:
    return _UBL_NAMES.get(field) or "".join(part.capitalize() for part in field.split("_"))


_ATTRIBUTES = {
    "_unit_code": "unitCode",
    "_scheme_id": "schemeID",
    "_scheme_name": "schemeName",
    "_list_name": "listName",
}
_UBL_NAMES = {
    "id": "ID",
    "uuid": "UUID",
    "tax_scheme_id": "TaxScheme/ID",
    "tax_scheme_name": "TaxScheme/Name",
    "lines": "Line",
    "tax_totals": "TaxTotal",
    "withholding_tax_totals": "WithholdingTaxTotal",
    "tax_subtotals": "TaxSubtotal",
    "allowance_charges": "AllowanceCharge",
    "prepaid_payments": "PrepaidPayment",
}


def sentence(finding: Finding, language: str = "en") -> str:
    """Say a finding in one sentence."""
    message_key = finding.message_key
    if message_key == "currency" and not finding.stated:
        message_key = "currency_absent"
    difference = finding.difference
    return text(
        message_key,
        language,
        element=element(finding),
        stated=show(finding.stated),
        expected=show(finding.expected),
        expression=finding.expression,
        detail=finding.detail,
        amount=show(abs(difference)) if difference is not None else "",
        too=text("too_much" if difference is not None and difference > 0 else "too_little", language),
    )
