"""Attacks on an XML parser: each gives a report, never another exception, a file's text or a hang."""

from decimal import Decimal

import pytest

from cuadre.engine.errors import DocumentError
from cuadre.engine.limits import MAX_BYTES, MAX_PARTS, MAX_PROBLEMS, MAX_VALUES
from cuadre.reading import read
from cuadre.ubl.reading.tree import parse_xml

from .writing import changed, checked, example, refused_at, write

PAYABLE = ">626838.06</cbc:PayableAmount>"
_HEAD, _BODY = example().split("\n", 1)
_ID = "<cbc:ID>SETP990000101</cbc:ID>"
_ID_LINE = 49
_LAST_LINE = 294


def _with_doctype(doctype: str, body: str = _BODY) -> str:
    return f"{_HEAD}{doctype}\n{body}"


def _at_end(inserted: str) -> str:
    return changed(_BODY, "</Invoice>", f"{inserted}</Invoice>")


_LAUGHS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10}">' for depth in range(1, 11)
)
_ENTITY = '<!DOCTYPE Invoice [<!ENTITY x "1">]>'
DOCTYPES = {
    "external entity": _with_doctype(
        '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        changed(_BODY, _ID, "<cbc:ID>&x;</cbc:ID>"),
    ),
    "parameter entity": _with_doctype('<!DOCTYPE Invoice [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'),
    "entity in a text": _with_doctype(_ENTITY, changed(_BODY, PAYABLE, ">626838&x;.06</cbc:PayableAmount>")),
    "entity in an attribute": _with_doctype(
        '<!DOCTYPE Invoice [<!ENTITY x "COP">]>', _BODY.replace('currencyID="COP"', 'currencyID="&x;"')
    ),
    "entity that nothing uses": _with_doctype(_ENTITY),
    "default of an attribute": _with_doctype('<!DOCTYPE Invoice [<!ATTLIST Invoice languageID CDATA "es">]>'),
    "empty": _with_doctype("<!DOCTYPE Invoice>"),
    "on the network": _with_doctype('<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "public": _with_doctype('<!DOCTYPE Invoice PUBLIC "-//X//Y" "file:///etc/passwd">'),
    "billion laughs": _with_doctype(f"<!DOCTYPE Invoice [{_LAUGHS}]>", _at_end("<a>&l10;</a>")),
    "billion laughs in an attribute": _with_doctype(
        f"<!DOCTYPE Invoice [{_LAUGHS}]>", _at_end('<a b="&l10;"/>')
    ),
    "quadratic blow-up": _with_doctype(
        f'<!DOCTYPE Invoice [<!ENTITY x "{"a" * 100_000}">]>', _at_end(f"<a>{'&x;' * 10_000}</a>")
    ),
}
ENCODINGS = {"utf-16": None, "utf-7": 1, "utf-32": None, "utf-8-sig": 1, "cp1252": 1}
"""Encodings, and the line of a declaration in the first; unknown where a character has several bytes."""
BROKEN = {
    "a byte that is not UTF-8": (example().encode().replace(b">SETP990000101<", b">\xed<"), _ID_LINE),
    "NUL": (example().encode().replace(b">SETP990000101<", b">S\x00<"), _ID_LINE),
    "NUL by number": (changed(example(), ">SETP990000101<", ">&#0;<").encode(), _ID_LINE),
    "a control character": (changed(example(), ">SETP990000101<", ">\x01<").encode(), _ID_LINE),
    "half a surrogate": (changed(example(), ">SETP990000101<", ">&#xD800;<").encode(), _ID_LINE),
    "an entity nobody declared": (changed(example(), ">SETP990000101<", ">&x;<").encode(), _ID_LINE),
    "an encoding nobody knows": (changed(example(), "UTF-8", "klingon").encode(), 1),
    "UTF-8 that says UTF-16": (changed(example(), "UTF-8", "UTF-16").encode(), 1),
    "two roots": ((example() + _BODY).encode(), _LAST_LINE + 1),
    "a mark of order alone": (b"\xff\xfe", 1),
    "half a start tag": (b"<", 1),
    "another root": (b"<a/>", 1),
    "HTML": (b"<html><body>502 Bad Gateway</body></html>", 1),
    "a space before the declaration": (b" " + example().encode(), 1),
}


@pytest.mark.parametrize("attack", DOCTYPES.values(), ids=DOCTYPES)
def test_doctype(attack: str) -> None:
    """A document type declaration is refused whatever it holds, and no entity is ever replaced."""
    assert refused_at(attack) is not None
    assert "root:" not in repr(checked(attack))


def test_line_of_doctype() -> None:
    """The line is that of the declaration, or there is none: never another one."""
    assert refused_at(_with_doctype("<!DOCTYPE Invoice>")) == 1
    assert refused_at(_with_doctype("\n\n<!DOCTYPE Invoice>")) == 3
    assert refused_at(_with_doctype("<!-- <!DOCTYPE Invoice> -->\n<!DOCTYPE Invoice>")) in {None, 2}


@pytest.mark.parametrize(("encoding", "line"), ENCODINGS.items(), ids=ENCODINGS)
def test_doctype_in_disguise(encoding: str, line: int | None) -> None:
    """A declaration is seen in every encoding that the parser understands, and the rest is read."""
    declared = _HEAD.replace("UTF-8", encoding.removesuffix("-sig"))
    assert refused_at(f"{declared}{_ENTITY}\n{_BODY}".encode(encoding)) == line
    assert checked(f"{declared}\n{_BODY}".encode(encoding)).verdict == "accepted"


# What the bytes are, and declarations that say something else.
CONTRADICTIONS = {
    "utf-8": ["UTF-16", "utf-16le", "UTF-16BE", "UTF-32", "UCS-2", "ISO-10646-UCS-4"],
    "utf-8-sig": ["UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "windows-1252", "US-ASCII", "utf-7"],
    "utf-16": ["UTF-8", "UTF-16BE", "UTF-32", "ISO-8859-1", "US-ASCII", "utf-7"],
    "utf-16-le": ["UTF-8", "utf-8", "UTF-16BE", "UTF-32LE", "ISO-8859-1"],
    "utf-16-be": ["UTF-8", "utf-8", "UTF-16LE", "UTF-32BE", "ISO-8859-1"],
    "utf-32": ["UTF-8", "UTF-16", "UTF-32BE", "ISO-8859-1"],
    "utf-32-le": ["UTF-8", "UTF-16LE", "UTF-32BE"],
    "utf-32-be": ["UTF-8", "UTF-16BE", "UTF-32LE"],
}


@pytest.mark.parametrize(
    ("written", "declared"), [(name, label) for name in CONTRADICTIONS for label in CONTRADICTIONS[name]]
)
def test_encoding_that_the_declaration_denies(written: str, declared: str) -> None:
    """What is written in another encoding than it declares is refused, since parsers do not agree on it."""
    text = changed(example(), 'encoding="UTF-8"', f'encoding="{declared}"')
    with pytest.raises(DocumentError) as caught:
        parse_xml(text.encode(written))
    detail = caught.value.detail
    assert (detail["line"], detail["declared"]) == (1, declared)
    assert str(detail["written"]).replace("-", "").lower() in {
        "bytes",
        written.replace("-", "").removesuffix("sig"),
        f"{written.replace('-', '')}le",
    }


@pytest.mark.parametrize(
    ("written", "declaration"),
    [
        ("utf-8-sig", ""),
        ("utf-8-sig", '<?xml version="1.0"?>'),
        ("utf-8", "<?xml version='1.0' encoding='utf8'?>"),
        ("utf-16", ""),
        ("utf-16", '<?xml version="1.0"?>'),
        ("utf-16", '<?xml version="1.0" encoding="UTF-16LE"?>'),
        ("utf-16-be", '<?xml version="1.0" encoding="utf-16"?>'),
        ("utf-16-le", '<?xml version="1.0" encoding="UTF-16LE"?>'),
        ("utf-32", '<?xml version="1.0" encoding="UTF-32"?>'),
        ("latin-1", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
    ],
)
def test_encoding_as_declared(written: str, declaration: str) -> None:
    """What is written as it declares, or declares nothing and says it by its first bytes, is read."""
    root = parse_xml(f"{declaration}{_BODY}".encode(written))
    assert root.findtext("{*}ID") == "SETP990000101"


@pytest.mark.parametrize(("data", "line"), BROKEN.values(), ids=BROKEN)
def test_not_well_formed(data: bytes, line: int) -> None:
    """What is not XML, or not a document, is refused at its line."""
    assert refused_at(data) == line


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"\xef\xbb\xbf", b"\x00", b"\x00" + _BODY.encode(), b"%PDF-1.7", b"[]", b"PK\x03\x04"],
)
def test_neither_xml_nor_json(data: bytes) -> None:
    """Empty input, and what is neither XML nor a JSON object, has no line."""
    assert refused_at(data) is None


def test_much_white_space_first() -> None:
    """White space before the root is XML as long as there is no declaration, however much it is."""
    assert checked("\n" * 100 + _BODY).verdict == "accepted"


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_truncated(share: float) -> None:
    """A file that was cut off is refused at its last line."""
    data = example().encode()
    cut = data[: int(len(data) * share)]
    assert refused_at(cut) == cut.count(b"\n") + 1


@pytest.mark.parametrize(
    "inserted",
    [
        "<a>" * 300 + "</a>" * 300,
        f"<a>{'a' * 10_100_000}</a>",
        f'<a b="{"a" * 10_100_000}"/>',
    ],
    ids=["depth", "text", "attribute"],
)
def test_limits_of_the_parser(inserted: str) -> None:
    """A depth above 256, and a text or an attribute above 10 MB, are refused where they stand."""
    assert refused_at(_at_end(inserted)) == _LAST_LINE - 1


def test_bytes() -> None:
    """More than 20 MB are refused before anything is parsed; exactly 20 MB are read."""
    data = example().encode()
    comments, rest = divmod(MAX_BYTES - len(data), 1_000_000)
    data += b"<!--%b-->" % (b" " * 999_993) * comments + b" " * rest
    assert len(data) == MAX_BYTES
    assert checked(data).verdict == "accepted"
    assert refused_at(data + b" ") is None


def test_number_of_aggregates() -> None:
    """A document of 250,000 tiny lines is parsed; one more is refused at its line."""
    ten = "<cac:InvoiceLine/>" * 10 + "\n"
    assert len(parse_xml(write(ten * (MAX_PARTS // 10)))) == MAX_PARTS
    assert refused_at(write(ten * (MAX_PARTS // 10) + "<cac:InvoiceLine/>")) == MAX_PARTS // 10 + 3
    assert refused_at(write(ten * 80_000)) == MAX_PARTS // 10 + 3


def test_number_of_elements() -> None:
    """A document of a million elements and attributes is parsed; one more is refused at its line."""
    ten = '<cbc:Note languageID=""/>' * 10 + "\n"
    body = ten * (MAX_VALUES // 20 - 1) + '<cbc:Note languageID=""/>' * 9
    assert len(parse_xml(write(body + "<cbc:Note/>"))) == MAX_VALUES // 2
    assert refused_at(write(body + "<cbc:Note/><cbc:Note/>")) == MAX_VALUES // 20 + 2


def test_number_of_tags() -> None:
    """More than two million tags are refused at their line before they are parsed."""
    assert refused_at(write("<a></a>\n" * MAX_VALUES)) == MAX_VALUES - 3


def test_ten_thousand_long_lines() -> None:
    """10,000 lines of 60 elements, 21 of them aggregates, are within the limits of elements."""
    tax = "<cac:TaxTotal><cac:TaxSubtotal/></cac:TaxTotal>" * 10
    line = f"<cac:InvoiceLine>{tax}{'<cbc:Note/>' * 39}</cac:InvoiceLine>"
    assert line.count("<c") == 60
    assert parse_xml(write(line * 10_000)) is not None


def test_many_problems() -> None:
    """Of 5,000 amounts that are none, 1,000 are listed with their places, the others counted."""
    line = "<cac:InvoiceLine><cbc:LineExtensionAmount>1,5</cbc:LineExtensionAmount></cac:InvoiceLine>\n"
    data = write(line * 5000)
    with pytest.raises(DocumentError) as caught:
        read(data)
    assert caught.value.detail["more"] == 4000
    document = checked(data)
    assert document.verdict == "unreadable"
    assert [finding.place.line for finding in document.findings] == list(range(3, MAX_PROBLEMS + 3))
    assert document.more == 4000
    assert "4000 more" in (document.layers[0].reason or "")


def test_many_unknown_keys() -> None:
    """Of 5,000 keys that a document does not have, the first 1,000 are listed, and the others counted."""
    keys = "".join(f', "k{number}": 1' for number in range(5000))
    document = checked(f'{{"kind": "invoice"{keys}}}')
    assert document.verdict == "unreadable"
    assert [finding.place.pointer for finding in document.findings] == [f"/k{n}" for n in range(MAX_PROBLEMS)]
    assert document.more == 4000
    assert "4000 more" in (document.layers[0].reason or "")


def test_depth_that_is_allowed() -> None:
    """A depth of 250 is read, carried and reported; only the schema has a word against it."""
    _is_no_ubl_but_else_accepted(_at_end("<a>" * 250 + "</a>" * 250))


def test_many_elements() -> None:
    """Two hundred thousand elements more are read; only the schema has a word against them."""
    _is_no_ubl_but_else_accepted(_at_end("<a/>" * 200_000))


def _is_no_ubl_but_else_accepted(text: str) -> None:
    report = checked(text)
    assert (report.verdict, {finding.code for finding in report.findings}) == ("rejected", {"XSD"})
    assert {finding.place.line for finding in report.findings} == {_LAST_LINE - 1}
    report = checked(text, ignore="XSD")
    assert (report.verdict, report.findings) == ("accepted", ())


def test_many_attributes() -> None:
    """A hundred thousand attributes are refused, since looking each up costs the square of their number."""
    attributes = " ".join(f'a{number}=""' for number in range(100_000))
    assert refused_at(_at_end(f"<a {attributes}/>")) == _LAST_LINE - 1


@pytest.mark.parametrize("name", ["cac:InvoiceLine", "cac:Price", "cac:PricingReference"])
def test_many_attributes_of_an_aggregate(name: str) -> None:
    """An aggregate has no attributes in UBL; with a few it is read, with very many it is refused."""
    line = (
        f"<cac:InvoiceLine><{name}{{}}/></cac:InvoiceLine>" if name != "cac:InvoiceLine" else f"<{name}{{}}/>"
    )
    few, many = ("".join(f' a{number}=""' for number in range(count)) for count in (32, 100_000))
    assert read(write(line.format(few))).document is not None
    assert refused_at(write(line.format(many))) == 3


def test_comments_that_do_not_end() -> None:
    """The line of a declaration is found without a search from each sign that looks like a comment."""
    data = b"<!DOCTYPE Invoice><Invoice><![CDATA[" + b"<!--" * 200_000 + b"]]></Invoice>"
    assert refused_at(data) == 1


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12<!-- x -->34", "1234"),
        ("12<?x y?>34", "1234"),
        ("<!-- 9 -->12<!-- x --><?x?>34.50<!-- 9 -->", "1234.50"),
        ("<![CDATA[12]]>34", "1234"),
        ("<![CDATA[1234.5]]>", "1234.5"),
        ("12&#51;4", "1234"),
        ("\n  1234.00\n", "1234.00"),
    ],
)
def test_amount_in_pieces(written: str, amount: str) -> None:
    """A comment, an instruction, CDATA or a character reference does not cut an amount short."""
    data = changed(_BODY, PAYABLE, f">{written}</cbc:PayableAmount>").encode()
    document = read(data).document
    assert document is not None
    assert document.legal_monetary_total is not None
    assert str(document.legal_monetary_total.payable_amount) == str(Decimal(amount))


def test_element_inside_an_amount() -> None:
    """An element inside an amount would cut it short, so the document is not read."""
    assert refused_at(changed(_BODY, PAYABLE, ">626838<x/>.06</cbc:PayableAmount>")) is not None


def test_instructions_and_comments_outside() -> None:
    """Instructions and comments around the document change nothing."""
    assert (
        checked(f"{_HEAD}<?xml-stylesheet href='file:///etc/passwd'?><!-- x -->\n{_BODY}").verdict
        == "accepted"
    )


def test_inclusion() -> None:
    """XInclude and schemaLocation are carried and never followed."""
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    document = read(_at_end(include).encode()).document
    assert document is not None
    assert [(part.local_name, part.text) for part in document.other if part.local_name == "include"] == [
        ("include", "")
    ]
