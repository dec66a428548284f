"""Complete a document with what the rest determines: check digits, profiles, counts, names, the key."""

from decimal import Decimal
from typing import TypeVar

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document, Line, TaxTotal
from cuadre.engine.model.parties import Party
from cuadre.engine.regimes.co.dian import DianExtensions
from cuadre.engine.regimes.co.keys import DocumentKeyError, document_key, key_scheme, software_security_code
from cuadre.engine.regimes.co.nit import NitError, calc_check_digit
from cuadre.engine.regimes.co.qr import qr_text
from cuadre.engine.regimes.co.taxes import TAXES
from cuadre.engine.secrets import Secrets
from cuadre.engine.tables import load_table

_Identified = TypeVar("_Identified", bound=Aggregate)
_NIT = "31"
_DIAN = {
    "invoice_source_country": "CO",
    "authorization_provider_id": "800197268",
    "authorization_provider_id_scheme_id": "4",
    "authorization_provider_id_scheme_name": _NIT,
}


def complete(document: Document, secrets: Secrets) -> Document:
    """Return the document with what it leaves out and the rest determines; nothing that it states changes.

    With the secret that its key needs, a UUID that is missing is computed, and the QR text with it.
    """
    document = _with(
        document,
        {
            **_head(document),
            "lines": tuple([_line(line, index) for index, line in enumerate(document.lines)]),
            "tax_totals": tuple([_tax(total) for total in document.tax_totals]),
            "withholding_tax_totals": tuple([_tax(total) for total in document.withholding_tax_totals]),
            "accounting_supplier_party": _party(document.accounting_supplier_party),
            "accounting_customer_party": _party(document.accounting_customer_party),
            "dian_extensions": _extensions(document, secrets),
        },
    )
    return _key(document, secrets)


def _with(document: Document, fields: dict[str, object]) -> Document:
    return document.model_copy(update={name: value for name, value in fields.items() if value is not None})


def _head(document: Document) -> dict[str, object]:
    profile = _PROFILES[document.kind.value]
    count = document.line_count_numeric
    return {
        "ubl_version_id": document.ubl_version_id or "UBL 2.1",
        "customization_id": document.customization_id or profile["customization_id"],
        "profile_id": document.profile_id or profile["profile_id"],
        "profile_execution_id": document.profile_execution_id or "2",
        "type_code": document.type_code or profile["type_code"] or None,
        "document_currency_code": document.document_currency_code or "COP",
        "line_count_numeric": Decimal(len(document.lines)) if count is None else count,
    }


_PROFILES = {row["kind"]: row for row in load_table("cuadre.engine.regimes.co", "profiles", ("kind",))}


def _line(line: Line, index: int) -> Line:
    price = line.price
    if price is not None and price.base_quantity is None and line.quantity is not None:
        price = price.model_copy(
            update={"base_quantity": line.quantity, "base_quantity_unit_code": line.quantity_unit_code}
        )
    return line.model_copy(
        update={
            "id": line.id or str(index + 1),
            "price": price,
            "tax_totals": tuple([_tax(total) for total in line.tax_totals]),
            "withholding_tax_totals": tuple([_tax(total) for total in line.withholding_tax_totals]),
        }
    )


def _tax(total: TaxTotal) -> TaxTotal:
    subtotals = tuple(
        [
            part.model_copy(update={"tax_scheme_name": TAXES[part.tax_scheme_id].name})
            if part.tax_scheme_name is None and part.tax_scheme_id in TAXES
            else part
            for part in total.tax_subtotals
        ]
    )
    return total.model_copy(update={"tax_subtotals": subtotals})


def _party(party: Party | None) -> Party | None:
    if party is None:
        return None
    return party.model_copy(
        update={
            "party_identifications": tuple([_checked(part, "id") for part in party.party_identifications]),
            "party_tax_schemes": tuple([_checked(part, "company_id") for part in party.party_tax_schemes]),
            "party_legal_entities": tuple(
                [_checked(part, "company_id") for part in party.party_legal_entities]
            ),
        }
    )


def _checked(part: _Identified, field: str) -> _Identified:
    """Give an identification of type 31 its check digit."""
    number = getattr(part, field)
    if not number or getattr(part, f"{field}_scheme_name") != _NIT or getattr(part, f"{field}_scheme_id"):
        return part
    try:
        digit = calc_check_digit(number)
    except NitError:
        return part
    return part.model_copy(update={f"{field}_scheme_id": digit})


def _extensions(document: Document, secrets: Secrets) -> DianExtensions:
    stated = document.dian_extensions or DianExtensions()
    update = {name: value for name, value in _DIAN.items() if getattr(stated, name) is None}
    if stated.software_id and secrets.pin and document.id and not stated.software_security_code:
        update["software_security_code"] = software_security_code(
            stated.software_id, secrets.pin, document.id
        )
    return _checked(stated.model_copy(update=update), "provider_id")


def _key(document: Document, secrets: Secrets) -> Document:
    if not document.uuid:
        try:
            key = document_key(document, secrets)
        except DocumentKeyError:
            return document
        document = document.model_copy(update={"uuid": key})
    update = {
        "uuid_scheme_id": document.uuid_scheme_id or document.profile_execution_id,
        "uuid_scheme_name": document.uuid_scheme_name or key_scheme(document).name,
    }
    document = document.model_copy(update=update)
    dian = document.dian_extensions
    if dian is not None and not dian.qr_code:
        dian = dian.model_copy(update={"qr_code": qr_text(document)})
    return document.model_copy(update={"dian_extensions": dian})
