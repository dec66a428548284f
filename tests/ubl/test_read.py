"""What the reader takes from a document, and what it refuses with its place."""

from decimal import Decimal

import pytest

from cuadre.engine.model.document import Document
from cuadre.engine.source import Place
from cuadre.reading import read
from cuadre.ubl.mapping.namespaces import STS_OLD

from .writing import STS, changed, checked, example, refused_at, write

KINDS = [
    ("Invoice", "Invoice", "01", "invoice"),
    ("Invoice", "Invoice", "02", "invoice"),
    ("Invoice", "Invoice", "", "invoice"),
    ("Invoice", "Invoice", "05", "support_document"),
    ("Invoice", "Invoice", "20", "equivalent_document"),
    ("Invoice", "Invoice", "60", "equivalent_document"),
    ("Invoice", "Invoice", " 20 ", "equivalent_document"),
    ("CreditNote", "CreditNote", "91", "credit_note"),
    ("CreditNote", "CreditNote", "", "credit_note"),
    ("CreditNote", "CreditNote", "95", "support_document_adjustment"),
    ("CreditNote", "CreditNote", "94", "equivalent_document_credit_note"),
    ("CreditNote", "CreditNote", "93", "equivalent_document_debit_note"),
    ("DebitNote", "DebitNote", "92", "debit_note"),
]
DATES = ["2026-02-30", "2026-13-01", "", "20-11-2026", "2026-11-20T10:00:00Z", "mañana", "86400", "20261120"]
AMOUNTS = [
    "12,50",
    "1.000.000,00",
    "",
    " ",
    "1e5",
    "NaN",
    "Infinity",
    "1_000",
    "0x10",
    "$ 12.50",
    "١٢",
    "--1",
]
_ID = "<cbc:ID>SETP990000101</cbc:ID>"
_DATE = "<cbc:IssueDate>2026-11-20</cbc:IssueDate>"
_PAYABLE = '<cbc:PayableAmount currencyID="COP">626838.06</cbc:PayableAmount>'


def _read(data: bytes | str) -> Document:
    document = read(data.encode() if isinstance(data, str) else data).document
    assert document is not None
    return document


@pytest.mark.parametrize(("root", "prefix", "code", "kind"), KINDS)
def test_kind(root: str, prefix: str, code: str, kind: str) -> None:
    """The root and the type code tell the kind."""
    document = _read(write(f"<cbc:{prefix}TypeCode>{code}</cbc:{prefix}TypeCode>", root))
    assert (document.kind.value, document.type_code) == (kind, code.strip())


@pytest.mark.parametrize("root", ["Invoice", "CreditNote", "DebitNote"])
def test_empty_document(root: str) -> None:
    """What a document does not state is absent, and not zero; UBL of DIAN is Colombian."""
    document = _read(write("", root))
    stated = {name for name in Document.model_fields if getattr(document, name) not in (None, ())}
    assert (stated, document.country) == ({"kind", "country"}, "CO")


@pytest.mark.parametrize(
    "written", ["100", "100.0", "100.00", "+1.50", ".5", "5.", "0.000000000001", "-0.00"]
)
def test_digits(written: str) -> None:
    """An amount keeps the digits that it was written with."""
    total = _read(changed(example(), _PAYABLE, _PAYABLE.replace("626838.06", written))).legal_monetary_total
    assert total is not None
    assert str(total.payable_amount) == str(Decimal(written))


def test_currencies() -> None:
    """Amounts whose currencyID is not the document's are listed with their path, the others are not."""
    text = changed(example(), _PAYABLE, _PAYABLE.replace("COP", "USD"))
    text = text.replace('<cbc:PriceAmount currencyID="COP">', "<cbc:PriceAmount>", 1)
    assert [(amount.path, amount.currency_id) for amount in _read(text).foreign_currencies] == [
        (("legal_monetary_total", "payable_amount"), "USD"),
        (("lines", 0, "price", "price_amount"), None),
    ]
    assert _read(example()).foreign_currencies == ()
    assert _read(example("foreign-currency")).foreign_currencies == ()


