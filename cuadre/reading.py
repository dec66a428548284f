"""Read any input that cuadre knows: DIAN's XML, wrapped or not, a payload, or the model's own JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cuadre.engine.authority import Authority
from cuadre.engine.errors import DocumentError
from cuadre.engine.findings import Finding
from cuadre.engine.json_reading import read_json
from cuadre.engine.limits import MAX_PROBLEMS
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import InMemory, Place, Source, format_path
from cuadre.engine.texts import say
from cuadre.inputs import Input, Opened, open_input
from cuadre.model_faults import model_fault
from cuadre.python_data import json_bytes
from cuadre.senders.contract import Provider, find, providers
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.wrapping import find_inner

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"+/v")


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
    line_offset: int = 0
    """What to add to the tree's line numbers, for a document inside another."""
    attached: bool = False
    """Whether the document was inside an AttachedDocument."""


class JsonSource:
    """The places of a Document that was read from its own JSON."""

    def __init__(self, file: str | None) -> None:
        self._file = file

    def place(self, path: Path) -> Place:
        """Return the JSON pointer of ``path`` (RFC 6901)."""
        return Place(format_path(path), self._file, pointer=pointer(path))


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


def read_opened(opened: Opened, provider: str | None = None) -> Reading:
    """Read an input that has been opened; see ``read``."""
    content = opened.content
    if isinstance(content, Document):
        return Reading(content, InMemory())
    if isinstance(content, bytes):
        return _read_bytes(content, opened.file, provider)
    reading = _read_bytes(json_bytes(content), opened.file, provider)
    remarks = [replace(one, place=replace(one.place, line=None)) for one in reading.remarks]
    return replace(reading, source=_PythonSource(reading.source), remarks=tuple(remarks))


def _read_bytes(data: bytes, file: str | None, provider: str | None) -> Reading:
    if provider is not None:
        return _read_payload(find(provider), data, file)
    start = _start(data)
    if is_xml(data):
        return _read_soap(data, file) or _read_xml(data, file)
    if start.startswith((b"{", b"\xef\xbb\xbf{", b"[", b"\xef\xbb\xbf[")):
        return _read_json(data, file)
    sentence = say("cuadre:neither_xml_nor_json" if start else "cuadre:input_empty")
    raise DocumentError(sentence, problems=[])


def _read_payload(provider: Provider, data: bytes, file: str | None) -> Reading:
    reading = provider.read(data, file)
    remarks = getattr(provider, "remarks", None)
    return Reading(reading.document, reading.source, remarks=tuple(remarks(data, file)) if remarks else ())


def _read_soap(data: bytes, file: str | None) -> Reading | None:
    """Read a provider's XML, which is SOAP; an authority's XML is not asked about among the plugins."""
    if b"Envelope" not in data[:_LOOK]:
        return None
    found = _provider_of(data)
    return None if found is None else _read_payload(found, data, file)


def _provider_of(data: bytes) -> Provider | None:
    return next((one for one in providers().values() if one.recognises(data)), None)


_LOOK = 2000


def _start(data: bytes) -> bytes:
    """Return the first bytes that are no white space, however many there are before them."""
    start = data[:_START]
    return start if start[:1] not in _BLANKS else data.lstrip(_BLANKS)[:_START]


_BLANKS = b" \t\r\n"
_START = 8


def is_xml(data: bytes) -> bool:
    """Tell whether an input looks like XML, in whatever encoding."""
    return _start(data).startswith(_XML_STARTS)


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


def _refuse_wrapped(value: object, file: str | None) -> None:
    """Raise DocumentError where JSON that is no document has a document, or a payload, inside."""
    steps = find_inner(value, _is_body)
    if steps is None:
        return
    where = pointer(steps)
    sentence = say("cuadre:wrapped", where=where)
    place = Place("", file, pointer=where)
    raise DocumentError(sentence, problems=[{"place": place, "sentence": sentence}], pointer=where)


def _is_body(value: Mapping[str, Any]) -> bool:
    kind = value.get("kind")
    if isinstance(kind, str) and kind in {known.value for known in DocumentKind}:
        return True
    # Few keys are no payload; what is in them is looked at by itself.
    return len(value) >= _FEWEST_KEYS and _provider_of(_written(value)) is not None


_FEWEST_KEYS = 2


def _written(value: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(value, separators=(",", ":"), default=str).encode()
    except RecursionError:
        return b""


_LARGEST_WRAPPED = 5_000_000
"""Bytes; in longer JSON nothing is looked for, since each level of it is written once more."""


def _read_json(data: bytes, file: str | None) -> Reading:
    value = read_json(data.removeprefix(b"\xef\xbb\xbf"))
    if not (isinstance(value, dict) and "kind" in value):
        found = _provider_of(data)
        if found is not None:
            return _read_payload(found, data, file)
        if len(data) <= _LARGEST_WRAPPED:
            _refuse_wrapped(value, file)
    source = JsonSource(file)
    try:
        return Reading(Document.model_validate(value), source)
    except ValidationError as error:
        raise _invalid(error, source) from None
    except RecursionError:
        sentence = say("cuadre.engine:json_too_deep")
        raise DocumentError(sentence, problems=[]) from None


_MOST_LISTED = 10_000
"""Faults that are listed: pydantic takes a second and a gigabyte for each million."""


def _invalid(error: ValidationError, source: JsonSource) -> DocumentError:
    """Return the error of a JSON that is not a document; of its problems the first 1,000 are kept."""
    if error.error_count() > _MOST_LISTED:
        sentence = say("cuadre:no_model", count=error.error_count())
        return DocumentError(sentence, problems=[])
    faults = error.errors(include_url=False, include_input=False)
    problems = [
        {"place": source.place(fault["loc"]), "sentence": model_fault(fault)}
        for fault in faults[:MAX_PROBLEMS]
    ]
    more = len(faults) - len(problems)
    place = format_path(faults[0]["loc"])
    sentence = say("cuadre.engine:at", place=place, fault=problems[0]["sentence"])
    if more:
        sentence = say("cuadre.engine:and_more", problem=sentence, count=more)
    return DocumentError(sentence, problems=problems, more=more)
