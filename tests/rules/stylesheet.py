"""What DIAN's stylesheet asks of a document's figures, stated anew over the XML tree.

The conditions are those of the Schematron in the 1.9 toolbox; nothing here knows cuadre's engine or rules.
Three of them follow annex 1.9, which is younger: ICA and ReteICA may be per mille, the amount to pay may
leave the prepayment in, and a prepayment is compared with the amount to pay.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .stylesheet_taxes import taxes, withholdings
from .tree_figures import (
    PREFIXES,
    ZERO,
    Element,
    agree,
    children,
    number,
    quantity_of,
    rounded,
    texts,
    total_of,
)


class Objection(NamedTuple):
    """What the stylesheet has against a document."""

    rule: str
    """Without the document's letter, under the number of annex 1.9."""
    rejects: bool
    """Whether its text says (R); else (N)."""


def objections(root: Element) -> set[Objection]:
    """Return everything that the stylesheet has against the figures of a document."""
    lines = children(root, "InvoiceLine", "CreditNoteLine", "DebitNoteLine")
    refused = {
        *taxes(root, "AS", root),
        *withholdings(root, "AT"),
        *_monetary_total(root, lines),
        *_exchange(root),
        *_head(root, lines),
    }
    noticed: set[str] = {*_allowances(root, "AQ"), *_prepayments(root)}
    for line in lines:
        refused |= {*taxes(line, "AX", root), *withholdings(line, "AY"), *_price(line)}
        noticed |= {*_line(line), *_allowances(line, "BE")}
    return {Objection(rule, rejects=True) for rule in refused} | {
        Objection(rule, rejects=False) for rule in noticed
    }


def _monetary_total(root: Element, lines: list[Element]) -> Iterator[str]:
    """Compare each total that is stated; one that is absent has no rule."""
    first = [totals[0] for line in lines if (totals := children(line, "TaxTotal"))]
    bases = [part for total in first for part in children(total, "TaxSubtotal")]
    parts = children(root, "AllowanceCharge")
    for total in children(root, "LegalMonetaryTotal", "RequestedMonetaryTotal"):
        gross, inclusive = number(total, "LineExtensionAmount"), number(total, "TaxInclusiveAmount")
        taxed = None if gross is None else gross + total_of(children(root, "TaxTotal"), "TaxAmount")
        for rule, name, computed in (
            ("AU02", "LineExtensionAmount", total_of(lines, "LineExtensionAmount")),
            ("AU04", "TaxExclusiveAmount", total_of(bases, "TaxableAmount")),
            ("AU06", "TaxInclusiveAmount", taxed),
            ("AU08", "AllowanceTotalAmount", total_of(_marked(parts, "false"), "Amount")),
            ("AU10", "ChargeTotalAmount", total_of(_marked(parts, "true"), "Amount")),
        ):
            if texts(total, name) and not agree(number(total, name), computed):
                yield rule
        if texts(total, "PayableAmount") and not _is_payable(total, inclusive or ZERO):
            yield "AU14"


def _marked(parts: list[Element], indicator: str) -> list[Element]:
    return [part for part in parts if texts(part, "ChargeIndicator") == [indicator]]


def _is_payable(total: Element, inclusive: Decimal) -> bool:
    """Add rounded terms, as the stylesheet does."""
    terms = [number(total, name) or ZERO for name in ("AllowanceTotalAmount", "ChargeTotalAmount")]
    rounding, prepaid = number(total, "PayableRoundingAmount"), number(total, "PrepaidAmount")
    whole = Decimal(rounded(inclusive) - rounded(terms[0]) + rounded(terms[1]) + rounded(rounding or ZERO))
    return agree(number(total, "PayableAmount"), whole, whole - rounded(prepaid or ZERO))


def _exchange(root: Element) -> Iterator[str]:
    for rate in children(root, "PaymentExchangeRate"):
        for rule, name in (("AR03", "SourceCurrencyBaseRate"), ("AR05", "TargetCurrencyBaseRate")):
            if number(rate, name) != 1:
                yield rule
        if number(rate, "CalculationRate") is None:
            yield "AR06"


def _head(root: Element, lines: list[Element]) -> Iterator[str]:
    if texts(root, "LineCountNumeric") and number(root, "LineCountNumeric") != len(lines):
        yield "AD16"


def _price(line: Element) -> Iterator[str]:
    """Ask for the quantity of a price, with its unit."""
    for price in children(line, "Price"):
        quantities = price.findall("cbc:BaseQuantity", PREFIXES)
        if not any(quantity.get("unitCode") for quantity in quantities):
            yield "BB04"


def _line(line: Element) -> Iterator[str]:
    """Ask for a value, a price with its quantity, and a quantity."""
    for rule, value in (
        ("AV06", number(line, "LineExtensionAmount")),
        ("BB02", number(line, "Price/PriceAmount")),
        ("BB04", number(line, "Price/BaseQuantity")),
        ("AV04", quantity_of(line)),
    ):
        if value is None:
            yield rule


def _allowances(parent: Element, letters: str) -> Iterator[str]:
    """Ask for a percentage of 100 at most, and for a discount that is not above its base."""
    percentage, amount = {"AQ": ("AQ06", "AQ07"), "BE": ("BE05", "BE06")}[letters]
    for part in children(parent, "AllowanceCharge"):
        percent = number(part, "MultiplierFactorNumeric")
        if percent is None or percent > 100:
            yield percentage
        value, base = number(part, "Amount"), number(part, "BaseAmount")
        is_discount = texts(part, "ChargeIndicator") == ["false"]
        if is_discount and (value is None or base is None or value > base):
            yield amount


def _prepayments(root: Element) -> Iterator[str]:
    totals = children(root, "LegalMonetaryTotal", "RequestedMonetaryTotal")
    most = max([number(total, "PayableAmount") or ZERO for total in totals], default=ZERO)
    for payment in children(root, "PrepaidPayment"):
        paid = number(payment, "PaidAmount")
        if paid is None or paid > most:
            yield "BD03"
