"""Walk the parts of a document that rules are about, once, in document order."""

from collections.abc import Iterator

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import (
    AllowanceCharge,
    Document,
    ExchangeRate,
    Line,
    MonetaryTotal,
    PrepaidPayment,
    Price,
    PricingReference,
    TaxSubtotal,
    TaxTotal,
)
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.co.dian import InvoiceControl

PARTS: dict[str, type[Aggregate]] = {
    "document": Document,
    "invoice_control": InvoiceControl,
    "payment_exchange_rate": ExchangeRate,
    "prepaid_payments": PrepaidPayment,
    "allowance_charges": AllowanceCharge,
    "tax_totals": TaxTotal,
    "tax_totals.tax_subtotals": TaxSubtotal,
    "withholding_tax_totals": TaxTotal,
    "withholding_tax_totals.tax_subtotals": TaxSubtotal,
    "legal_monetary_total": MonetaryTotal,
    "lines": Line,
    "lines.pricing_reference": PricingReference,
    "lines.price": Price,
    "lines.allowance_charges": AllowanceCharge,
    "lines.tax_totals": TaxTotal,
    "lines.tax_totals.tax_subtotals": TaxSubtotal,
    "lines.withholding_tax_totals": TaxTotal,
    "lines.withholding_tax_totals.tax_subtotals": TaxSubtotal,
}
"""The parts by name, as checks give it, and what they are."""


Part = tuple[str, object, Path]
"""The name of a part, the part, and its path."""


def document_parts(document: Document) -> Iterator[Part]:
    """Yield every part that the document has besides its lines."""
    yield "document", document, ()
    if document.invoice_control is not None:
        yield "invoice_control", document.invoice_control, ("dian_extensions", "invoice_control")
    if document.payment_exchange_rate is not None:
        yield "payment_exchange_rate", document.payment_exchange_rate, ("payment_exchange_rate",)
    for index, payment in enumerate(document.prepaid_payments):
        yield "prepaid_payments", payment, ("prepaid_payments", index)
    for index, part in enumerate(document.allowance_charges):
        yield "allowance_charges", part, ("allowance_charges", index)
    yield from _taxes(document.tax_totals, "tax_totals", ())
    yield from _taxes(document.withholding_tax_totals, "withholding_tax_totals", ())
    if document.legal_monetary_total is not None:
        yield "legal_monetary_total", document.legal_monetary_total, ("legal_monetary_total",)


def line_parts(line: Line, index: int) -> Iterator[Part]:
    """Yield a line and every part that it has."""
    path: Path = ("lines", index)
    yield "lines", line, path
    if line.pricing_reference is not None:
        yield "lines.pricing_reference", line.pricing_reference, (*path, "pricing_reference")
    if line.price is not None:
        yield "lines.price", line.price, (*path, "price")
    for inner, part in enumerate(line.allowance_charges):
        yield "lines.allowance_charges", part, (*path, "allowance_charges", inner)
    if line.tax_totals:
        yield from _taxes(line.tax_totals, "tax_totals", path)
    if line.withholding_tax_totals:
        yield from _taxes(line.withholding_tax_totals, "withholding_tax_totals", path)


def _taxes(totals: tuple[TaxTotal, ...], name: str, path: Path) -> Iterator[Part]:
    at = f"lines.{name}" if path else name
    inner_at = f"{at}.tax_subtotals"
    for index, total in enumerate(totals):
        where = (*path, name, index)
        yield at, total, where
        for inner, subtotal in enumerate(total.tax_subtotals):
            yield inner_at, subtotal, (*where, "tax_subtotals", inner)
