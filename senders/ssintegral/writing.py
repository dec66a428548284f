"""A Document written as the body of SS Integral's call, without the settings and secrets of an account."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Never

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.document import Document, DocumentKind, TaxTotal
from cuadre.engine.model.parties import Party, PartyTaxScheme
from cuadre.engine.regimes.co.complete import complete
from cuadre.engine.secrets import Secrets
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.payload import Json
from cuadre.senders.ssintegral.envelope import ROWS, Row, nested
from cuadre.senders.ssintegral.line_mapping import (
    ALLOWANCES,
    LINES,
    PARTS,
    TAXES,
    WITHHOLDINGS,
    LineMapping,
    write_array,
)
from cuadre.senders.ssintegral.paths import value_at
from cuadre.senders.ssintegral.values import TYPES, write_time

OPERATIONS = {
    DocumentKind.SUPPORT_DOCUMENT: "EnviarDocumentoSoporteElectronico",
    DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT: "EnviarDocumentoAjusteElectronico",
}
DOCUMENT = ("datos", "strucinvoicedoc", "documentoSE")
_ZERO = Decimal("0.00")
_COUNTRY = "CO"
_NUMBER = re.compile(r"(.*?)([0-9]+)")


def write_body(document: Document, mapping: LineMapping | None) -> dict[str, Json]:
    """Write a document; raise PayloadError, with the pointer, for a value that its element cannot hold."""
    document = _shaped(complete(document, Secrets()))
    values: dict[tuple[str, ...], Json] = {}
    for row in ROWS:
        text = _array(document, row, mapping) if row.type == "array" else _text(document, row)
        if text is not None or row.type == "array":
            values[row.steps] = text
    return nested(values)


def _shaped(document: Document) -> Document:
    """Say the identity and the address of each party where the envelope looks for them."""
    fields = ("accounting_supplier_party", "accounting_customer_party")
    return document.model_copy(
        update={name: _party(party) for name in fields if (party := getattr(document, name)) is not None}
    )


def _party(party: Party) -> Party:
    entity = party.party_legal_entities[0] if party.party_legal_entities else None
    scheme = party.party_tax_schemes[0] if party.party_tax_schemes else None
    if scheme is None and entity is not None:
        identity = ("registration_name", "company_id", "company_id_scheme_id", "company_id_scheme_name")
        scheme = PartyTaxScheme(**{name: getattr(entity, name) for name in identity})
    if scheme is not None and scheme.registration_name is None:
        name = next(iter(party.party_names), None)
        scheme = scheme.model_copy(update={"registration_name": name})
    address = party.physical_location or (scheme.registration_address if scheme else None)
    schemes = (scheme,) if scheme else ()
    return party.model_copy(update={"party_tax_schemes": schemes, "physical_location": address})


def _text(document: Document, row: Row) -> str | None:
    """Write the text of an element; None leaves out one of a value type."""
    kind = TYPES[row.type]
    mark = row.value[:1]
    if mark == "$":
        return row.value
    if mark == "=":
        return row.value[1:]
    if mark == "@":
        return _COMPUTED[row.value[1:]](document)
    value = None if mark in {"", "!"} else value_at(document, row.value)
    if value in (None, ""):
        return "" if kind.always else None
    try:
        return write_time(document.issue_date, value) if row.type == "time" else kind.write(value)
    except ValueError as error:
        return refuse(row.steps, str(error))


def _array(document: Document, row: Row, mapping: LineMapping | None) -> Json:
    name = row.steps[-1]
    array = (mapping or {}).get(name)
    if array is None:
        return None
    totals = {TAXES: document.tax_totals, WITHHOLDINGS: document.withholding_tax_totals}
    if name in totals:
        return write_array(array, [part for total in totals[name] for part in total.tax_subtotals])
    return write_array(array, document.lines if name == LINES else document.allowance_charges)


def split_number(document: Document) -> tuple[str, str]:
    """Take a document's number apart into prefix and number: as its authorisation says, or at the digits."""
    identity, control = document.id or "", document.invoice_control
    if control is not None and control.prefix is not None and identity.startswith(control.prefix):
        return control.prefix, identity[len(control.prefix) :]
    found = _NUMBER.fullmatch(identity)
    return (found[1], found[2]) if found else ("", identity)


