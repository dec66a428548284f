"""XML as bytes and as plain elements: read without DTD, entities or network, written with escaping."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Never
from xml.parsers import expat

from cuadre.engine.errors import DocumentError
from cuadre.engine.limits import MAX_BYTES
from cuadre.engine.model.element import Element

MAX_DEPTH = 64
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
"""The attribute of an element that has no value; ``true`` says so."""
_XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no way to say, not even as a reference (production 2, Char).
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
_TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def read_xml(data: bytes) -> Element:
    """Read XML into elements whose names are in Clark notation; comments and instructions are dropped.

    White space around child elements is dropped, text of an element without children stays as it is.
    Raises DocumentError where the bytes are no well-formed XML, hold a DTD, are more than 20 MB, or are
    nested deeper than 64 levels.
    """
    if len(data) > MAX_BYTES:
        _refuse(f"the XML has {len(data)} bytes, more than the limit of {MAX_BYTES}")
    reading = _Reading(expat.ParserCreate(namespace_separator="}"))
    try:
        reading.parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        _refuse(f"not XML: {message} at line {error.lineno}, column {error.offset + 1}")
    except (LookupError, UnicodeError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        _refuse("not XML: its encoding is not known")
    return reading.root.element()


def _refuse(sentence: str) -> Never:
    raise DocumentError(sentence, problems=[])


class _Open(NamedTuple):
    """An element that is being read."""

    name: str
    attributes: dict[str, str]
    texts: list[str]
    children: list[Element]

    def element(self) -> Element:
        text = "".join(self.texts)
        return Element(
            self.name, text.strip() if self.children else text, self.attributes, tuple(self.children)
        )


class _Reading:
    """One pass of the parser over one text."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.stack: list[_Open] = []
        self.root = _Open("", {}, [], [])
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _doctype(self, *_: Any) -> None:  # noqa: ANN401 - expat passes name, ids and a flag
        _refuse("the XML has a DTD (DOCTYPE), which is refused")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.stack) >= MAX_DEPTH:
            _refuse(f"the XML is nested deeper than {MAX_DEPTH} levels")
        named = {_clark(key): value for key, value in attributes.items()}
        self.stack.append(_Open(_clark(name), named, [], []))

    def _end(self, name: str) -> None:
        del name
        done = self.stack.pop()
        if self.stack:
            self.stack[-1].children.append(done.element())
        else:
            self.root = done

    def _text(self, text: str) -> None:
        if self.stack:
            self.stack[-1].texts.append(text)


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def write_xml(root: Element, prefixes: Mapping[str, str], *, declaration: bool = True) -> bytes:
    """Write elements as UTF-8 XML; ``prefixes`` gives each namespace its prefix, or "" for the default.

    Every namespace of ``prefixes`` is declared on the root. Raises DocumentError for a character that
    XML cannot hold, and KeyError for a namespace that has no prefix (for an attribute, "" is none).
    """
    names = {_XML: "xml", **prefixes}
    spaces = {f"xmlns:{prefix}" if prefix else "xmlns": uri for uri, prefix in prefixes.items()}
    head = '<?xml version="1.0" encoding="utf-8"?>' if declaration else ""
    return (head + "".join(_written(root, names, spaces, spaces.get("xmlns", "")))).encode()


def _written(
    element: Element, names: Mapping[str, str], spaces: Mapping[str, str], default: str
) -> Iterator[str]:
    """Write an element where ``default`` is the namespace of names without a prefix."""
    name, uri = _prefixed(element.name, names), _namespace(element.name)
    if ":" not in name and uri != default:
        spaces, default = {**spaces, "xmlns": uri}, uri
    # An attribute without a prefix has no namespace: the default one is for elements.
    marks = {uri: prefix for uri, prefix in names.items() if prefix}
    attributes = {**spaces, **{_prefixed(key, marks): value for key, value in element.attributes.items()}}
    head = "".join([name, *(f' {key}="{escaped(value)}"' for key, value in attributes.items())])
    if not element.text and not element.children:
        yield f"<{head}/>"
        return
    yield f"<{head}>{escaped_text(element.text)}"
    for child in element.children:
        yield from _written(child, names, {}, default)
    yield f"</{name}>"


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _prefixed(name: str, names: Mapping[str, str]) -> str:
    if not name.startswith("{"):
        return name
    prefix, local = names[_namespace(name)], name.rpartition("}")[2]
    return f"{prefix}:{local}" if prefix else local


def escaped_text(text: str) -> str:
    """Escape text between tags; raise DocumentError for a character that XML cannot hold."""
    return _checked(text).translate(_TEXT_ESCAPES)


def escaped(text: str) -> str:
    """Escape text in quotation marks; raise DocumentError as ``escaped_text`` does."""
    return _checked(text).translate(_ESCAPES)


def _checked(text: str) -> str:
    found = _NO_CHARACTER.search(text)
    if found is not None:
        _refuse(f"XML has no character U+{ord(found[0]):04X}")
    return text
