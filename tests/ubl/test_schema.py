"""What the schema layer says of each kind of fault, and that hostile documents do it no harm."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import QName, _Element

from cuadre.ubl.mapping.namespaces import CAC, CBC, EXT
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.schema.pieces import pieces
from cuadre.ubl.schema.validation import MAX_FAULTS, SchemaFault, load_schemas, validate

_EXAMPLES = Path(__file__).parents[2] / "examples"
Change = Callable[[_Element], int | None]
"""Breaks a document, and returns the line that the fault must have."""

_ATTACHED = f"""<AttachedDocument
 xmlns="urn:oasis:names:specification:ubl:schema:xsd:AttachedDocument-2"
 xmlns:cac="{CAC}" xmlns:cbc="{CBC}">
<cbc:ID>1</cbc:ID>
<cbc:IssueDate>2026-11-20</cbc:IssueDate>
<cbc:ParentDocumentID>SETP990000101</cbc:ParentDocumentID>
<cac:SenderParty/>
<cac:ReceiverParty/>
<cac:Attachment/>
</AttachedDocument>"""
_RESPONSE = f"""<ApplicationResponse
 xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
 xmlns:cac="{CAC}" xmlns:cbc="{CBC}">
<cbc:ID>1</cbc:ID>
<cbc:IssueDate>2026-11-20</cbc:IssueDate>
<cac:SenderParty/>
<cac:ReceiverParty/>
<cac:DocumentResponse>
<cac:Response><cbc:ResponseCode>02</cbc:ResponseCode></cac:Response>
<cac:DocumentReference><cbc:ID>SETP990000101</cbc:ID></cac:DocumentReference>
</cac:DocumentResponse>
</ApplicationResponse>"""


def _invoice(name: str = "invoice") -> _Element:
    return parse_xml((_EXAMPLES / f"{name}.xml").read_bytes())


def _cbc(root: _Element, name: str) -> _Element:
    return next(root.iter(f"{{{CBC}}}{name}"))


def _cac(root: _Element, name: str) -> _Element:
    return next(root.iter(f"{{{CAC}}}{name}"))


def _parent(node: _Element) -> _Element:
    parent = node.getparent()
    assert parent is not None
    return parent


def _text(name: str, text: str) -> Change:
    def change(root: _Element) -> int | None:
        node = _cbc(root, name)
        node.text = text
        return node.sourceline

    return change


def _without_total(root: _Element) -> int | None:
    root.remove(_cac(root, "LegalMonetaryTotal"))
    return _cac(root, "InvoiceLine").sourceline


def _without_lines(root: _Element) -> int | None:
    for line in list(root.iterchildren(f"{{{CAC}}}InvoiceLine")):
        root.remove(line)
    return root.sourceline


def _date_early(root: _Element) -> int | None:
    date = _cbc(root, "IssueDate")
    root.insert(1, date)
    return date.sourceline


def _code_late(root: _Element) -> int | None:
    code = _cbc(root, "InvoiceTypeCode")
    currency = _cbc(root, "DocumentCurrencyCode")
    currency.addnext(code)
    return code.sourceline


def _two_ids(root: _Element) -> int | None:
    first = root.find(f"{{{CBC}}}ID")
    assert first is not None
    second = deepcopy(first)
    first.addnext(second)
    return second.sourceline


def _renamed(tag: str) -> Change:
    def change(root: _Element) -> int | None:
        node = _cbc(root, "DueDate" if root.find(f"{{{CBC}}}DueDate") is not None else "Note")
        node.tag = tag
        return node.sourceline

    return change


def _no_currency(root: _Element) -> int | None:
    node = _cbc(root, "PayableAmount")
    del node.attrib["currencyID"]
    return node.sourceline


def _odd_attribute(root: _Element) -> int | None:
    node = _cbc(root, "PayableAmount")
    node.set("moneda", "COP")
    return node.sourceline


def _loose_text(root: _Element) -> int | None:
    node = _cac(root, "Party")
    node.text = "Tres Quebradas"
    return node.sourceline


def _element_in_date(root: _Element) -> int | None:
    node = _cbc(root, "IssueDate")
    node.append(node.makeelement(f"{{{CBC}}}ID"))
    return node.sourceline


def _nil(root: _Element) -> int | None:
    node = _cbc(root, "IssueDate")
    node.set("{http://www.w3.org/2001/XMLSchema-instance}nil", "true")
    return node.sourceline


def _empty_extension(root: _Element) -> int | None:
    node = next(root.iter(f"{{{EXT}}}ExtensionContent"))
    node.remove(node[0])
    return node.sourceline


def _no_boolean(root: _Element) -> int | None:
    indicator = _cbc(root, "ChargeIndicator")
    indicator.text = "no"
    return indicator.sourceline


_KINDS: list[tuple[str, Change, str, str, str | None]] = [
    ("invoice", _without_total, "schema.missing_before", "cac:LegalMonetaryTotal", "cac:LegalMonetaryTotal"),
    ("invoice", _without_lines, "schema.missing", "cac:InvoiceLine", "cac:InvoiceLine"),
    ("invoice", _date_early, "schema.after", "cbc:IssueDate", "cbc:ID"),
    ("invoice", _code_late, "schema.before", "cbc:InvoiceTypeCode", "cbc:Note"),
    ("invoice", _two_ids, "schema.too_many", "cbc:ID", "1"),
    ("invoice", _text("PayableAmount", "12,50"), "schema.decimal", "cbc:PayableAmount", "xs:decimal"),
    ("invoice", _text("IssueDate", "2026-02-30"), "schema.date", "cbc:IssueDate", "xs:date"),
    ("invoice", _text("IssueTime", "25:00:00"), "schema.time", "cbc:IssueTime", "xs:time"),
    ("withholdings-and-discounts", _no_boolean, "schema.boolean", "cbc:ChargeIndicator", "xs:boolean"),
    ("invoice", _no_currency, "schema.attribute_missing", "cbc:PayableAmount", None),
    ("invoice", _odd_attribute, "schema.attribute_unknown", "cbc:PayableAmount", None),
    ("invoice", _renamed(f"{{{CBC}}}Foo"), "schema.unknown", "cbc:Foo", None),
    ("invoice", _renamed("{urn:other}Note"), "schema.namespace", "Note", "cbc:Note"),
    ("invoice", _loose_text, "schema.text", "cac:Party", None),
    ("invoice", _element_in_date, "schema.children", "cbc:IssueDate", None),
    ("invoice", _empty_extension, "schema.incomplete", "ext:ExtensionContent", None),
    ("invoice", _nil, "schema.other", "cbc:IssueDate", None),
]


@pytest.mark.parametrize(
    ("example", "change", "message_key", "element", "expected"), _KINDS, ids=[kind[2] for kind in _KINDS]
)
def test_each_kind_of_fault_is_told_once(
    example: str, change: Change, message_key: str, element: str, expected: str | None
) -> None:
    """One mistake gives one fault, with its line, its message_key, and the one thing that was expected."""
    root = _invoice(example)
    line = change(root)
    faults = validate(root, load_schemas())
    assert [(fault.line, fault.message_key, fault.element, fault.expected) for fault in faults] == [
        (line, message_key, element, expected)
    ]
    assert faults[0].xpath.startswith("/Invoice")


def test_fault_holds_what_was_found() -> None:
    """A fault has the text that stands in the document, the place, and the name of an attribute."""
    root = _invoice()
    line = _text("PayableAmount", "12,50")(root)
    xpath = "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount"
    detail = "invalid value '12,50' for xs:decimal"
    assert validate(root, load_schemas()) == [
        SchemaFault(line, xpath, "schema.decimal", "cbc:PayableAmount", "12,50", "xs:decimal", detail)
    ]
    root = _invoice()
    line = _no_currency(root)
    assert validate(root, load_schemas()) == [
        SchemaFault(line, xpath, "schema.attribute_missing", "cbc:PayableAmount", detail="currencyID")
    ]


def test_other_prefixes() -> None:
    """A document whose prefixes are its own gives faults with the right lines and usual prefixes."""
    text = (_EXAMPLES / "invoice.xml").read_text(encoding="utf-8")
    text = (
        text.replace("<cbc:", "<").replace("</cbc:", "</").replace("<cac:", "<a:").replace("</cac:", "</a:")
    )
    text = text.replace("<Invoice ", "<i:Invoice ").replace("</Invoice>", "</i:Invoice>")
    text = (
        text.replace("xmlns=", "xmlns:i=").replace("xmlns:cbc=", "xmlns=").replace("xmlns:cac=", "xmlns:a=")
    )
    root = parse_xml(text.encode())
    assert validate(root, load_schemas()) == []
    line = _text("PayableAmount", "12,50")(root)
    assert [(fault.line, fault.xpath) for fault in validate(root, load_schemas())] == [
        (line, "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount")
    ]


def test_unknown_root() -> None:
    """A root element that is none of the five gives one fault and asks no schema."""
    faults = validate(parse_xml(b'<Order xmlns="urn:x"/>'), load_schemas())
    assert [(fault.message_key, fault.line, fault.found) for fault in faults] == [
        ("schema.root", 1, "{urn:x}Order")
    ]


def test_several_faults_in_the_order_of_the_file() -> None:
    """Each of several mistakes is told, the first of the file first."""
    root = _invoice()
    lines = [_text("IssueDate", "ayer")(root), _text("PayableAmount", "mil")(root)]
    assert [fault.line for fault in validate(root, load_schemas())] == lines


def test_line_offset_is_added() -> None:
    """The lines of a document inside another count from the first of the outer file."""
    root = _invoice()
    line = _text("IssueDate", "ayer")(root)
    assert line is not None
    assert [fault.line for fault in validate(root, load_schemas(), 1000)] == [line + 1000]


@pytest.mark.parametrize("example", sorted(path.stem for path in _EXAMPLES.glob("*.xml")))
def test_examples_are_valid(example: str) -> None:
    """The examples, also the one with wrong figures, are as UBL wants them."""
    assert validate(_invoice(example), load_schemas()) == []


@pytest.mark.parametrize("text", [_ATTACHED, _RESPONSE], ids=["AttachedDocument", "ApplicationResponse"])
def test_other_roots_are_built_from_the_table(text: str) -> None:
    """AttachedDocument and ApplicationResponse validate through roots that the carrier does not have."""
    assert validate(parse_xml(text.encode()), load_schemas()) == []
    late = text.replace("<cac:SenderParty/>\n", "").replace(
        "<cac:ReceiverParty/>", "<cac:ReceiverParty/><cac:SenderParty/>"
    )
    faults = validate(parse_xml(late.encode()), load_schemas())
    assert [(fault.message_key, fault.element, fault.expected) for fault in faults] == [
        ("schema.after", "cac:ReceiverParty", "cac:SenderParty")
    ]


def test_debit_note_in_another_order_is_not_valid() -> None:
    """A debit note whose total stands before its taxes is refused at the taxes."""
    root = _invoice("debit-note")
    total, tax = _cac(root, "RequestedMonetaryTotal"), root.find(f"{{{CAC}}}TaxTotal")
    assert tax is not None
    tax.addprevious(total)
    faults = validate(root, load_schemas())
    assert [(fault.line, fault.message_key, fault.expected) for fault in faults] == [
        (tax.sourceline, "schema.before", "cac:RequestedMonetaryTotal")
    ]


def test_schema_location_is_not_followed() -> None:
    """A hint in the document at another schema, here or in the network, changes nothing."""
    root = _invoice()
    hint = f"{QName(root).namespace} http://127.0.0.1:9/x.xsd {CBC} /nowhere/x.xsd"
    root.set("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", hint)
    assert validate(root, load_schemas()) == []


def test_no_more_than_a_hundred_faults() -> None:
    """Of many faults the first hundred are told."""
    root = _invoice()
    line = _cac(root, "InvoiceLine")
    _cbc(line, "LineExtensionAmount").text = "12,50"
    for _ in range(150):
        line.addnext(deepcopy(line))
    faults = validate(root, load_schemas())
    assert len(faults) == MAX_FAULTS
    assert {fault.message_key for fault in faults} == {"schema.decimal"}


def _with_lines(count: int) -> _Element:
    """Return the example with so many more lines, read from bytes, so that each has a line number."""
    root = _invoice()
    line = _cac(root, "InvoiceLine")
    for _ in range(count):
        line.addnext(deepcopy(line))
    return parse_xml(etree.tostring(root, pretty_print=True))


def test_fault_of_a_large_document() -> None:
    """A fault far down in a document of thousands of lines has its line and its XPath."""
    root = _with_lines(2100)
    assert validate(root, load_schemas()) == []
    amounts = list(root.iter(f"{{{CBC}}}LineExtensionAmount"))
    amounts[0].text = amounts[1900].text = "12,50"
    assert [(fault.message_key, fault.line, fault.xpath) for fault in validate(root, load_schemas())] == [
        ("schema.decimal", amount.sourceline, f"/Invoice/cac:{around}/cbc:LineExtensionAmount")
        for amount, around in ((amounts[0], "LegalMonetaryTotal"), (amounts[1900], "InvoiceLine[1900]"))
    ]


def test_many_faults_of_a_large_document() -> None:
    """Of thousands of lines with a fault each, a hundred are reported, the first ones, with their places."""
    root = _with_lines(2100)
    amounts = root.findall(f"{{{CAC}}}InvoiceLine/{{{CBC}}}LineExtensionAmount")
    for amount in amounts:
        amount.text = "12,50"
    assert [(fault.message_key, fault.line) for fault in validate(root, load_schemas())] == [
        ("schema.decimal", amount.sourceline) for amount in amounts[:MAX_FAULTS]
    ]


def test_fault_of_an_element_in_a_large_part() -> None:
    """A fault among thousands of descriptions of one item has its line and its XPath."""
    root = _invoice()
    description = _cbc(_cac(root, "Item"), "Description")
    for _ in range(3000):
        description.addnext(deepcopy(description))
    root = parse_xml(etree.tostring(root, pretty_print=True))
    assert validate(root, load_schemas()) == []
    wrong = list(root.iter(f"{{{CBC}}}Description"))[2500]
    wrong.set("moneda", "COP")
    assert [(fault.message_key, fault.line, fault.xpath) for fault in validate(root, load_schemas())] == [
        (
            "schema.attribute_unknown",
            wrong.sourceline,
            "/Invoice/cac:InvoiceLine[1]/cac:Item/cbc:Description[2501]",
        )
    ]


def test_unknown_elements_of_a_large_document() -> None:
    """Thousands of elements that UBL does not know give one fault, as two of them do."""
    root = _invoice()
    root.extend([root.makeelement(f"{{{CBC}}}Foo") for _ in range(3000)])
    assert [(fault.message_key, fault.element) for fault in validate(root, load_schemas())] == [
        ("schema.unknown", "cbc:Foo")
    ]


@pytest.mark.parametrize("count", [2, 3, 3000])
def test_repeated_element_of_a_large_document(count: int) -> None:
    """What may be there once and is there more often gives one fault, in large documents too."""
    root = _with_lines(2100)
    for _ in range(count - 1):
        first = root.find(f"{{{CBC}}}IssueDate")
        assert first is not None
        first.addnext(deepcopy(first))
    assert [
        (fault.message_key, fault.element, fault.expected) for fault in validate(root, load_schemas())
    ] == [("schema.too_many", "cbc:IssueDate", "1")]


def test_text_between_lines_of_a_large_document() -> None:
    """A text between the lines of a large document is refused, as in a small one."""
    root = _with_lines(2100)
    root.findall(f"{{{CAC}}}InvoiceLine")[1500].tail = "suelto"
    assert [(fault.message_key, fault.element) for fault in validate(root, load_schemas())] == [
        ("schema.text", "Invoice")
    ]


def test_pieces_hold_every_element_once() -> None:
    """The pieces of a large document are small, and no element is missing or in two of them."""
    root = _with_lines(2100)
    line = root.findall(f"{{{CAC}}}InvoiceLine")[1000]
    line.extend([deepcopy(_cac(line, "TaxTotal")) for _ in range(500)])
    parts = list(pieces(root))
    found = [piece.original(node) for piece in parts for node in piece.element.iter()]
    assert len(found) == len(set(found))
    assert set(found) == set(root.iter())
    assert max(len(list(piece.element.iter())) for piece in parts) <= 1000


def test_long_text_is_cut() -> None:
    """A text of any length in the document makes a short fault."""
    root = _invoice()
    _text("PayableAmount", "9" * 100_000 + ",0")(root)
    fault = validate(root, load_schemas())[0]
    assert len(fault.found or "") < 100
    assert len(fault.detail or "") < 400


def test_threads_do_not_mix_faults() -> None:
    """Validations at the same time tell each document's own faults."""
    schemas = load_schemas()

    def one(number: int) -> list[str | None]:
        root = _invoice()
        if number % 3:
            _text("IssueDate", f"day {number}")(root)
        return [fault.found for fault in validate(root, schemas)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(60)))
    assert found == [[f"day {number}"] if number % 3 else [] for number in range(60)]


def test_clean_document_loads_neither_xmlschema_nor_the_carrier(pytestconfig: pytest.Config) -> None:
    """Validating what is valid imports neither xmlschema nor factur-x."""
    code = (
        "import sys; from pathlib import Path;"
        "from cuadre.ubl.schema.validation import *; from cuadre.ubl.reading.tree import *;"
        f"root = parse_xml(Path({str(_EXAMPLES / 'invoice.xml')!r}).read_bytes());"
        "assert validate(root, load_schemas()) == [];"
        "sys.exit(len({'xmlschema', 'facturx'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=pytestconfig.rootpath, check=False)
    assert done.returncode == 0
