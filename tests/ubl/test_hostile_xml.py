"""Attacks on an XML parser: each gives a report, never another exception, a file's text or a hang."""

from decimal import Decimal

import pytest

from cuadre.engine.amounts import MAX_BYTES
from cuadre.reading import read

from .writing import changed, checked, example, refused_at

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
