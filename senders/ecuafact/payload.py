"""An Ecuafact invoice read into a Document, with the place of every figure in the body's own names."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.document import (
    AllowanceCharge,
    Document,
    DocumentKind,
    MonetaryTotal,
    TaxSubtotal,
    TaxTotal,
)
from cuadre.engine.model.element import Element
from cuadre.engine.model.parties import Address, Contact, Party, PartyTaxScheme
from cuadre.engine.model.references import PaymentMeans
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.ec.payments import payment_terms
from cuadre.engine.regimes.ec.taxes import IVA, tax_id
from cuadre.senders.ecuafact import field_map
from cuadre.senders.ecuafact.read_lines import read_line
from cuadre.senders.ecuafact.writing import write_body
from cuadre.senders.payloads.fields import Origins, read_fields
from cuadre.senders.payloads.leftovers import find_leftovers
from cuadre.senders.payloads.payload import PayloadReading, PayloadSource, no_document
from cuadre.senders.payloads.reading import PayloadValue, decode, parse
from cuadre.senders.payloads.wrapping import require_body

NAME = "ecuafact"
SPELLING = "spelling"
"""Under which the name of the additional fields is carried, where it is not the documented one."""
_TOTAL: Path = ("legal_monetary_total",)


_MARKS = ("Details", *field_map.SUBTOTALS.values())
_KEYS = (*_MARKS, "Subtotal", "Total", *field_map.TAXES.values())
"""A body has one of these."""


def _is_body(value: Mapping[str, Any]) -> bool:
    return any(key in value for key in _MARKS)


def read_payload(data: bytes, file: str | None) -> PayloadReading:
    """Read a body; what the Document does not say is carried in its ``provider_options``.

    Raises DocumentError where it is not JSON and PayloadError, with the pointer, where a value is not
    what Ecuafact takes.
    """
    text = decode(data)
    body = parse(text)
    require_body(body, "Ecuafact", _is_body, _KEYS)
    origins: Origins = {(): ()}
    try:
        document = _Reader(body, origins).document()
    except ValidationError as error:
        raise no_document(error) from None
    spelling = next((key for key in field_map.ADDITIONAL if body.get(key)), field_map.ADDITIONAL[0])
    leftovers = find_leftovers(body.value, write_body(document, spelling)) or {}
    if spelling != field_map.ADDITIONAL[0]:
        leftovers[SPELLING] = spelling
    if leftovers:
        document = document.model_copy(update={"provider_options": {NAME: leftovers}})
    return PayloadReading(document, PayloadSource(text, origins, file))


class _Reader:
    """One pass over a body."""

    def __init__(self, body: PayloadValue, origins: Origins) -> None:
        self.body = body
        self.origins = origins

    def document(self) -> Document:
        means, terms = self._payments()
        taxes = self._taxes()
        head = read_fields(self.body, field_map.HEAD, (), self.origins)
        return Document(
            kind=DocumentKind.INVOICE,
            country="EC",
            **{"document_currency_code": "USD", **head},
            type_code="01",
            note=self._reason(),
            accounting_customer_party=self._customer(),
            payment_means=means,
            allowance_charges=self._tip(),
            tax_totals=taxes,
            legal_monetary_total=self._monetary_total(taxes),
            lines=self._lines(),
            other=(*terms, *self._additional()),
        )

    def _reason(self) -> tuple[str, ...]:
        node = self.body.get("Reason")
        if node is None:
            return ()
        self.origins["note", 0] = node.steps
        return (node.text(),)

    def _customer(self) -> Party | None:
        path: Path = ("accounting_customer_party",)
        identity = read_fields(self.body, field_map.IDENTITY, (*path, "party_tax_schemes", 0), self.origins)
        contact = read_fields(self.body, field_map.CONTACT, (*path, "contact"), self.origins)
        address = read_fields(self.body, field_map.ADDRESS, (*path, "physical_location"), self.origins)
        if not (identity or contact or address):
            return None
        return Party(
            party_tax_schemes=(PartyTaxScheme(**identity),) if identity else (),
            contact=Contact(**contact) if contact else None,
            physical_location=Address(**address) if address else None,
        )

    def _payments(self) -> tuple[tuple[PaymentMeans, ...], tuple[Element, ...]]:
        node = self.body.get("Payments")
        if node is None:
            return (), ()
        self.origins["payment_means",] = node.steps
        means, terms = [], []
        for index, part in enumerate(node.items()):
            path: Path = ("payment_means", index)
            self.origins[path] = part.steps
            means.append(PaymentMeans(**read_fields(part, field_map.PAYMENT, path, self.origins)))
            total = part.get("Total")
            terms.append(payment_terms(total.amount() if total else None))
        return tuple(means), tuple(terms)

    def _additional(self) -> tuple[Element, ...]:
        """Carry the additional fields as SRI's own elements: infoAdicional with one campoAdicional each."""
        node = next((found for key in field_map.ADDITIONAL if (found := self.body.get(key))), None)
        fields = []
        for part in node.items() if node else []:
            name, value = part.get("Name"), part.get("Value")
            named = {"nombre": name.text()} if name else {}
            fields.append(Element("campoAdicional", value.text() if value else "", named))
        return (Element("infoAdicional", children=tuple(fields)),) if fields else ()

    def _tip(self) -> tuple[AllowanceCharge, ...]:
        node = self.body.get("Tip")
        if node is None:
            return ()
        self.origins["allowance_charges", 0] = self.origins["allowance_charges", 0, "amount"] = node.steps
        tip = AllowanceCharge(
            charge_indicator="true", allowance_charge_reason="Propina", amount=node.amount()
        )
        return (tip,)

    def _taxes(self) -> tuple[TaxTotal, ...]:
        """Read the taxes of the heading; IVA with its four subtotals, which hold no ICE."""
        totals: list[TaxTotal] = []
        for code, key in field_map.TAXES.items():
            node, path = self.body.get(key), ("tax_totals", len(totals))
            amount = node.amount() if node else None
            parts = self._subtotals((*path, "tax_subtotals")) if code == IVA else []
            if node is None and not parts:
                continue
            if not parts or parts[0].tax_scheme_id != code:
                parts.insert(0, TaxSubtotal(tax_scheme_id=code))
            parts[0] = parts[0].model_copy(update={"tax_amount": amount})
            if node is not None:
                self.origins[path] = self.origins[*path, "tax_amount"] = node.steps
                self.origins[*path, "tax_subtotals", 0, "tax_amount"] = node.steps
            totals.append(TaxTotal(tax_amount=amount, tax_subtotals=tuple(parts)))
        return tuple(totals)

    def _subtotals(self, path: Path) -> list[TaxSubtotal]:
        found = [(rate, node) for rate, key in field_map.SUBTOTALS.items() if (node := self.body.get(key))]
        first = 0 if found and not found[0][0] else 1
        parts = []
        for index, (rate, node) in enumerate(found, start=first):
            self.origins[*path, index] = self.origins[*path, index, "taxable_amount"] = node.steps
            parts.append(TaxSubtotal(tax_scheme_id=tax_id(IVA, rate), taxable_amount=node.amount()))
        return parts

    def _monetary_total(self, taxes: tuple[TaxTotal, ...]) -> MonetaryTotal | None:
        """Read the totals. SRI has none with the taxes in it: it is Subtotal and the taxes as stated."""
        found: dict[str, Any] = read_fields(self.body, field_map.MONETARY_TOTAL, _TOTAL, self.origins)
        if not found:
            return None
        gross = found.get("line_extension_amount")
        if gross is not None:
            self.origins[*_TOTAL, "tax_inclusive_amount"] = self.origins[*_TOTAL, "line_extension_amount"]
            for total in taxes:
                gross = gross if total.tax_amount is None else EXACT.add(gross, total.tax_amount)
            found["tax_inclusive_amount"] = gross
        return MonetaryTotal(**found)

    def _lines(self) -> tuple[Any, ...]:
        node = self.body.get("Details")
        if node is None:
            return ()
        self.origins["lines",] = node.steps
        return tuple(
            [read_line(part, ("lines", index), self.origins) for index, part in enumerate(node.items())]
        )
