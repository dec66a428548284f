"""What DIAN's stylesheet asks of a document's figures, stated anew over the XML tree.

The conditions are those of the Schematron in the 1.9 toolbox; nothing here knows cuadre's engine or rules.
Three of them follow annex 1.9, which is younger: ICA and ReteICA may be per mille, the amount to pay may
leave the prepayment in, and a prepayment is compared with the amount to pay.
"""

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from cuadre.ubl.mapping.namespaces import CAC, CBC

_PREFIXES = {"cac": CAC, "cbc": CBC}
_SUMMED = ("01", "02", "03", "04", "21", "22", "23", "24")
_PRODUCTS = ("01", "02", "03", "04")
_WITHHELD = ("05", "06", "07")
_PER_MILLE = {"03", "07"}
_BAGS = "22"
_HALF = Decimal("0.5")
_ZERO = Decimal(0)
Element = etree._Element


class Objection(NamedTuple):
    """What the stylesheet has against a document."""

    rule: str
    """Without the document's letter, under the number of annex 1.9."""
    rejects: bool
    """Whether its text says (R); else (N)."""


def objections(root: Element) -> set[Objection]:
    """Return everything that the stylesheet has against the figures of a document."""
    lines = _children(root, "InvoiceLine", "CreditNoteLine", "DebitNoteLine")
    refused = {
        *_taxes(root, "AS", root),
        *_withholdings(root, "AT"),
        *_monetary_total(root, lines),
        *_exchange(root),
        *_head(root, lines),
    }
    noticed: set[str] = {*_allowances(root, "AQ"), *_prepayments(root)}
    for line in lines:
        refused |= {*_taxes(line, "AX", root), *_withholdings(line, "AY"), *_price(line)}
        noticed |= {*_line(line), *_allowances(line, "BE")}
    return {Objection(rule, rejects=True) for rule in refused} | {
        Objection(rule, rejects=False) for rule in noticed
    }


def _children(parent: Element, *names: str) -> list[Element]:
    return [child for name in names for child in parent.findall(f"cac:{name}", _PREFIXES)]


def _texts(parent: Element, path: str) -> list[str]:
    steps = "/".join(f"cac:{step}" for step in path.split("/")[:-1])
    last = f"cbc:{path.rpartition('/')[2]}"
    return [found.text or "" for found in parent.findall(f"{steps}/{last}" if steps else last, _PREFIXES)]


def _number(parent: Element, path: str) -> Decimal | None:
    """Read the number at a path; None where it is absent or empty, as XPath's empty sequence."""
    texts = _texts(parent, path)
    return Decimal(texts[0]) if texts and texts[0] else None


def _sum(parents: Iterable[Element], name: str) -> Decimal:
    return sum([Decimal(text) for parent in parents for text in _texts(parent, name)], _ZERO)


def _round(value: Decimal) -> int:
    """Round as XPath does: to whole units, a half up."""
    return math.floor(value + _HALF)


def _agree(stated: Decimal | None, *computed: Decimal | None) -> bool:
    """Compare rounded; what is absent agrees with nothing."""
    return stated is not None and any(
        value is not None and _round(stated) == _round(value) for value in computed
    )


def _ids(total: Element) -> list[str]:
    return _texts(total, "TaxSubtotal/TaxCategory/TaxScheme/ID")


def _of_tax(parent: Element, group: str, tax: str) -> tuple[list[Element], list[Element]]:
    """Find the totals that speak of a tax, and the subtotals of that tax."""
    totals = [total for total in _children(parent, group) if tax in _ids(total)]
    parts = [part for total in totals for part in _children(total, "TaxSubtotal")]
    return totals, [part for part in parts if tax in _texts(part, "TaxCategory/TaxScheme/ID")]


def _is_summed(parent: Element, group: str, tax: str) -> bool:
    """Tell whether the one total of a tax is the sum of its subtotals; of two totals XPath makes an error."""
    totals, parts = _of_tax(parent, group, tax)
    if not totals:
        return True
    return len(totals) == 1 and _agree(_number(totals[0], "TaxAmount"), _sum(parts, "TaxAmount"))


def _is_product(parent: Element, group: str, tax: str) -> bool:
    """Tell whether every subtotal of the totals that speak of a tax is its base × its rate."""
    totals, _ = _of_tax(parent, group, tax)
    for part in (part for total in totals for part in _children(total, "TaxSubtotal")):
        base, percent = _number(part, "TaxableAmount"), _number(part, "TaxCategory/Percent")
        product = None if base is None or percent is None else base * percent / 100
        per_mille = product / 10 if product is not None and tax in _PER_MILLE else None
        if not _agree(_number(part, "TaxAmount"), product, per_mille):
            return False
    return True


def _taxes(parent: Element, letters: str, root: Element) -> Iterator[str]:
    if not all(_is_summed(parent, "TaxTotal", tax) for tax in _SUMMED):
        yield f"{letters}02"
    if not all(_is_product(parent, "TaxTotal", tax) for tax in _PRODUCTS) or not _are_bags(parent, root):
        yield f"{letters}07"
    is_invoice_line = etree.QName(parent).localname == "InvoiceLine"
    if is_invoice_line and not all(map(_has_its_unit, _children(parent, "TaxTotal"))):
        yield f"{letters}09"


def _are_bags(parent: Element, root: Element) -> bool:
    """Tell whether the tax on bags is its amount per unit × the quantity of the line that has it.

    Where several lines have it the stylesheet ends in an error, whatever they say; nothing is asked then.
    """
    totals, parts = _of_tax(parent, "TaxTotal", _BAGS)
    lines = _children(root, "InvoiceLine", "CreditNoteLine", "DebitNoteLine")
    with_bags = [line for line in lines if _of_tax(line, "TaxTotal", _BAGS)[0]]
    if not totals or len(with_bags) > 1 or len(totals) > 1 or len(parts) > 1:
        return True
    amount = _number(parts[0], "PerUnitAmount")
    quantity = _quantity(with_bags[0]) if with_bags else None
    product = None if amount is None or quantity is None else amount * quantity
    return _agree(_number(totals[0], "TaxAmount"), product)