def _total(name: str) -> Callable[[Document], str]:
    def write(document: Document) -> str:
        total = document.legal_monetary_total
        amount = getattr(total, name) if total else None
        return f"{_ZERO if amount is None else amount:f}"

    return write


def _tax(code: str) -> Callable[[Document], str]:
    def write(document: Document) -> str:
        amounts = [
            total.tax_amount
            for total in (*document.tax_totals, *document.withholding_tax_totals)
            if total.tax_scheme_id == code and total.tax_amount is not None
        ]
        result = amounts[0] if amounts else _ZERO
        for amount in amounts[1:]:
            result = EXACT.add(result, amount)
        return f"{result:f}"

    return write


_COMPUTED: Mapping[str, Callable[[Document], str]] = {
    "number": lambda document: split_number(document)[1],
    "prefix": lambda document: split_number(document)[0],
    "note": lambda document: document.note[0] if document.note else "",
    "remarks": lambda document: "\n".join(document.note[1:]),
    "allowance_total_amount": _total("allowance_total_amount"),
    "charge_total_amount": _total("charge_total_amount"),
    **{code: _tax(code) for code in ("01", "05", "06", "07")},
}
_HELD = {"tax_totals": {"01"}, "withholding_tax_totals": {"05", "06", "07"}}


def examine(document: Document, mapping: LineMapping | None) -> None:
    """Raise PayloadError for a document that the envelope cannot hold, or that lacks what a send needs."""
    _examine_kind(document)
    if not document.uuid:
        sentence = (
            "the CUDS is computed by who sends: it needs the software's PIN, and the document has no uuid"
        )
        refuse(("datos", "strucinvoicedoc", "CUDS"), sentence)
    _examine_number(document)
    _examine_totals(document)
    for field, codes in _HELD.items():
        for total in getattr(document, field):
            if total.tax_amount and total.tax_scheme_id not in codes:
                refuse(DOCUMENT, f"there is no total for the tax {total.tax_scheme_id}")
    for name in ("payment_means", "discrepancy_responses", "billing_references"):
        if len(getattr(document, name)) > 1:
            refuse(DOCUMENT, f"there is room for one of {name}")
    for name in PARTS:
        if name not in (mapping or {}) and _has(document, name):
            sentence = "the elements in it are not documented: name them with the setting line_mapping"
            refuse((*DOCUMENT, name), sentence)


def _examine_kind(document: Document) -> None:
    if document.country != _COUNTRY:
        refuse((), f"SS Integral takes documents of Colombia, and this is one of {document.country}")
    if document.kind not in OPERATIONS:
        refuse(
            (), f"SS Integral takes support documents and their notes, and this is a {document.kind.value}"
        )


def _examine_number(document: Document) -> None:
    control = document.invoice_control
    prefix, number = split_number(document)
    if not number:
        refuse((*DOCUMENT, "NumeroDocumento"), "the document has no number")
    if control is not None and control.prefix and control.prefix != prefix:
        refuse((*DOCUMENT, "Prefijo"), f"the number does not start with the prefix {control.prefix!r}")


def _examine_totals(document: Document) -> None:
    total = document.legal_monetary_total
    if total is None or total.line_extension_amount is None or total.payable_amount is None:
        refuse((*DOCUMENT, "TotalDocumento"), "the document has no subtotal or no total")
    if total.prepaid_amount or total.payable_rounding_amount or document.prepaid_payments:
        refuse((*DOCUMENT, "TotalDocumento"), "there is no element for a prepayment or a rounding")
    if document.payment_exchange_rate is not None:
        refuse((*DOCUMENT, "DocumentCurrencyCode"), "there is no element for a rate of exchange")


def _has(document: Document, array: str) -> bool:
    """Tell whether a document has for an array what the header does not say."""
    if array == LINES:
        return bool(document.lines)
    if array == ALLOWANCES:
        return bool(document.allowance_charges)
    totals = document.tax_totals if array == TAXES else document.withholding_tax_totals
    return any(map(_has_rates, totals))


def _has_rates(total: TaxTotal) -> bool:
    parts = total.tax_subtotals
    return len(parts) > 1 or any(
        part.taxable_amount is not None or part.percent is not None for part in parts
    )


def refuse(steps: tuple[str | int, ...], what: str) -> Never:
    """Raise PayloadError about an element."""
    where = pointer(steps)
    sentence = f"{where or 'the document'}: {what}"
    raise PayloadError(sentence, pointer=where)
