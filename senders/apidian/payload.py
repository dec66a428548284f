"""An apidian payload read into a Document, with the place of every figure in the payload's own names."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from cuadre.engine.model.document import (
    Document,
    DocumentKind,
    ExchangeRate,
    Line,
    MonetaryTotal,
    PrepaidPayment,
)
from cuadre.engine.model.parties import Party
from cuadre.engine.model.references import (
    BillingReference,
    DiscrepancyResponse,
    DocumentReference,
    PaymentMeans,
    Period,
)
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.dian import DianExtensions, InvoiceControl
from cuadre.senders.apidian import field_map
from cuadre.senders.apidian.fields import Field, read_fields
from cuadre.senders.apidian.kinds import DEBIT_NOTE_LINES, KINDS, LINES, TOTALS, KindOf, guess
from cuadre.senders.apidian.lookup import Lookup
from cuadre.senders.apidian.operations import mark_lines, read_operation
from cuadre.senders.apidian.read_lines import read_allowances, read_line
from cuadre.senders.apidian.read_parties import read_party
from cuadre.senders.apidian.read_taxes import read_taxes
from cuadre.senders.apidian.style import style_of
from cuadre.senders.apidian.tables import Tables
from cuadre.senders.apidian.unknown_ids import unknown_ids
from cuadre.senders.apidian.writing import write_body
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.leftovers import find_leftovers
from cuadre.senders.payloads.payload import PayloadReading, PayloadSource, no_document
from cuadre.senders.payloads.reading import PayloadValue, decode, parse
from cuadre.senders.payloads.wrapping import require_body

NAME = "apidian"
_PESO = "COP"
_ONE = Decimal("1.00")


_MARKS = (*TOTALS, *LINES)
_KEYS = (*_MARKS, "type_document_id", "customer", "seller", "tax_totals", "number")
"""A body has one of these."""


def _is_body(value: Mapping[str, Any]) -> bool:
    return any(key in value for key in _MARKS)


def read_payload(data: bytes, tables: Tables, file: str | None) -> PayloadReading:
    """Read a body; what the Document does not say is carried in its ``provider_options``.

    Raises DocumentError where it is not JSON and PayloadError, with the pointer, where a value is not
    what apidian takes.
    """
    text = decode(data)
    body = parse(text)
    require_body(body, NAME, _is_body, _KEYS)
    origins: Origins = {(): ()}
    lookup = Lookup(tables)
    try:
        document = _Reader(body, lookup, origins).document()
    except ValidationError as error:
        raise no_document(error) from None
    style = style_of(body.value)
    leftovers = find_leftovers(body.value, write_body(document, tables, style))
    if leftovers or style:
        options = {NAME: {**(leftovers or {}), "style": style} if style else leftovers}
        document = document.model_copy(update={"provider_options": options})
    source = PayloadSource(text, origins, file)
    return PayloadReading(document, source, unknown_ids(lookup.unknown, origins, source))


class _Reader:
    """One pass over a body."""

    def __init__(self, body: PayloadValue, lookup: Lookup, origins: Origins) -> None:
        self.body = body
        self.lookup = lookup
        self.origins = origins

    def document(self) -> Document:
        known = self._kind()
        seller, customer = ("seller", None) if known.from_seller else (None, "customer")
        operation = read_operation(self.body, self.lookup, self.origins)
        return Document(
            kind=known.kind,
            type_code=None if known.kind is DocumentKind.DEBIT_NOTE else known.code,
            **self._fields(self.body, field_map.HEAD, ()),
            id=self._id(),
            customization_id=operation,
            document_currency_code=self._currency(),
            payment_exchange_rate=self._exchange_rate(),
            dian_extensions=self._resolution(),
            invoice_periods=self._period(),
            billing_references=self._billing_references(),
            discrepancy_responses=self._reason(known),
            additional_document_references=tuple(
                self._parts(
                    "additional_document_reference",
                    "additional_document_references",
                    DocumentReference,
                    field_map.DOCUMENT_REFERENCE,
                )
            ),
            accounting_supplier_party=self._party(seller, "accounting_supplier_party"),
            accounting_customer_party=self._party(customer, "accounting_customer_party"),
            payment_means=tuple(
                self._parts("payment_form", "payment_means", PaymentMeans, field_map.PAYMENT_MEANS)
            ),
            prepaid_payments=tuple(self._prepaid_payments()),
            allowance_charges=read_allowances(self.body, self.lookup, (), self.origins),
            tax_totals=read_taxes(self.body, "tax_totals", self.lookup, ("tax_totals",), self.origins),
            withholding_tax_totals=read_taxes(
                self.body, "with_holding_tax_total", self.lookup, ("withholding_tax_totals",), self.origins
            ),
            legal_monetary_total=self._monetary_total(),
            lines=mark_lines(list(self._lines(known)), operation, self.body, self.origins),
        )

    def _fields(self, node: PayloadValue, fields: tuple[Field, ...], path: Path) -> dict[str, Any]:
        return read_fields(node, fields, self.lookup, path, self.origins)

    def _parts(self, key: str, name: str, model: type[Any], fields: tuple[Field, ...]) -> list[Any]:
        """Read a list of parts, or one object instead of it."""
        node = self.body.get(key)
        if node is None:
            return []
        self.origins[name,] = node.steps
        parts = []
        for index, part in enumerate(node.items()):
            self.origins[name, index] = part.steps
            parts.append(model(**self._fields(part, fields, (name, index))))
        return parts

    def _kind(self) -> KindOf:
        node = self.body.get("type_document_id")
        if node is None:
            return guess(self.body)
        self.origins["type_code",] = self.origins["kind",] = node.steps
        code = self.lookup.code(node, "documents")
        if code not in KINDS:
            node.fail(f"the type {code} is no invoice and no note", table="documents", known=tuple(KINDS))
        return KINDS[code]

    def _id(self) -> str | None:
        number, prefix = self.body.get("number"), self.body.get("prefix")
        if number is None:
            return None
        self.origins["id",] = number.steps
        return (prefix.text().strip() if prefix else "") + number.text().strip()

    def _currency(self) -> str:
        node = self.body.get("idcurrency") or self.body.get("currency_id")
        if node is None:
            return _PESO
        self.origins["document_currency_code",] = node.steps
        return self.lookup.code(node, "currencies")

    def _exchange_rate(self) -> ExchangeRate | None:
        """Read the rate; the rest of it is what apidian writes for every rate: one unit, into pesos."""
        path = ("payment_exchange_rate",)
        found = self._fields(self.body, field_map.EXCHANGE_RATE, path)
        if "calculation_rate" not in found:
            return None
        self.origins[path] = self.origins[*path, "calculation_rate"]
        return ExchangeRate(
            source_currency_code=self._currency(),
            source_currency_base_rate=_ONE,
            target_currency_code=_PESO,
            target_currency_base_rate=_ONE,
            **found,
        )

    def _resolution(self) -> DianExtensions | None:
        number, prefix = self.body.get("resolution_number"), self.body.get("prefix")
        if number is None:
            return None
        path = ("dian_extensions", "invoice_control")
        self.origins[*path, "invoice_authorization"] = number.steps
        if prefix is not None:
            self.origins[*path, "prefix"] = prefix.steps
        control = InvoiceControl(
            invoice_authorization=number.text(), prefix=prefix.text() if prefix else None
        )
        return DianExtensions(invoice_control=control)

    def _period(self) -> tuple[Period, ...]:
        health = self.body.get("health_fields")
        found = self._fields(health, field_map.PERIOD, ("invoice_periods", 0)) if health else None
        return (Period(**found),) if found else ()

    def _billing_references(self) -> tuple[BillingReference, ...]:
        name = "billing_references"
        references = self._parts("billing_reference", name, DocumentReference, field_map.BILLING_REFERENCE)
        for path in [path for path in self.origins if path[:1] == (name,) and len(path) > 2]:  # noqa: PLR2004
            self.origins[*path[:2], "invoice_document_reference", *path[2:]] = self.origins.pop(path)
        return tuple([BillingReference(invoice_document_reference=one) for one in references])

    def _reason(self, known: KindOf) -> tuple[DiscrepancyResponse, ...]:
        code = self.body.get("discrepancyresponsecode")
        text = self.body.get("discrepancyresponsedescription")
        if code is None and text is None:
            return ()
        path = ("discrepancy_responses", 0)
        if code is not None:
            self.origins[*path, "response_code"] = code.steps
        if text is not None:
            self.origins[*path, "description"] = text.steps
        response = DiscrepancyResponse(
            response_code=self.lookup.code_if_known(code, known.reasons) if code else None,
            description=(text.text(),) if text else (),
        )
        return (response,)

    def _party(self, key: str | None, name: str) -> Party | None:
        node = self.body.get(key) if key else None
        return read_party(node, self.lookup, (name,), self.origins) if node else None

    def _prepaid_payments(self) -> list[PrepaidPayment]:
        key = "prepaid_payments" if self.body.get("prepaid_payments") else "prepaid_payment"
        return self._parts(key, "prepaid_payments", PrepaidPayment, field_map.PREPAID_PAYMENT)

    def _monetary_total(self) -> MonetaryTotal | None:
        node = next((found for key in TOTALS if (found := self.body.get(key))), None)
        if node is None:
            return None
        path = ("legal_monetary_total",)
        self.origins[path] = node.steps
        return MonetaryTotal(**self._fields(node, field_map.MONETARY_TOTAL, path))

    def _lines(self, known: KindOf) -> Iterator[Line]:
        node = next((found for key in LINES if (found := self.body.get(key))), None)
        if node is None:
            return
        self.origins["lines",] = node.steps
        fields = field_map.DEBIT_NOTE_LINE if known.lines == DEBIT_NOTE_LINES else field_map.LINE
        for index, part in enumerate(node.items()):
            yield read_line(part, self.lookup, ("lines", index), self.origins, fields)
