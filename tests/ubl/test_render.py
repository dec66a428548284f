"""What is read is rendered, and reads back the same; what is left out on purpose is in docs/render.md."""

import json
import os
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml.etree import QName, _Element

from cuadre import reading
from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import Document
from cuadre.engine.model.element import Element
from cuadre.rendering import prepare
from cuadre.ubl.mapping.namespaces import CAC, CBC, DS, EXT, MAINDOC, STS, STS_OLD
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.schema.validation import load_schemas, validate
from cuadre.ubl.writing.render import render

from .writing import EXAMPLES, changed, example

_ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("CUADRE_CORPUS") or _ROOT.parent / "shared" / "corpus")
FOLDERS = {"dian-toolbox-1.9": 37, "dian-toolbox-older": 10, "dian-real-sanitized": 15, "dian-generated": 9}
_corpus = pytest.mark.corpus
_needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}: set $CUADRE_CORPUS")
NAMES = sorted(file.stem for file in EXAMPLES.glob("*.xml"))
_EXTENSION, _CONTENT = f"{{{EXT}}}UBLExtension", f"{{{EXT}}}ExtensionContent"
_LINE = "<cac:InvoiceLine>"


class Node(NamedTuple):
    """An element as it is compared: prefixes, comments and white space have no part in it."""

    depth: int
    name: str
    text: str
    attributes: tuple[tuple[str, str], ...]


def flat(element: _Element, depth: int = 0) -> list[Node]:
    """List an element and what it holds, without what docs/render.md says is not rendered."""
    if element.tag == _EXTENSION and _dropped(element):
        return []
    text = "" if len(element) else (element.text or "").strip()
    nodes = [Node(depth, str(element.tag), text, tuple(sorted(element.items())))]
    return nodes + [node for child in element for node in flat(child, depth + 1)]


def _dropped(extension: _Element) -> bool:
    signed = next(extension.iter(f"{{{DS}}}Signature"), None) is not None
    return signed or not any(len(content) for content in extension.iterfind(_CONTENT))


def read_one(data: bytes | str) -> Document:
    """Read one document."""
    found = reading.read(data.encode() if isinstance(data, str) else data).document
    assert found is not None
    return found


def schema_faults(data: bytes) -> list[object]:
    """List what the schema of UBL says against a document."""
    return list(validate(parse_xml(data), load_schemas()))


def again(data: bytes | str) -> bytes:
    """Render a document, hold that it reads back equal but for the time of signing, and return the XML."""
    document = read_one(data)
    rendered = render(document)
    assert read_one(rendered) == document.model_copy(update={"signing_time": None})
    return rendered


def same(data: bytes | str) -> bytes:
    """Do as ``again``, and hold that the tree is the same, element by element."""
    rendered = again(data)
    assert flat(parse_xml(rendered)) == flat(parse_xml(data.encode() if isinstance(data, str) else data))
    return rendered


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str) -> None:
    """Every document of examples/ comes back, field by field and element by element, and is valid."""
    assert schema_faults(same(example(name))) == []


@_corpus
@_needs_corpus
@pytest.mark.parametrize(("folder", "count"), FOLDERS.items())
def test_corpus(folder: str, count: int) -> None:
    """Every document of others comes back, field by field and element by element, and is valid."""
    files = sorted((CORPUS / folder).glob("*.xml"))
    faults = {file.name: schema_faults(same(file.read_bytes())) for file in files}
    assert {name: found for name, found in faults.items() if found} == {}
    assert len(faults) == count


def test_rendering_twice() -> None:
    """What is rendered once is rendered again to the same bytes."""
    once = render(read_one(example()))
    assert render(read_one(once)) == once


_SIGNATURE = f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo/></ds:Signature>'
_SIGNED = f"<ext:UBLExtension><ext:ExtensionContent>{_SIGNATURE}</ext:ExtensionContent></ext:UBLExtension>"
_EMPTY = "<ext:UBLExtension><ext:ExtensionContent> </ext:ExtensionContent></ext:UBLExtension>"
_FIRST = "<ext:UBLExtension>"
DROPPED = {
    "signature": ("</ext:UBLExtensions>", f"{_SIGNED}</ext:UBLExtensions>"),
    "signature first": (_FIRST, _SIGNED + _FIRST),
    "no content": ("</ext:UBLExtensions>", "<ext:UBLExtension/></ext:UBLExtensions>"),
    "empty content": (
        "</ext:UBLExtensions>",
        f"{_EMPTY}</ext:UBLExtensions>",
    ),
    "white space": (">SETP990000101<", ">\n  SETP990000101\t<"),
    "white space around an amount": (">626838.06</cbc:P", "> 626838.06\n</cbc:P"),
    "text between elements": ("<cac:LegalMonetaryTotal>", "<cac:LegalMonetaryTotal>nothing"),
    "comment": (">SETP990000101<", "><!-- a -->SETP99<!-- b -->0000101<"),
    "processing instruction": ("<cac:LegalMonetaryTotal>", "<?a b?><cac:LegalMonetaryTotal>"),
}


