"""Where figures stand: line and XPath of every amount."""

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest
from lxml import etree
from pydantic import BaseModel

from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import format_path
from cuadre.ubl.reading.documents import read_document
from cuadre.ubl.reading.source import XmlSource
from cuadre.ubl.reading.tree import parse_xml

from .writing import EXAMPLES, NAMESPACES, example, write

TraceFunction = Callable[[FrameType, str, Any], Any]

NAMES = sorted(file.stem for file in EXAMPLES.glob("*.xml"))


def _read(name: str) -> tuple[etree._Element, Document, XmlSource]:
    root = parse_xml(example(name).encode())
    return (root, *read_document(root, f"{name}.xml"))


def _amounts(part: object, path: Path = ()) -> Iterator[tuple[Path, Decimal]]:
    if isinstance(part, Decimal):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _amounts(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for index, inner in enumerate(part):
            yield from _amounts(inner, (*path, index))


def _select(root: etree._Element, xpath: str) -> list[etree._Element]:
    """Select by an XPath of a place, whose root has no prefix."""
    _, name, *rest = xpath.split("/")
    steps = "/".join(["", f"doc:{name}", *rest])
    found = root.xpath(steps, namespaces={**NAMESPACES, "doc": root.nsmap[None]})
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, etree._Element)]


@pytest.mark.parametrize("name", NAMES)
def test_places_of_amounts(name: str) -> None:
    """The place of every amount selects exactly the element that states it, at its line."""
    root, document, source = _read(name)
    lines = example(name).splitlines()
    amounts = list(_amounts(document))
    assert len(amounts) > 15
    for path, amount in amounts:
        place = source.place(path)
        assert place.xpath is not None
        (element,) = _select(root, place.xpath)
        assert Decimal(element.text or "") == amount
        assert (place.line, place.file, place.path) == (element.sourceline, f"{name}.xml", format_path(path))
        assert place.line is not None
        assert f">{element.text}</" in lines[place.line - 1]


@pytest.mark.parametrize("name", NAMES)
def test_places_differ(name: str) -> None:
    """No two amounts have one place."""
    _, document, source = _read(name)
    places = [source.place(path).xpath for path, _ in _amounts(document)]
    assert len(set(places)) == len(places)


MISSING: list[tuple[Path, int, str]] = [
    (("legal_monetary_total", "prepaid_amount"), 203, "/Invoice/cac:LegalMonetaryTotal/cbc:PrepaidAmount"),
    (("due_date",), 2, "/Invoice/cbc:DueDate"),
    (("payment_exchange_rate",), 2, "/Invoice/cac:PaymentExchangeRate"),
    (("payment_exchange_rate", "date"), 2, "/Invoice/cac:PaymentExchangeRate/cbc:Date"),
    (
        ("lines", 2, "tax_totals", 0, "tax_amount"),
        275,
        "/Invoice/cac:InvoiceLine[3]/cac:TaxTotal/cbc:TaxAmount",
    ),
    (
        ("lines", 0, "pricing_reference", "price_amount"),
        209,
        "/Invoice/cac:InvoiceLine[1]/cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceAmount",
    ),
]


@pytest.mark.parametrize(("path", "line", "xpath"), MISSING)
def test_missing_element(path: Path, line: int, xpath: str) -> None:
    """What a document does not state has the line of what it would stand in, and the XPath it would have."""
    _, _, source = _read("invoice")
    place = source.place(path)
    assert (place.path, place.line, place.xpath) == (format_path(path), line, xpath)


def test_folded_and_unit_code() -> None:
    """A field of a folded aggregate has the full XPath; a unit code that of its attribute."""
    _, _, source = _read("invoice")
    scheme = source.place(("lines", 1, "tax_totals", 0, "tax_subtotals", 0, "tax_scheme_id"))
    assert scheme.xpath == (
        "/Invoice/cac:InvoiceLine[2]/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID"
    )
    quantity = source.place(("lines", 1, "quantity"))
    unit = source.place(("lines", 1, "quantity_unit_code"))
    assert (unit.file, unit.line, unit.pointer) == (quantity.file, quantity.line, quantity.pointer)
    assert unit.xpath == f"{quantity.xpath}/@unitCode"


def test_whole_parts() -> None:
    """A part has the place of its element, the document that of its root."""
    _, _, source = _read("debit-note")
    assert source.place(("legal_monetary_total",)).xpath == "/DebitNote/cac:RequestedMonetaryTotal"
    assert (source.place(()).line, source.place(()).xpath, source.place(()).path) == (2, "/DebitNote", "")


@pytest.mark.parametrize(
    "path", [("other", 3), ("nonsense",), ("lines", 99, "id"), ("invoice_control", "prefix")]
)
def test_other_paths(path: Path) -> None:
    """A path that no table knows, or that is out of range, still gives a line of the document."""
    _, _, source = _read("invoice")
    place = source.place(path)
    assert place.path == format_path(path)
    assert place.line == 2


def test_extension_place() -> None:
    """The date of an authorisation is found where it stands, not at the root."""
    _, _, source = _read("invoice")
    place = source.place(("dian_extensions", "invoice_control", "start_date"))
    assert (place.line, (place.xpath or "").rpartition("/")[2]) == (10, "cbc:StartDate")


def _steps(lines: int) -> int:
    """Count the steps of source.py when a place is asked for in each of ``lines`` lines."""
    body = "<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine>" * lines
    _, source = read_document(parse_xml(write(body)))
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> TraceFunction | None:
        nonlocal steps
        del argument
        if not frame.f_code.co_filename.endswith("source.py"):
            return None
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        for index in range(lines):
            source.place(("lines", index, "id"))
    finally:
        sys.settrace(before)
    return steps


def test_places_of_many_lines() -> None:
    """To find a place in each line costs in step with the lines, and not with their square."""
    few, many = _steps(50), _steps(200)
    assert few > 0
    assert many < 6 * few


def test_line_beyond_what_libxml2_counts() -> None:
    """A place after line 65,534 has its XPath and no line, since libxml2 would give the same for them all."""
    line = "<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine>"
    _, source = read_document(parse_xml(write(f"{line}\n{chr(10) * 65_530}{line}\n{line}")))
    assert [source.place(("lines", index, "id")).line for index in range(3)] == [3, 65_534, None]
    assert source.place(("lines", 2, "id")).xpath == "/Invoice/cac:InvoiceLine[3]/cbc:ID"
