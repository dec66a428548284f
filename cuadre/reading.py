"""Read any input that cuadre knows: DIAN's XML, wrapped or not, a payload, or the model's own JSON."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cuadre.engine.authority import Authority
from cuadre.engine.errors import DocumentError
from cuadre.engine.findings import Finding
from cuadre.engine.json_reading import read_json
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import InMemory, Place, Source
from cuadre.engine.texts import say
from cuadre.inputs import Input, Opened, open_input
from cuadre.own_json import JsonSource, own_document
from cuadre.python_data import json_bytes
from cuadre.recognition import first_signs, is_xml, provider_of
from cuadre.senders.contract import Provider, find
from cuadre.wrapped import refuse_wrapped

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Reading:
    """What an input held: a document, or an authority's answer, or both."""

    document: Document | None
    source: Source
    """Tells the place of a path of the document in the input."""
    authority: Authority | None = None
    root: "_Element | None" = None
    """The tree, where the input was XML."""
    remarks: tuple[Finding, ...] = ()
    """What a provider has to say of its own payload."""
    unknown: tuple[Finding, ...] = ()
    """Of each value that the document was read without, because its code is not known."""
    line_offset: int = 0
    """What to add to the tree's line numbers, for a document inside another."""
    attached: bool = False
    """Whether the document was inside an AttachedDocument."""


class _PythonSource:
    """The places of a document that was read from Python data, which has no lines."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def place(self, path: Path) -> Place:
        """Return the place in the JSON that was made of the data, without its line."""
        return replace(self._source.place(path), line=None)


def read(given: Input, name: str | None = None, provider: str | None = None) -> Reading:
    """Read an input, as ``provider``'s payload where one is named; ``name`` is its file's in places.

    Raises DocumentError or PayloadError, with the place, where it cannot be understood, OSError where a
    file cannot be opened, and UsageError for what is no input.
    """
    return read_opened(open_input(given, name), provider)


def read_figures(given: Input, name: str | None = None) -> Document:
    """Read a document; raise DocumentError where it cannot be read, or is an answer without figures."""
    document = read(given, name).document
    if document is None:
        sentence = say("cuadre:answer_only")
        raise DocumentError(sentence, problems=[])
    return document


def read_opened(opened: Opened, provider: str | None = None) -> Reading:
    """Read an input that has been opened; see ``read``."""
    content = opened.content
    if isinstance(content, Document):
        return Reading(content, InMemory())
    if isinstance(content, bytes):
        return _read_bytes(content, opened.file, provider)
    reading = _read_bytes(json_bytes(content), opened.file, provider)
    return replace(
        reading,
        source=_PythonSource(reading.source),
        remarks=_without_lines(reading.remarks),
        unknown=_without_lines(reading.unknown),
    )


def _without_lines(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple([replace(one, place=replace(one.place, line=None)) for one in found])


def _read_bytes(data: bytes, file: str | None, provider: str | None) -> Reading:
    if provider is not None:
        return _read_payload(find(provider), data, file)
    start = first_signs(data)
    if is_xml(data):
        return _read_soap(data, file) or _read_xml(data, file)
    if start.startswith((b"{", b"\xef\xbb\xbf{", b"[", b"\xef\xbb\xbf[")):
        return _read_json(data, file)
    sentence = say("cuadre:neither_xml_nor_json" if start else "cuadre:input_empty")
    raise DocumentError(sentence, problems=[])


def _read_payload(provider: Provider, data: bytes, file: str | None) -> Reading:
    reading = provider.read(data, file)
    remarks = getattr(provider, "remarks", None)
    found = tuple(remarks(data, file)) if remarks else ()
    return Reading(reading.document, reading.source, remarks=found, unknown=reading.unknown)


def _read_soap(data: bytes, file: str | None) -> Reading | None:
    """Read a provider's XML, which is SOAP; an authority's XML is not asked about among the plugins."""
    if b"Envelope" not in data[:_LOOK]:
        return None
    found = provider_of(data)
    return None if found is None else _read_payload(found, data, file)


_LOOK = 2000


def _read_xml(data: bytes, file: str | None) -> Reading:
    from lxml.etree import QName  # noqa: PLC0415 - a JSON input needs no lxml

    from cuadre.ubl.reading.attached import read_response, unwrap  # noqa: PLC0415 - as above
    from cuadre.ubl.reading.documents import read_document  # noqa: PLC0415 - as above
    from cuadre.ubl.reading.source import XmlSource  # noqa: PLC0415 - as above
    from cuadre.ubl.reading.tree import parse_xml  # noqa: PLC0415 - as above

    root = parse_xml(data)
    name = QName(root).localname
    if name == "ApplicationResponse":
        return Reading(None, XmlSource(root, {}, file), read_response(root))
    if name == "AttachedDocument":
        inner = unwrap(root)
        document, source = read_document(inner.root, file, inner.line_offset)
        offset = inner.line_offset
        return Reading(document, source, inner.authority, inner.root, line_offset=offset, attached=True)
    document, source = read_document(root, file)
    return Reading(document, source, root=root)


def _read_json(data: bytes, file: str | None) -> Reading:
    value = read_json(data.removeprefix(b"\xef\xbb\xbf"))
    if not (isinstance(value, dict) and "kind" in value):
        found = provider_of(data)
        if found is not None:
            return _read_payload(found, data, file)
        refuse_wrapped(value, len(data), file)
    return Reading(own_document(value, file), JsonSource(file))