@pytest.mark.parametrize(("old", "new"), DROPPED.values(), ids=DROPPED)
def test_left_out(old: str, new: str) -> None:
    """What docs/render.md names is left out, and nothing else changes."""
    text = example()
    assert text.count(old) == 1
    rendered = same(text.replace(old, new))
    assert flat(parse_xml(rendered)) == flat(parse_xml(text.encode()))


def test_prefixes() -> None:
    """Prefixes are the usual ones, whatever they were."""
    text = example()
    for prefix in ("cac", "cbc", "ext", "sts"):
        text = text.replace(f"<{prefix}:", f"<x{prefix}:").replace(f"</{prefix}:", f"</x{prefix}:")
        text = text.replace(f"xmlns:{prefix}=", f"xmlns:x{prefix}=")
    assert same(text) == render(read_one(example()))


def test_signing_time_is_read_and_not_rendered() -> None:
    """The time of signing is the one field that the rendering lacks, since the signature has it."""
    time = (
        '<x:SigningTime xmlns:x="http://uri.etsi.org/01903/v1.3.2#">2026-11-20T10:15:00-05:00</x:SigningTime>'
    )
    text = example().replace("</ext:UBLExtensions>", f"{_SIGNED}</ext:UBLExtensions>")
    text = text.replace("<ds:SignedInfo/>", f"<ds:SignedInfo/><ds:Object>{time}</ds:Object>")
    document = read_one(text)
    assert document.signing_time == "2026-11-20T10:15:00-05:00"
    assert "SigningTime" not in same(text).decode()
    assert read_one(render(document)).signing_time is None


CARRIED = {
    "reference of a despatch": (
        "  <cac:AccountingSupplierParty>",
        "<cac:DespatchDocumentReference><cbc:ID>D1</cbc:ID></cac:DespatchDocumentReference>",
    ),
    "payee": (
        "  <cac:PaymentMeans>",
        "<cac:PayeeParty><cac:PartyName><cbc:Name>Otro</cbc:Name></cac:PartyName></cac:PayeeParty>",
    ),
    "terms of payment": (
        "  <cac:TaxTotal>",
        "<cac:PaymentTerms><cbc:Note>30 días</cbc:Note></cac:PaymentTerms>",
    ),
    "cost": ("  <cbc:LineCountNumeric>", "<cbc:AccountingCost>7</cbc:AccountingCost>"),
}


@pytest.mark.parametrize(("before", "element"), CARRIED.values(), ids=CARRIED)
def test_place_of_carried_elements(before: str, element: str) -> None:
    """An element without a field stands where UBL wants it."""
    assert example().count(f"\n{before}") >= 1
    text = example().replace(f"\n{before}", f"\n{element}{before}", 1)
    assert schema_faults(text.encode()) == []
    assert schema_faults(same(text)) == []


@pytest.mark.parametrize(("before", "element"), CARRIED.values(), ids=CARRIED)
def test_order_is_restored(before: str, element: str) -> None:
    """An element without a field that stood after all others is moved to where UBL wants it."""
    right = example().replace(f"\n{before}", f"\n{element}{before}", 1)
    wrong = changed(example(), "</Invoice>", f"{element}</Invoice>")
    assert schema_faults(wrong.encode()) != []
    assert flat(parse_xml(again(wrong))) == flat(parse_xml(right.encode()))


def test_order_of_typed_elements_is_restored() -> None:
    """Elements with a field are put in UBL's order too, at every level."""
    text = example()
    number = "<cbc:ID>SETP990000101</cbc:ID>"
    wrong = changed(text, number, "").replace("</Invoice>", f"{number}</Invoice>")
    price = text[text.index("<cac:Price>") : text.index("</cac:Price>") + len("</cac:Price>")]
    wrong = wrong.replace(price, "", 1).replace(_LINE, _LINE + price, 1)
    assert flat(parse_xml(again(wrong))) == flat(parse_xml(text.encode()))