def _has_its_unit(total: Element) -> bool:
    parts = _children(total, "TaxSubtotal")
    if not any(map(bool, _texts(total, "TaxSubtotal/PerUnitAmount"))):
        return True
    measures = [found for part in parts for found in part.findall("cbc:BaseUnitMeasure", _PREFIXES)]
    return any(found.text for found in measures) and any(found.get("unitCode") for found in measures)


def _withholdings(parent: Element, letters: str) -> Iterator[str]:
    if not all(_is_summed(parent, "WithholdingTaxTotal", tax) for tax in _WITHHELD):
        yield f"{letters}02"
    if not all(_is_product(parent, "WithholdingTaxTotal", tax) for tax in _WITHHELD):
        yield f"{letters}07"


def _monetary_total(root: Element, lines: list[Element]) -> Iterator[str]:
    """Compare each total that is stated; one that is absent has no rule."""
    first = [totals[0] for line in lines if (totals := _children(line, "TaxTotal"))]
    bases = [part for total in first for part in _children(total, "TaxSubtotal")]
    parts = _children(root, "AllowanceCharge")
    for total in _children(root, "LegalMonetaryTotal", "RequestedMonetaryTotal"):
        gross, inclusive = _number(total, "LineExtensionAmount"), _number(total, "TaxInclusiveAmount")
        taxed = None if gross is None else gross + _sum(_children(root, "TaxTotal"), "TaxAmount")
        for rule, name, computed in (
            ("AU02", "LineExtensionAmount", _sum(lines, "LineExtensionAmount")),
            ("AU04", "TaxExclusiveAmount", _sum(bases, "TaxableAmount")),
            ("AU06", "TaxInclusiveAmount", taxed),
            ("AU08", "AllowanceTotalAmount", _sum(_marked(parts, "false"), "Amount")),
            ("AU10", "ChargeTotalAmount", _sum(_marked(parts, "true"), "Amount")),
        ):
            if _texts(total, name) and not _agree(_number(total, name), computed):
                yield rule
        if _texts(total, "PayableAmount") and not _is_payable(total, inclusive or _ZERO):
            yield "AU14"


def _marked(parts: list[Element], indicator: str) -> list[Element]:
    return [part for part in parts if _texts(part, "ChargeIndicator") == [indicator]]


def _is_payable(total: Element, inclusive: Decimal) -> bool:
    """Add rounded terms, as the stylesheet does."""
    terms = [_number(total, name) or _ZERO for name in ("AllowanceTotalAmount", "ChargeTotalAmount")]
    rounding, prepaid = _number(total, "PayableRoundingAmount"), _number(total, "PrepaidAmount")
    whole = Decimal(_round(inclusive) - _round(terms[0]) + _round(terms[1]) + _round(rounding or _ZERO))
    return _agree(_number(total, "PayableAmount"), whole, whole - _round(prepaid or _ZERO))


def _exchange(root: Element) -> Iterator[str]:
    for rate in _children(root, "PaymentExchangeRate"):
        for rule, name in (("AR03", "SourceCurrencyBaseRate"), ("AR05", "TargetCurrencyBaseRate")):
            if _number(rate, name) != 1:
                yield rule
        if _number(rate, "CalculationRate") is None:
            yield "AR06"


def _head(root: Element, lines: list[Element]) -> Iterator[str]:
    if _texts(root, "LineCountNumeric") and _number(root, "LineCountNumeric") != len(lines):
        yield "AD16"


def _price(line: Element) -> Iterator[str]:
    """Ask for the quantity of a price, with its unit."""
    for price in _children(line, "Price"):
        quantities = price.findall("cbc:BaseQuantity", _PREFIXES)
        if not any(quantity.get("unitCode") for quantity in quantities):
            yield "BB04"


def _quantity(line: Element) -> Decimal | None:
    names = ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity")
    return next((value for name in names if (value := _number(line, name)) is not None), None)


def _line(line: Element) -> Iterator[str]:
    """Ask for a value, a price with its quantity, and a quantity."""
    for rule, value in (
        ("AV06", _number(line, "LineExtensionAmount")),
        ("BB02", _number(line, "Price/PriceAmount")),
        ("BB04", _number(line, "Price/BaseQuantity")),
        ("AV04", _quantity(line)),
    ):
        if value is None:
            yield rule


def _allowances(parent: Element, letters: str) -> Iterator[str]:
    """Ask for a percentage of 100 at most, and for a discount that is not above its base."""
    percentage, amount = {"AQ": ("AQ06", "AQ07"), "BE": ("BE05", "BE06")}[letters]
    for part in _children(parent, "AllowanceCharge"):
        percent = _number(part, "MultiplierFactorNumeric")
        if percent is None or percent > 100:
            yield percentage
        value, base = _number(part, "Amount"), _number(part, "BaseAmount")
        is_discount = _texts(part, "ChargeIndicator") == ["false"]
        if is_discount and (value is None or base is None or value > base):
            yield amount


def _prepayments(root: Element) -> Iterator[str]:
    totals = _children(root, "LegalMonetaryTotal", "RequestedMonetaryTotal")
    most = max([_number(total, "PayableAmount") or _ZERO for total in totals], default=_ZERO)
    for payment in _children(root, "PrepaidPayment"):
        paid = _number(payment, "PaidAmount")
        if paid is None or paid > most:
            yield "BD03"
