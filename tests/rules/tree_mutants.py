"""Copies of a document with one change each: every figure changed or left out, groups doubled and merged."""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from cuadre.ubl.mapping.namespaces import CAC, CBC

from .tree_figures import Element

_LINES = {"InvoiceLine", "CreditNoteLine", "DebitNoteLine"}
_PARTIES = {"AccountingSupplierParty", "AccountingCustomerParty", "UBLExtensions", "Delivery", "PaymentMeans"}
_NO_FIGURES = {"ID", "UUID", "ProfileExecutionID", "CustomizationID", "InvoiceTypeCode", "CreditNoteTypeCode"}
_GROUPS = {"TaxTotal", "WithholdingTaxTotal", "TaxSubtotal", "TaxCategory", "AllowanceCharge", "Price"}
_TOTALS = ("TaxTotal", "WithholdingTaxTotal")
_TAXES = ("01", "04", "22", "06")
_SEVEN = Decimal(7)


class TreeMutant(NamedTuple):
    """A changed copy, and what was changed in it."""

    operation: str
    element: str
    """The names from the root's child down, without positions; a line is ``Line``."""
    tax: str
    """The id of the tax that the element speaks of, before the change."""
    root: Element


def mutants(root: Element) -> Iterator[TreeMutant]:
    """Make every mutant of a document."""
    for number, element in enumerate(root.iter()):
        names = _names(element)
        if not names or names[0] in _PARTIES or etree.QName(element).namespace not in {CAC, CBC}:
            continue
        for operation in _operations(element):
            copy = deepcopy(root)
            target = next(found for index, found in enumerate(copy.iter()) if index == number)
            if _apply(operation, target):
                yield TreeMutant(operation, "/".join(names), _tax(element), copy)


def _names(element: Element) -> list[str]:
    """Name an element and those around it, below the root."""
    around = [etree.QName(found).localname for found in element.iterancestors()][:-1]
    names = [etree.QName(element).localname, *around] if element.getparent() is not None else []
    return ["Line" if name in _LINES else name for name in reversed(names)]


def _tax(element: Element) -> str:
    for group in ("TaxSubtotal", *_TOTALS):
        around = [element, *element.iterancestors()]
        found = next((one for one in around if etree.QName(one).localname == group), None)
        if found is not None:
            return str(found.findtext(f".//{{{CAC}}}TaxScheme/{{{CBC}}}ID", ""))
    return ""


def _operations(element: Element) -> list[str]:
    name = etree.QName(element).localname
    if name in _GROUPS:
        return ["drop", "double", *(["merge"] if name in _TOTALS else [])]
    parent = element.getparent()
    if name == "ID" and parent is not None and etree.QName(parent).localname == "TaxScheme":
        return [f"id {tax}" for tax in _TAXES]
    if _figure(element) is None or name in _NO_FIGURES:
        return []
    return ["drop", "times ten", "plus seven", *(["no unit"] if element.get("unitCode") else [])]


def _figure(element: Element) -> Decimal | None:
    if len(element):
        return None
    try:
        return Decimal(element.text or "")
    except InvalidOperation:
        return None


def _apply(operation: str, element: Element) -> bool:
    """Change an element of a copy in place; tell whether that changed anything."""
    figure, parent = _figure(element), element.getparent()
    before = element.text
    if parent is None:
        return False
    if operation == "drop":
        parent.remove(element)
        return True
    if operation == "double":
        element.addnext(deepcopy(element))
        return True
    if operation == "merge":
        return _merge(element)
    if operation == "no unit":
        del element.attrib["unitCode"]
        return True
    if operation.startswith("id "):
        element.text = operation[3:]
    elif figure is not None:
        element.text = f"{figure * 10 if operation == 'times ten' else figure + _SEVEN:f}"
    return element.text != before


def _merge(total: Element) -> bool:
    """Put the subtotals of a tax into the group before it, with their sum."""
    before = total.getprevious()
    if before is None or before.tag != total.tag:
        return False
    amounts = [found.find(f"{{{CBC}}}TaxAmount") for found in (before, total)]
    if amounts[0] is not None and amounts[1] is not None:
        amounts[0].text = f"{(_figure(amounts[0]) or 0) + (_figure(amounts[1]) or 0):f}"
    before.extend(total.findall(f"{{{CAC}}}TaxSubtotal"))
    parent = total.getparent()
    if parent is not None:
        parent.remove(total)
    return True