DEEP = {
    "party": ("      <cac:PartyName>", "<cbc:WebsiteURI>https://example.com</cbc:WebsiteURI>"),
    "place": ("        <cac:Address>", "<cbc:Description>Al fondo</cbc:Description>"),
    "address": ("          <cbc:CityName>", "<cbc:Postbox>9</cbc:Postbox>"),
    "tax category": ("          <cac:TaxScheme>", "<cbc:TaxExemptionReason>Ley</cbc:TaxExemptionReason>"),
    "line": ("    <cac:Item>", "<cac:Delivery><cbc:ID>1</cbc:ID></cac:Delivery>"),
    "item": ("      <cbc:Description>", "<cbc:PackQuantity unitCode='94'>2</cbc:PackQuantity>"),
}


@pytest.mark.parametrize(("before", "element"), DEEP.values(), ids=DEEP)
def test_carried_at_every_level(before: str, element: str) -> None:
    """Elements without a field are carried inside parties, addresses, taxes and lines too."""
    assert f"\n{before}" in example()
    text = example().replace(f"\n{before}", f"\n{element}{before}", 1)
    rendered = again(text)
    names = [node for node in flat(parse_xml(rendered)) if node not in flat(parse_xml(example().encode()))]
    assert names
    assert sorted(flat(parse_xml(rendered))) == sorted(flat(parse_xml(text.encode())))
    if not schema_faults(text.encode()):
        same(text)
    if before.strip() != "<cac:Item>":
        assert schema_faults(rendered) == []


def test_two_carried_of_one_name() -> None:
    """Several carried elements of one name keep their order."""
    notes = [f"<cac:PaymentTerms><cbc:Note>{n}</cbc:Note></cac:PaymentTerms>" for n in ("b", "a", "c")]
    text = example().replace("\n  <cac:TaxTotal>", f"\n{''.join(notes)}  <cac:TaxTotal>", 1)
    assert schema_faults(same(text)) == []


def test_what_ubl_does_not_know_comes_last() -> None:
    """An element that UBL has no place for is carried and stands after the others."""
    document = read_one(
        changed(example(), "<cbc:ID>SETP990000101<", "<cbc:Foo a='1'>x</cbc:Foo><cbc:ID>SETP990000101<")
    )
    assert [node.name for node in flat(parse_xml(render(document))) if node.depth == 1][-1] == f"{{{CBC}}}Foo"
    assert read_one(render(document)) == document


def test_order_of_attributes_in_json() -> None:
    """A document of the model's JSON whose carried elements stand in any order is put in UBL's order."""
    other = [
        {"name": f"{{{CAC}}}PaymentTerms", "children": [{"name": f"{{{CBC}}}Note", "text": "30 días"}]},
        {"name": f"{{{CBC}}}AccountingCost", "text": "7"},
    ]
    fields = json.loads(read_one(example()).model_dump_json(exclude_defaults=True))
    document = read_one(json.dumps({"other": other, **fields}))
    assert schema_faults(render(document)) == []
    assert read_one(render(document)).other == (
        Element(f"{{{CBC}}}AccountingCost", "7"),
        Element(f"{{{CAC}}}PaymentTerms", children=(Element(f"{{{CBC}}}Note", "30 días"),)),
    )


@pytest.mark.parametrize("currency", [' currencyID="USD"', "", ' currencyID=""'])
def test_currencies_of_amounts(currency: str) -> None:
    """An amount in another currency than the document's keeps it, and one without any stays without."""
    text = example()
    old = '<cbc:PriceAmount currencyID="COP">'
    assert old in text
    rendered = same(text.replace(old, f"<cbc:PriceAmount{currency}>", 1))
    assert rendered.count(b"<cbc:PriceAmount") == text.count("<cbc:PriceAmount")
    assert f"<cbc:PriceAmount{currency}>".encode() in rendered


def test_old_namespace() -> None:
    """DianExtensions in the namespace of the older toolbox keep it, all of them."""
    rendered = same(changed(example(), f'"{STS}"', f'"{STS_OLD}"'))
    names = [str(node.tag) for node in parse_xml(rendered).iter() if str(node.tag).startswith("{")]
    assert {QName(name).namespace for name in names} & {STS, STS_OLD} == {STS_OLD}


