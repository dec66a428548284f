"""What DIAN's stylesheet asks of taxes and withholdings, of a document and of a line (see stylesheet.py)."""

from collections.abc import Iterator

from lxml import etree

from .tree_figures import PREFIXES, Element, agree, children, number, quantity_of, texts, total_of

_SUMMED = ("01", "02", "03", "04", "21", "22", "23", "24")
_PRODUCTS = ("01", "02", "03", "04")
_WITHHELD = ("05", "06", "07")
_PER_MILLE = {"03", "07"}
_BAGS = "22"


def _ids(total: Element) -> list[str]:
    return texts(total, "TaxSubtotal/TaxCategory/TaxScheme/ID")


def _of_tax(parent: Element, group: str, tax: str) -> tuple[list[Element], list[Element]]:
    """Find the totals that speak of a tax, and the subtotals of that tax."""
    totals = [total for total in children(parent, group) if tax in _ids(total)]
    parts = [part for total in totals for part in children(total, "TaxSubtotal")]
    return totals, [part for part in parts if tax in texts(part, "TaxCategory/TaxScheme/ID")]


def _is_summed(parent: Element, group: str, tax: str) -> bool:
    """Tell whether the one total of a tax is the sum of its subtotals; of two totals XPath makes an error."""
    totals, parts = _of_tax(parent, group, tax)
    if not totals:
        return True
    return len(totals) == 1 and agree(number(totals[0], "TaxAmount"), total_of(parts, "TaxAmount"))


def _is_product(parent: Element, group: str, tax: str) -> bool:
    """Tell whether every subtotal of the totals that speak of a tax is its base × its rate."""
    totals, _ = _of_tax(parent, group, tax)
    for part in (part for total in totals for part in children(total, "TaxSubtotal")):
        base, percent = number(part, "TaxableAmount"), number(part, "TaxCategory/Percent")
        product = None if base is None or percent is None else base * percent / 100
        per_mille = product / 10 if product is not None and tax in _PER_MILLE else None
        if not agree(number(part, "TaxAmount"), product, per_mille):
            return False
    return True


def taxes(parent: Element, letters: str, root: Element) -> Iterator[str]:
    """Name the rules that the taxes of a document or a line break; ``letters`` are AS or AX."""
    if not all(_is_summed(parent, "TaxTotal", tax) for tax in _SUMMED):
        yield f"{letters}02"
    if not all(_is_product(parent, "TaxTotal", tax) for tax in _PRODUCTS) or not _are_bags(parent, root):
        yield f"{letters}07"
    is_invoice_line = etree.QName(parent).localname == "InvoiceLine"
    if is_invoice_line and not all(map(_has_its_unit, children(parent, "TaxTotal"))):
        yield f"{letters}09"


def _are_bags(parent: Element, root: Element) -> bool:
    """Tell whether the tax on bags is its amount per unit × the quantity of the line that has it.

    Where several lines have it the stylesheet ends in an error, whatever they say; nothing is asked then.
    """
    totals, parts = _of_tax(parent, "TaxTotal", _BAGS)
    lines = children(root, "InvoiceLine", "CreditNoteLine", "DebitNoteLine")
    with_bags = [line for line in lines if _of_tax(line, "TaxTotal", _BAGS)[0]]
    if not totals or len(with_bags) > 1 or len(totals) > 1 or len(parts) > 1:
        return True
    amount = number(parts[0], "PerUnitAmount")
    quantity = quantity_of(with_bags[0]) if with_bags else None
    product = None if amount is None or quantity is None else amount * quantity
    return agree(number(totals[0], "TaxAmount"), product)


def _has_its_unit(total: Element) -> bool:
    parts = children(total, "TaxSubtotal")
    if not any(map(bool, texts(total, "TaxSubtotal/PerUnitAmount"))):
        return True
    measures = [found for part in parts for found in part.findall("cbc:BaseUnitMeasure", PREFIXES)]
    return any(found.text for found in measures) and any(found.get("unitCode") for found in measures)


def withholdings(parent: Element, letters: str) -> Iterator[str]:
    """Name the rules that the withholdings of a document or a line break; ``letters`` are AT or AY."""
    if not all(_is_summed(parent, "WithholdingTaxTotal", tax) for tax in _WITHHELD):
        yield f"{letters}02"
    if not all(_is_product(parent, "WithholdingTaxTotal", tax) for tax in _WITHHELD):
        yield f"{letters}07"