def test_attributes() -> None:
    """Attributes with a field are in it; the others stand under its name, where they are not the usual."""
    document = _read(example())
    assert (document.uuid_scheme_id, document.uuid_scheme_name) == ("2", "CUFE-SHA384")
    assert document.attributes is None
    other = _read(changed(example(), 'listID="ISO 4217 Alpha"', 'listID="ISO 4217"')).attributes
    agency = "United Nations Economic Commission for Europe"
    assert other == {
        "document_currency_code": {"listAgencyID": "6", "listAgencyName": agency, "listID": "ISO 4217"}
    }
    line = _read(write('<cac:InvoiceLine><cbc:ID schemeID="1">7</cbc:ID></cac:InvoiceLine>')).lines[0]
    assert (line.id, line.attributes) == ("7", {"id": {"schemeID": "1"}})


def test_what_is_not_understood() -> None:
    """Elements without a field are carried where they stood, in order, with all that they hold."""
    body = '<x:a xmlns:x="urn:x" b="1">t<x:c>2</x:c></x:a><cbc:AccountingCost>66 12</cbc:AccountingCost>'
    document = _read(write(f"{body}<cac:InvoiceLine><cac:Item><a/></cac:Item></cac:InvoiceLine>"))
    first, second = document.other
    assert (first.name, first.text, first.attributes) == ("{urn:x}a", "t", {"b": "1"})
    assert [(child.name, child.text) for child in first.children] == [("{urn:x}c", "2")]
    assert (second.local_name, second.text) == ("AccountingCost", "66 12")
    item = document.lines[0].item
    assert item is not None
    assert [part.local_name for part in item.other] == ["a"]


def test_parties() -> None:
    """The parties of an example have fields, and what of them has none can be asked for by local names."""
    supplier = _read(example()).accounting_supplier_party
    assert supplier is not None
    (tax,) = supplier.party_tax_schemes
    assert (tax.company_id, tax.company_id_scheme_id, tax.company_id_scheme_name) == ("990412378", "9", "31")
    assert (supplier.company_id, supplier.other, tax.attributes) == ("990412378", (), None)
    start = "<cac:AccountingSupplierParty><cac:Party>"
    body = f'{start}<cac:Person><cbc:ID languageID="es">7</cbc:ID></cac:Person>'
    supplier = _read(write(f"{body}</cac:Party></cac:AccountingSupplierParty>")).accounting_supplier_party
    assert supplier is not None
    (party,) = supplier.other
    found = party.find("Person/ID")
    assert found is not None
    assert (party.local_name, found.text, found.attributes) == ("Party", "7", {"languageID": "es"})


@pytest.mark.parametrize(
    ("old", "twice", "line"),
    [
        (_ID, f"{_ID}\n{_ID}", 50),
        (_PAYABLE, f"{_PAYABLE}\n{_PAYABLE}", 208),
        ("</cac:LegalMonetaryTotal>", "</cac:LegalMonetaryTotal>\n<cac:LegalMonetaryTotal/>", 209),
        ("<cbc:LineCountNumeric>3<", "<cbc:LineCountNumeric/>\n<cbc:LineCountNumeric>3<", 57),
    ],
)
def test_repeated(old: str, twice: str, line: int) -> None:
    """An element that stands twice where UBL allows one is refused at the line of the second."""
    assert refused_at(changed(example(), old, twice)) == line


def test_repeated_tax_category() -> None:
    """A second tax category in one subtotal is refused, since one of them would be lost."""
    category = "<cac:TaxCategory>\n<cbc:Percent>19</cbc:Percent></cac:TaxCategory>\n"
    subtotal = f"<cac:TaxSubtotal>{category}{category}</cac:TaxSubtotal>"
    assert refused_at(write(f"<cac:TaxTotal>{subtotal}</cac:TaxTotal>")) == 6


@pytest.mark.parametrize("amount", [*AMOUNTS, "1" * 19, "0." + "1" * 13, "9" * 100_000])
def test_not_an_amount(amount: str) -> None:
    """What is not an amount is refused with its place."""
    report = checked(changed(example(), _PAYABLE, _PAYABLE.replace("626838.06", amount)))
    assert (report.verdict, [finding.place for finding in report.findings]) == (
        "unreadable",
        [
            Place(
                path="legal_monetary_total.payable_amount",
                line=207,
                xpath="/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount",
            )
        ],
    )


