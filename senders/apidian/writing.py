"""A Document written as the canonical apidian body: ids for codes, amounts as text."""

import re
from collections.abc import Sequence
from typing import Any

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import AllowanceCharge, Document, Line, TaxTotal
from cuadre.engine.model.parties import Address, Party
from cuadre.senders.apidian import field_map
from cuadre.senders.apidian.fields import Field, write_fields, write_id
from cuadre.senders.apidian.kinds import KindOf, kind_of
from cuadre.senders.apidian.operations import unmarked, write_operation
from cuadre.senders.apidian.read_taxes import ENTRY
from cuadre.senders.apidian.style import styled
from cuadre.senders.apidian.tables import Tables
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.leftovers import leftovers_of
from cuadre.senders.payloads.payload import Json, Steps

Body = dict[str, Json]
_PESO = "COP"
_NUMBER = re.compile(r"(.*?)([0-9]+)")


def write_body(document: Document, tables: Tables, style: dict[str, Any] | None = None) -> Body:
    """Write a document; raise PayloadError, with the pointer, for what the format cannot hold."""
    return styled(_Writer(document, tables).body(), style or {})


class _Writer:
    """One pass over a document."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self.document = document
        self.tables = tables

    def body(self) -> Body:
        document, known = self.document, kind_of(self.document)
        body: Body = {
            **self._number(),
            "type_document_id": write_id(known.code, self.tables["documents"], ("type_document_id",)),
            **write_operation(document, self.tables),
            **self._fields(document, field_map.HEAD, ()),
            **self._resolution(),
            **self._currency(),
            "billing_reference": self._many(
                [reference.invoice_document_reference for reference in document.billing_references],
                field_map.BILLING_REFERENCE,
                ("billing_reference",),
            ),
            "additional_document_reference": self._many(
                document.additional_document_references,
                field_map.DOCUMENT_REFERENCE,
                ("additional_document_reference",),
            ),
            **self._reason(known),
            **self._parties(known),
            "payment_form": self._many(document.payment_means, field_map.PAYMENT_MEANS, ("payment_form",)),
            **self._prepaid(),
            "allowance_charges": self._allowances(document.allowance_charges, ("allowance_charges",)),
            "tax_totals": self._taxes(document.tax_totals, ("tax_totals",)),
            "with_holding_tax_total": self._taxes(
                document.withholding_tax_totals, ("with_holding_tax_total",)
            ),
            known.totals: self._totals(known),
            known.lines: [
                self._line(line, (known.lines, index)) for index, line in enumerate(document.lines)
            ],
        }
        return {key: value for key, value in body.items() if value is not None and value not in ({}, [])}

    def _fields(self, part: Aggregate | None, fields: Sequence[Field], steps: Steps) -> Body:
        return write_fields(part, fields, self.tables, steps)

    def _many(self, parts: Sequence[Aggregate | None], fields: Sequence[Field], steps: Steps) -> Json:
        """Write one part as an object and several as a list."""
        written: list[Json] = [
            self._fields(part, fields, (*steps, index)) for index, part in enumerate(parts)
        ]
        return written[0] if len(written) == 1 else written

    def _number(self) -> Body:
        identity, control = self.document.id, self.document.invoice_control
        if identity is None:
            return {}
        prefix = control.prefix if control and control.prefix else ""
        number = identity[len(prefix) :] if prefix and identity.startswith(prefix) else ""
        if not number:
            found = _NUMBER.fullmatch(identity)
            prefix, number = (found[1], found[2]) if found else ("", identity)
        plain = number.isascii() and number.isdigit() and str(int(number)) == number
        return {**({"prefix": prefix} if prefix else {}), "number": int(number) if plain else number}

    def _resolution(self) -> Body:
        control = self.document.invoice_control
        if control is None or control.invoice_authorization is None:
            return {}
        prefix: Body = {"prefix": control.prefix} if control.prefix else {}
        return {"resolution_number": control.invoice_authorization, **prefix}

    def _currency(self) -> Body:
        code, steps = self.document.document_currency_code, ("idcurrency",)
        body: Body = {}
        if code not in {None, _PESO}:
            body["idcurrency"] = write_id(str(code), self.tables["currencies"], steps)
        return {**body, **self._fields(self.document.payment_exchange_rate, field_map.EXCHANGE_RATE, ())}

    def _reason(self, known: KindOf) -> Body:
        if not self.document.discrepancy_responses:
            return {}
        response, body = self.document.discrepancy_responses[0], Body()
        steps = ("discrepancyresponsecode",)
        if response.response_code is not None:
            body[steps[0]] = write_id(response.response_code, self.tables[known.reasons], steps)
        if response.description:
            body["discrepancyresponsedescription"] = "\n".join(response.description)
        return body

    def _parties(self, known: KindOf) -> Body:
        document = self.document
        if known.from_seller:
            return {"seller": self._party(document.accounting_supplier_party, ("seller",))}
        return {"customer": self._party(document.accounting_customer_party, ("customer",))}

    def _party(self, party: Party | None, steps: Steps) -> Body:
        if party is None:
            return {}
        scheme = party.party_tax_schemes[0] if party.party_tax_schemes else None
        entity = party.party_legal_entities[0] if party.party_legal_entities else None
        identity = scheme or entity
        body = {
            **self._fields(entity, field_map.IDENTITY, steps),
            **self._fields(identity, field_map.IDENTITY, steps),
            **self._fields(party, field_map.PARTY, steps),
            **self._fields(scheme, field_map.TAX_SCHEME, steps),
            **self._fields(entity, field_map.LEGAL_ENTITY, steps),
            **self._fields(party.contact, field_map.CONTACT, steps),
            **self._address(party.physical_location, steps),
        }
        if "name" not in body and party.party_names:
            body["name"] = party.party_names[0]
        return body

    def _address(self, address: Address | None, steps: Steps) -> Body:
        if address is None:
            return {}
        abroad = address.country_identification_code not in {None, "CO"} or address.id is None
        city = field_map.CITY_ABROAD if abroad else field_map.MUNICIPALITY
        return self._fields(address, (*field_map.ADDRESS, *city), steps)

    def _prepaid(self) -> Body:
        payments = self.document.prepaid_payments
        key = "prepaid_payment" if len(payments) == 1 else "prepaid_payments"
        return {key: self._many(payments, field_map.PREPAID_PAYMENT, (key,))}

    def _allowances(self, parts: Sequence[AllowanceCharge], steps: Steps) -> list[Json]:
        return [
            self._fields(part, field_map.ALLOWANCE_CHARGE, (*steps, index))
            for index, part in enumerate(parts)
        ]

    def _taxes(self, totals: Sequence[TaxTotal], steps: Steps) -> list[Json]:
        for index, total in enumerate(totals):
            if total.rounding_amount:
                _refuse((*steps, index, "rounding_amount"), "a rounding of a tax")
            if not total.tax_subtotals and total.tax_amount:
                _refuse((*steps, index), "a tax that has an amount and no subtotal")
        subtotals = [subtotal for total in totals for subtotal in total.tax_subtotals]
        # What has no entry of its own, because it was added since, comes last.
        entries = [_entry(subtotal, len(subtotals)) for subtotal in subtotals]
        if any(entry < len(subtotals) for entry in entries):
            subtotals = [subtotals[index] for index in sorted(range(len(entries)), key=entries.__getitem__)]
        return [
            self._fields(subtotal, field_map.TAX_SUBTOTAL, (*steps, index))
            for index, subtotal in enumerate(subtotals)
        ]

    def _totals(self, known: KindOf) -> Body:
        total = self.document.legal_monetary_total
        if total is not None and total.payable_rounding_amount:
            _refuse((known.totals, "payable_rounding_amount"), "a rounding of the amount to pay")
        return self._fields(total, field_map.MONETARY_TOTAL, (known.totals,))

    def _line(self, line: Line, steps: Steps) -> Body:
        line, item = unmarked(line, self.document.customization_id), line.item
        body = {
            **self._fields(line, field_map.LINE, steps),
            **self._fields(line.pricing_reference, field_map.REFERENCE_PRICE, steps),
            **self._fields(item, field_map.ITEM, steps),
            **self._fields(item and item.standard_item_identification, field_map.STANDARD_ITEM, steps),
            **self._fields(item and item.sellers_item_identification, field_map.SELLERS_ITEM, steps),
            **self._fields(line.price, field_map.PRICE, steps),
            "allowance_charges": self._allowances(line.allowance_charges, (*steps, "allowance_charges")),
            "tax_totals": self._taxes(line.tax_totals, (*steps, "tax_totals")),
            "with_holding_tax_total": self._taxes(
                line.withholding_tax_totals, (*steps, "with_holding_tax_total")
            ),
        }
        return {key: value for key, value in body.items() if value != []}


def _entry(part: Aggregate, last: int) -> int:
    found = leftovers_of(part, "apidian").get(ENTRY)
    return found if isinstance(found, int) else last


def _refuse(steps: Steps, what: str) -> None:
    where = pointer(steps)
    sentence = f"{where}: apidian has no field for {what}"
    raise PayloadError(sentence, pointer=where)
