"""An e-Misión body read into a Document, with the place of every figure in the body's own names."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from cuadre.engine.model.document import Document, ExchangeRate, MonetaryTotal, PrepaidPayment
from cuadre.engine.model.references import (
    BillingReference,
    DocumentReference,
    OrderReference,
    PaymentMeans,
    Period,
)
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.dian import DianExtensions, InvoiceControl
from cuadre.senders.emision import field_map
from cuadre.senders.emision.kinds import kind_of
from cuadre.senders.emision.lines import read_allowances, read_lines
from cuadre.senders.emision.parties import read_customer, read_supplier
from cuadre.senders.emision.style import DOCUMENTED, style_of
from cuadre.senders.emision.taxes import PROVIDER, read_taxes
from cuadre.senders.emision.writing import write_body
from cuadre.senders.payloads.fields import Field, Origins, read_fields
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.leftovers import find_leftovers, leftovers_of, put_back
from cuadre.senders.payloads.payload import PayloadReading, PayloadSource, no_document
from cuadre.senders.payloads.reading import PayloadValue, decode, parse
from cuadre.senders.payloads.wrapping import require_body

_ONE = Decimal("1.00")
_CANONICAL = (DOCUMENTED, True)


_MARKS = ("legal_monetary_totals", "invoice_lines")
_KEYS = (*_MARKS, "document_type_code", "spd_extensions", "customer", "tax_totals", "number")
"""A body has one of these."""


def _is_body(value: Mapping[str, Any]) -> bool:
    return any(key in value for key in _MARKS)


def read_payload(data: bytes, file: str | None = None) -> PayloadReading:
    """Read a body; what the Document does not say is carried in its ``provider_options``.

    Raises DocumentError where it is not JSON and PayloadError, with the pointer, where a value is not
    what the body takes.
    """
    text = decode(data)
    body = parse(text)
    require_body(body, PROVIDER, _is_body, _KEYS)
    origins: Origins = {(): ()}
    try:
        document = _Reader(body, origins).document()
    except ValidationError as error:
        raise no_document(error) from None
    style = style_of(body.value)
    leftovers: dict[str, Any] = find_leftovers(body.value, write_body(document, style)) or {}
    if style != _CANONICAL:
        leftovers["style"] = list(style)
    if leftovers:
        document = document.model_copy(update={"provider_options": {PROVIDER: leftovers}})
    return PayloadReading(document, PayloadSource(text, origins, file))


def write_payload(document: Document) -> bytes:
    """Write a body; one that was read comes back as it was, but for what was changed since.

    Raises PayloadError, with the pointer, for what the body cannot hold.
    """
    leftovers = leftovers_of(document, PROVIDER)
    key, is_list = leftovers.get("style") or _CANONICAL
    return write_json(put_back(write_body(document, (key, is_list)), leftovers))


class _Reader:
    """One pass over a body."""

    def __init__(self, body: PayloadValue, origins: Origins) -> None:
        self.body = body
        self.origins = origins

    def document(self) -> Document:
        head = read_fields(self.body, field_map.HEAD, (), self.origins)
        return Document(
            **head,
            kind=kind_of(self.body.get("document_type_code"), head.get("type_code")),
            id=self._id(),
            dian_extensions=self._resolution(),
            order_reference=self._part("order_reference", "order_reference", OrderReference, field_map.ORDER),
            billing_references=self._billing_references(),
            additional_document_references=self._parts(
                "additional_document_references", DocumentReference, field_map.REFERENCE
            ),
            invoice_periods=self._period(),
            payment_exchange_rate=self._exchange_rate(head.get("document_currency_code")),
            accounting_supplier_party=read_supplier(self.body, self.origins),
            accounting_customer_party=read_customer(self.body, self.origins),
            payment_means=self._parts(
                "payment_means", PaymentMeans, field_map.PAYMENT_MEANS, style_of(self.body.value)[0]
            ),
            prepaid_payments=self._parts("prepaid_payments", PrepaidPayment, field_map.PREPAID_PAYMENT),
            allowance_charges=read_allowances(self.body, (), self.origins),
            tax_totals=read_taxes(self.body, "tax_totals", ("tax_totals",), self.origins),
            withholding_tax_totals=read_taxes(
                self.body, "withholding_tax_totals", ("withholding_tax_totals",), self.origins
            ),
            legal_monetary_total=self._part(
                "legal_monetary_totals", "legal_monetary_total", MonetaryTotal, field_map.MONETARY_TOTAL
            ),
            lines=read_lines(self.body, self.origins),
        )

    def _part(self, key: str, name: str, model: type[Any], fields: tuple[Field, ...]) -> Any:  # noqa: ANN401 - of type ``model``
        """Read one part, or None where the body has nothing of it."""
        node = self.body.get(key)
        if node is None:
            return None
        self.origins[name,] = node.steps
        found = read_fields(node, fields, (name,), self.origins)
        return model(**found) if found else None

    def _parts(
        self, name: str, model: type[Any], fields: tuple[Field, ...], key: str | None = None
    ) -> tuple[Any, ...]:
        """Read a list of parts, or one object instead of it."""
        node = self.body.get(key or name)
        if node is None:
            return ()
        self.origins[name,] = node.steps
        return tuple(
            [self._member(part, model, fields, (name, index)) for index, part in enumerate(node.items())]
        )

    def _member(self, node: PayloadValue, model: type[Any], fields: tuple[Field, ...], path: Path) -> Any:  # noqa: ANN401 - of type ``model``
        self.origins[path] = node.steps
        return model(**read_fields(node, fields, path, self.origins))

    def _id(self) -> str | None:
        number, prefix = self.body.get("number"), self.body.get("prefix")
        if number is None:
            return None
        self.origins["id",] = number.steps
        return (prefix.text().strip() if prefix else "") + number.text().strip()

    def _resolution(self) -> DianExtensions | None:
        path = ("dian_extensions", "invoice_control")
        found = read_fields(self.body, field_map.RESOLUTION, path, self.origins)
        return DianExtensions(invoice_control=InvoiceControl(**found)) if found else None

    def _billing_references(self) -> tuple[BillingReference, ...]:
        """Read the references to notes, those to credit notes first."""
        references: list[BillingReference] = []
        for kind in ("credit_note", "debit_note"):
            node, name = self.body.get(f"{kind}_document_references"), f"{kind}_document_reference"
            for part in node.items() if node else ():
                path = ("billing_references", len(references), name)
                member = self._member(part, DocumentReference, field_map.REFERENCE, path)
                references.append(BillingReference(**{name: member}))
        return tuple(references)

    def _period(self) -> tuple[Period, ...]:
        node = self.body.get("invoice_period")
        return (self._member(node, Period, field_map.PERIOD, ("invoice_periods", 0)),) if node else ()

    def _exchange_rate(self, source: str | None) -> ExchangeRate | None:
        """Read the rate; the rest of it is what DIAN wants of every rate: of one unit, into one unit."""
        path = ("payment_exchange_rate",)
        node = self.body.get(path[0])
        if node is None:
            return None
        self.origins[path] = node.steps
        found = read_fields(node, field_map.EXCHANGE_RATE, path, self.origins)
        if not found:
            return None
        return ExchangeRate(
            source_currency_code=source,
            source_currency_base_rate=_ONE,
            target_currency_base_rate=_ONE,
            **found,
        )
