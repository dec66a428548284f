"""Short ways to write the documents that these tests are about."""

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import (
    AllowanceCharge,
    Document,
    DocumentKind,
    Line,
    MonetaryTotal,
    Price,
    TaxSubtotal,
    TaxTotal,
)
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.totals import Totals, recompute


def subtotal(tax: str, amount: str | None = None, **fields: str) -> TaxSubtotal:
    """Make one rate of a tax; fields are those of TaxSubtotal."""
    return TaxSubtotal.model_validate({"tax_scheme_id": tax, "tax_amount": amount, **fields})


def by_percent(tax: str, base: str | None, percent: str, amount: str | None = None) -> TaxTotal:
    """Make a tax of one rate, whose own amount is that of its subtotal."""
    part = subtotal(tax, amount, percent=percent, **({} if base is None else {"taxable_amount": base}))
    return TaxTotal(tax_amount=part.tax_amount, tax_subtotals=(part,))


def by_unit(tax: str, per_unit: str, amount: str | None = None, **fields: str) -> TaxTotal:
    """Make a tax of an amount per unit."""
    part = subtotal(tax, amount, per_unit_amount=per_unit, **fields)
    return TaxTotal(tax_amount=part.tax_amount, tax_subtotals=(part,))


def discount(amount: str) -> AllowanceCharge:
    """Make a discount."""
    return AllowanceCharge(charge_indicator="false", amount=amount)


def charge(amount: str) -> AllowanceCharge:
    """Make a charge."""
    return AllowanceCharge(charge_indicator="true", amount=amount)


def line(price: str, quantity: str, value: str | None = None, *taxes: TaxTotal, **fields: object) -> Line:
    """Make a line; other fields are those of Line."""
    return Line.model_validate(
        {
            "price": Price(price_amount=price),
            "quantity": quantity,
            "line_extension_amount": value,
            "tax_totals": taxes,
            **fields,
        }
    )


def document(*lines: Line, total: dict[str, str] | None = None, **fields: object) -> Document:
    """Make an invoice; ``total`` is its LegalMonetaryTotal, other fields are those of Document."""
    monetary = None if total is None else MonetaryTotal.model_validate(total)
    return Document.model_validate(
        {"kind": DocumentKind.INVOICE, "lines": lines, "legal_monetary_total": monetary, **fields}
    )


def computed(made: Document) -> Totals:
    """Recompute a document by Colombia's regime."""
    return recompute(made, CO)


def figure(made: Document, path: str) -> Figure:
    """Recompute a document and take one of its figures."""
    return computed(made).by_path[path]


def values(made: Document) -> dict[str, str]:
    """Recompute a document and write what each figure must be."""
    return {path: str(one.value) for path, one in computed(made).by_path.items()}


def faults(made: Document) -> dict[str, tuple[str, str]]:
    """List the figures whose stated value is not the computed one, with both."""
    return {
        path: (str(one.stated), str(one.value))
        for path, one in computed(made).by_path.items()
        if not one.is_stated
    }
