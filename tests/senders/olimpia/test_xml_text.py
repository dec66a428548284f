"""XML that senders read and write: plain elements, nothing hostile."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuadre.engine.errors import DocumentError
from cuadre.engine.limits import MAX_BYTES
from cuadre.engine.model.element import Element
from cuadre.senders.payloads.xml_text import MAX_DEPTH, NIL, escaped, read_xml, write_xml

A, B = "urn:a", "urn:b"
PREFIXES = {A: "", B: "b"}


def test_read() -> None:
    """Names are in Clark notation; comments, instructions and white space between tags are dropped."""
    data = b"""<?xml version="1.0"?><!-- uno --><r xmlns="urn:a" xmlns:b="urn:b" b:k="v" c="d">
      <?pi x?><b:s> t&amp;<!-- dos -->u </b:s>
      <e/><z><![CDATA[<q>]]></z>
    </r>"""
    assert read_xml(data) == Element(
        "{urn:a}r",
        "",
        {"{urn:b}k": "v", "c": "d"},
        (
            Element("{urn:b}s", " t&u "),
            Element("{urn:a}e"),
            Element("{urn:a}z", "<q>"),
        ),
    )


def test_nil() -> None:
    """The attribute that says that there is no value has its name."""
    root = read_xml(b'<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>')
    assert root.attributes == {NIL: "true"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    """A declared encoding is read."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>ñandú</a>'
    assert read_xml(text.encode(encoding)).text == "ñandú"


_LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ja"}">' for i in range(10))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"a",
        b"<a>",
        b"<a></b>",
        b"<a/><b/>",
        b"<a>&unknown;</a>",
        b"<a>\x00</a>",
        b"<a>\xff</a>",
        b'<a k="1" k="2"/>',
        b"<b:a/>",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        f"<!DOCTYPE a [{_LAUGHS}]><a>&l9;</a>".encode(),
        b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1),
        b"<a>" * 200_000,
        b"<a>" + b" " * MAX_BYTES + b"</a>",
    ],
    ids=range(19),
)
def test_refused(data: bytes) -> None:
    """What is malformed, has a DTD, is too deep or too large is an error of cuadre."""
    with pytest.raises(DocumentError):
        read_xml(data)


def test_deepest() -> None:
    """As many levels as are allowed are read."""
    root = read_xml(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH)
    assert (root.name, len(root.children)) == ("a", 1)


def test_write() -> None:
    """Namespaces are declared once, on the root; what XML means something by is escaped."""
    root = Element("{urn:a}r", "", {"k": '"\n<'}, (Element("{urn:b}s", "a<b>&\r"), Element("t")))
    assert write_xml(root, PREFIXES, declaration=False) == (
        b'<r xmlns="urn:a" xmlns:b="urn:b" k="&quot;&#10;&lt;">'
        b'<b:s>a&lt;b&gt;&amp;&#13;</b:s><t xmlns=""/></r>'
    )
    assert write_xml(root, PREFIXES).startswith(b'<?xml version="1.0" encoding="utf-8"?><r ')


def test_namespace_without_prefix() -> None:
    """A namespace without a prefix cannot be written; for an attribute the default one has none."""
    for element in (Element("{urn:c}r"), Element("r", "", {"{urn:a}k": "v"})):
        with pytest.raises(KeyError):
            write_xml(element, PREFIXES)


@pytest.mark.parametrize("text", ["\x00", "a\x0bb", "\ufffe", "\ud800"])
def test_no_character(text: str) -> None:
    """A character that XML cannot hold is refused, wherever it stands."""
    for element in (Element("a", text), Element("a", "", {"k": text})):
        with pytest.raises(DocumentError):
            write_xml(element, {})
    with pytest.raises(DocumentError):
        escaped(text)


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r"),
    max_size=10,
)
_NAME = st.sampled_from(["w", "{urn:a}x", "{urn:a}y", "{urn:b}z", "{http://www.w3.org/XML/1998/namespace}x"])
_KEY = st.sampled_from(["k", "{urn:b}l", "{http://www.w3.org/XML/1998/namespace}lang"])
_ATTRIBUTES = st.dictionaries(_KEY, _TEXT, max_size=2)
_LEAF = st.builds(Element, _NAME, _TEXT, _ATTRIBUTES, st.just(()))
_ELEMENTS = st.recursive(
    _LEAF,
    lambda inner: st.builds(
        Element, _NAME, st.just(""), _ATTRIBUTES, st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@settings(deadline=None, derandomize=True, database=None)
@given(_ELEMENTS)
def test_any_element_comes_back(element: Element) -> None:
    """What is written is read back as it was, whatever its text and attributes."""
    assert read_xml(write_xml(element, PREFIXES)) == element


@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(st.binary(max_size=40) | st.text("<>/ax=\"'&;![]-?", max_size=30).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are read or refused, and nothing else happens."""
    try:
        root = read_xml(data)
    except DocumentError:
        return
    assert isinstance(root, Element)