ATTRIBUTES = {
    "not DIAN's agency": (' schemeAgencyID="195"', ' schemeAgencyID="6"'),
    "without DIAN's agency": (' schemeAgencyID="195"', ""),
    "one more": (' schemeAgencyID="195"', ' schemeAgencyID="195" schemeURI="urn:a"'),
    "without check digit": (' schemeID="9"', ""),
    "empty": (' schemeName="31"', ' schemeName=""'),
    "of a plain text": ("<cbc:InvoiceTypeCode>", '<cbc:InvoiceTypeCode listID="1">'),
    "of a note": ("<cbc:Note>", '<cbc:Note languageID="es">'),
    "of a quantity": (' unitCode="94"', ' unitCode="94" unitCodeListID="UNECERec20"'),
    "of the root": ("<Invoice ", '<Invoice xmlns:a="urn:a" a:b="c" '),
    "language": (' languageID="es"', ' languageID="en"'),
}


@pytest.mark.parametrize(("old", "new"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_attributes(old: str, new: str) -> None:
    """Attributes that are not the usual ones come back as they were."""
    assert old in example()
    same(example().replace(old, new, 1))


TEXTS = ["<&>\"']]>", "  espacios  ", "a\nb\tc", "a\r\nb\rc", "ñandú 東京 🧾 عربى", "\u2028\u0085\ufeff", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str) -> None:
    """Notes, names and carried texts keep every sign."""
    document = Document.model_validate(
        {
            "kind": "invoice",
            "note": [text, "b"],
            "accounting_supplier_party": {"party_names": [text]},
            "lines": [{"item": {"description": [text]}}],
            "other": [Element(f"{{{CBC}}}AccountingCost", text, {"a": text})],
        }
    )
    assert read_one(render(document)) == document


PLACES: dict[str, dict[str, object]] = {
    "code": {"id": "a{}b"},
    "note": {"note": ["a{}b"]},
    "attribute with a field": {"uuid": "a", "uuid_scheme_name": "a{}b"},
    "kept attribute": {"id": "a", "attributes": {"id": {"a": "a{}b"}}},
    "attribute of the root": {"attributes": {".": {"a": "a{}b"}}},
    "carried": {"other": [Element("{urn:a}a", "a{}b")]},
    "carried attribute": {"other": [Element("{urn:a}a", "", {"a": "a{}b"})]},
    "carried below": {"lines": [{"other": [Element("{urn:a}a", children=(Element("{urn:a}b", "a{}b"),))]}]},
    "extension": {"extensions": [Element("{urn:a}a", "a{}b")]},
    "QR code": {"dian_extensions": {"qr_code": "a{}b"}},
    "currency": {"document_currency_code": "a{}b", "legal_monetary_total": {"payable_amount": "1"}},
    "party": {"accounting_customer_party": {"party_names": ["a{}b"]}},
}


def _with(value: object, sign: str) -> object:
    if isinstance(value, str):
        return value.replace("{}", sign)
    if isinstance(value, Element):
        return Element(*(_with(part, sign) for part in value))  # type: ignore[arg-type]
    if isinstance(value, dict):
        return {key: _with(part, sign) for key, part in value.items()}
    return type(value)(_with(part, sign) for part in value) if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
@pytest.mark.parametrize("fields", PLACES.values(), ids=PLACES)
def test_signs_that_xml_does_not_allow(fields: dict[str, object], sign: str) -> None:
    """A control character is refused wherever it stands."""
    document = Document.model_validate({"kind": "invoice", **_with(fields, sign)})  # type: ignore[dict-item]
    with pytest.raises(DocumentError) as raised:
        render(document)
    assert raised.value.detail == {"problems": []}


NO_NAMES = ["", "a b", "a", "{a}", "{urn:a", "<a>", "1a", "a:b"]


@pytest.mark.parametrize("name", NO_NAMES)
def test_names_that_xml_does_not_allow(name: str) -> None:
    """A carried element whose name is none, or has no namespace, is refused, and so is one inside another."""
    inside = {"name": "{urn:a}a", "children": [{"name": name}]}
    for field, element in (("other", {"name": name}), ("other", inside), ("extensions", inside)):
        document = Document.model_validate({"kind": "invoice", field: [element]})
        with pytest.raises(DocumentError):
            render(document)


def test_nothing_is_added() -> None:
    """An empty document is an empty root: nothing is computed, nothing is assumed."""
    for kind, root in (("invoice", "Invoice"), ("credit_note", "CreditNote"), ("debit_note", "DebitNote")):
        node = parse_xml(render(Document.model_validate({"kind": kind})))
        assert (QName(node).localname, len(node), node.items()) == (root, 0, [])


ROOTS = {
    "invoice": "Invoice",
    "credit_note": "CreditNote",
    "debit_note": "DebitNote",
    "support_document": "Invoice",
    "support_document_adjustment": "CreditNote",
    "equivalent_document": "Invoice",
    "equivalent_document_credit_note": "CreditNote",
    "equivalent_document_debit_note": "CreditNote",
}


@pytest.mark.parametrize(("kind", "root"), ROOTS.items())
def test_root_of_each_kind(kind: str, root: str) -> None:
    """The kind tells the root, and that root with the completed type code tells the kind again."""
    document = prepare(Document.model_validate({"kind": kind, "lines": [{"line_extension_amount": "1"}]}))
    node = parse_xml(render(document))
    assert QName(node).localname == root
    assert read_one(render(document)).kind == kind
    assert node.find(f"{{{CAC}}}{root}Line") is not None
    total = "RequestedMonetaryTotal" if root == "DebitNote" else "LegalMonetaryTotal"
    assert node.find(f"{{{CAC}}}{total}") is not None


def test_digits_of_amounts() -> None:
    """Amounts keep their decimals, and have no exponent."""
    for written in ("1.500000", "0.000000000001", "123456789012345678.5", "-3.00", "0"):
        total = {"payable_amount": written}
        document = Document.model_validate({"kind": "invoice", "legal_monetary_total": total})
        assert f">{written}</cbc:PayableAmount>" in render(document).decode()


def _element(name: str, *children: Element, text: str = "", **attributes: str) -> Element:
    return Element(name, text, attributes, children)


def test_extension_of_public_utilities() -> None:
    """A utility's bill (60) has its consumption in an extension of its own: valid as UBL, and read back."""
    here = f"{{{MAINDOC.format('Invoice')}}}"
    amount = _element(f"{here}ConsumptionPayableAmount", text="67012.10", currencyID="COP")
    part = _element(f"{here}SPDDebitForPartialConsumption", amount)
    parts = _element(f"{here}SPDDebitsForPartialConsumption", part)
    number = _element(f"{here}ID", text="C-1003", schemeName="Contrato")
    content = _element(f"{here}Services_SPD", number, _element(f"{here}ConsumptionSection", parts))
    extension = _element(
        _EXTENSION,
        _element(f"{{{CBC}}}ID", text="1", schemeID="SPD"),
        _element(f"{{{CBC}}}Name", text="Acueducto"),
        _element(_CONTENT, content),
    )
    document = read_one(example()).model_copy(
        update={"kind": "equivalent_document", "type_code": "60", "extensions": (extension,)}
    )
    rendered = render(document)
    assert validate(parse_xml(rendered), load_schemas()) == []
    assert read_one(rendered) == document


def test_guide_names_what_is_left_out() -> None:
    """docs/render.md has a line for everything that these tests allow to be left out."""
    guide = (_ROOT / "docs" / "render.md").read_text(encoding="utf-8")
    listed = guide[guide.index("## What is left out") :]
    for word in (
        "ds:Signature",
        "signing_time",
        "ExtensionContent",
        "White space",
        "Text between elements",
        "Comments",
        "prefixes",
        "time zone",
        "zeros",
    ):
        assert word in listed, word


FORMS = [
    ("2026-11-20-05:00</cbc:IssueDate>", "2026-11-20</cbc:IssueDate>"),
    ("2026-11-20Z</cbc:IssueDate>", "2026-11-20</cbc:IssueDate>"),
    ("+626838.06</cbc:PayableAmount>", "626838.06</cbc:PayableAmount>"),
    ("00626838.06</cbc:PayableAmount>", "626838.06</cbc:PayableAmount>"),
]


@pytest.mark.parametrize(("written", "rendered"), FORMS)
def test_forms_of_one_value(written: str, rendered: str) -> None:
    """A date loses its time zone, an amount its plus sign and zeros in front: the value is the same."""
    assert again(changed(example(), f">{rendered}", f">{written}")) == render(read_one(example()))