@pytest.mark.parametrize("date", DATES)
def test_not_a_date(date: str) -> None:
    """What is not a date such as 2026-11-20 is refused with its place: a number is no date."""
    report = checked(changed(example(), _DATE, f"<cbc:IssueDate>{date}</cbc:IssueDate>"))
    assert (report.verdict, [finding.place for finding in report.findings]) == (
        "unreadable",
        [Place(path="issue_date", line=51, xpath="/Invoice/cbc:IssueDate")],
    )


def test_white_space_around_values() -> None:
    """XML Schema drops white space around dates, amounts and codes, and so does the reader."""
    text = changed(example(), _DATE, "<cbc:IssueDate>\n 2026-11-20 </cbc:IssueDate>")
    text = changed(text, _ID, "<cbc:ID>\n SETP990000101\t</cbc:ID>")
    document = _read(text)
    assert (str(document.issue_date), document.id) == ("2026-11-20", "SETP990000101")


def test_every_fault_is_listed() -> None:
    """All figures that cannot be understood are reported at once, each at its place."""
    text = changed(example(), _PAYABLE, _PAYABLE.replace("626838.06", "12,50"))
    text = changed(text, _DATE, "<cbc:IssueDate>2026-02-30</cbc:IssueDate>")
    text = text.replace('unitCode="94">40.00<', 'unitCode="94">forty<')
    places = {(finding.place.path, finding.place.line) for finding in checked(text).findings}
    assert places == {
        ("issue_date", 51),
        ("legal_monetary_total.payable_amount", 207),
        ("lines[0].quantity", 211),
        ("lines[0].price.base_quantity", 239),
    }


@pytest.mark.parametrize("sts", [STS, STS_OLD])
def test_extensions(sts: str) -> None:
    """The authorisation is read in both of DIAN's namespaces, and the time from the signature."""
    control = (
        "<sts:InvoiceAuthorization> 18760000001 </sts:InvoiceAuthorization><sts:AuthorizationPeriod>"
        "<cbc:StartDate>2026-01-01</cbc:StartDate><cbc:EndDate>2027-12-31</cbc:EndDate>"
        "</sts:AuthorizationPeriod><sts:AuthorizedInvoices><sts:Prefix>SETP</sts:Prefix>"
        "<sts:From>1</sts:From><sts:To>20</sts:To></sts:AuthorizedInvoices>"
    )
    dian = f"<sts:DianExtensions><sts:InvoiceControl>{control}</sts:InvoiceControl></sts:DianExtensions>"
    signed = (
        "<ds:Signature><a><xades:SigningTime>2026-11-20T10:00:00-05:00</xades:SigningTime></a></ds:Signature>"
    )
    extensions = "".join(
        f"<ext:UBLExtension><ext:ExtensionContent>{content}</ext:ExtensionContent></ext:UBLExtension>"
        for content in ("", dian, signed)
    )
    document = _read(write(f"<ext:UBLExtensions>{extensions}</ext:UBLExtensions>", sts=sts))
    assert document.signing_time == "2026-11-20T10:00:00-05:00"
    assert document.invoice_control is not None
    assert document.invoice_control.model_dump(mode="json", exclude_defaults=True) == {
        "invoice_authorization": "18760000001",
        "start_date": "2026-01-01",
        "end_date": "2027-12-31",
        "prefix": "SETP",
        "from_number": "1",
        "to_number": "20",
    }


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        (" <!-- c -->", " "),
        ("  <![CDATA[x]]>", "  x"),
        (" <?p?> ", "  "),
        ("<!-- -->  <!-- -->b", "  b"),
        ("  ", "  "),
        ("\n", "\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_blanks_of_texts(inside: str, note: str, encoding: str) -> None:
    """Blanks that belong to a text stay, whatever stands beside them and in whatever encoding."""
    text = write(f"<cbc:Note>{inside}</cbc:Note>\n<cbc:Note>ñ</cbc:Note>").decode()
    data = text.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding)
    assert _read(data).note == (note, "ñ")
