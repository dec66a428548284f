"""A Document written as the canonical body of /service/spd: DIAN's codes as text, amounts as numbers."""

import re

from cuadre.engine.model.document import Document
from cuadre.senders.contract import PayloadError
from cuadre.senders.emision import field_map
from cuadre.senders.emision.codes import whole
from cuadre.senders.emision.fields import write_fields
from cuadre.senders.emision.kinds import check_kind
from cuadre.senders.emision.lines import write_allowances, write_line
from cuadre.senders.emision.parties import write_customer, write_supplier
from cuadre.senders.emision.style import DOCUMENTED, Style, styled
from cuadre.senders.emision.taxes import write_taxes
from cuadre.senders.payloads.fields import Body
from cuadre.senders.payloads.payload import Json

_NUMBER = re.compile(r"(.*?)([0-9]+)", re.DOTALL)


def write_body(document: Document, style: Style = (DOCUMENTED, True)) -> Body:
    """Write a document; raise PayloadError, with the pointer, for what the body cannot hold."""
    check_kind(document)
    means: list[Json] = [write_fields(one, field_map.PAYMENT_MEANS) for one in document.payment_means]
    withholdings = "withholding_tax_totals"
    body: Body = {
        **_number(document),
        **write_fields(document, field_map.HEAD),
        **write_supplier(document.accounting_supplier_party),
        "order_reference": write_fields(document.order_reference, field_map.ORDER),
        **_references(document),
        "invoice_period": write_fields(next(iter(document.invoice_periods), None), field_map.PERIOD),
        "payment_exchange_rate": write_fields(document.payment_exchange_rate, field_map.EXCHANGE_RATE),
        "customer": write_customer(document.accounting_customer_party),
        **styled(means, style),
        "prepaid_payments": [
            write_fields(one, field_map.PREPAID_PAYMENT) for one in document.prepaid_payments
        ],
        "allowance_charges": write_allowances(document.allowance_charges),
        "tax_totals": write_taxes(document.tax_totals, ("tax_totals",)),
        withholdings: write_taxes(document.withholding_tax_totals, (withholdings,)),
        "legal_monetary_totals": write_fields(document.legal_monetary_total, field_map.MONETARY_TOTAL),
        "invoice_lines": [
            write_line(line, ("invoice_lines", index)) for index, line in enumerate(document.lines)
        ],
    }
    return {key: value for key, value in body.items() if value not in ({}, [])}


def _number(document: Document) -> Body:
    identity, control = document.id, document.invoice_control
    prefix = (control.prefix if control else None) or ""
    number = None
    if identity is not None:
        number = identity.removeprefix(prefix) if identity != prefix else ""
        if not prefix or number == identity or not number:
            found = _NUMBER.fullmatch(identity)
            prefix, number = (found[1], found[2]) if found else ("", identity)
    body: Body = {"prefix": prefix} if prefix else {}
    if number is not None:
        body["number"] = whole(number)
    if control is not None and control.invoice_authorization is not None:
        body["resolution_number"] = whole(control.invoice_authorization)
    return body


def _references(document: Document) -> Body:
    body: Body = {}
    for index, reference in enumerate(document.billing_references):
        if reference.invoice_document_reference is not None:
            where = f"/invoice_document_references/{index}"
            sentence = f"{where}: the body refers to notes and to additional documents, not to invoices"
            raise PayloadError(sentence, pointer=where)
    body["credit_note_document_references"] = [
        write_fields(reference.credit_note_document_reference, field_map.REFERENCE)
        for reference in document.billing_references
        if reference.credit_note_document_reference is not None
    ]
    body["debit_note_document_references"] = [
        write_fields(reference.debit_note_document_reference, field_map.REFERENCE)
        for reference in document.billing_references
        if reference.debit_note_document_reference is not None
    ]
    body["additional_document_references"] = [
        write_fields(reference, field_map.REFERENCE) for reference in document.additional_document_references
    ]
    return body
