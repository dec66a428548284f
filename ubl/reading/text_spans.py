"""Where the text of an element or the value of an attribute is in the bytes of an XML document."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.parsers import expat

from cuadre.ubl.mapping.namespaces import prefixed

_STEP = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")
_SEPARATOR = " "


class Span(NamedTuple):
    """A range of bytes: from ``start`` up to, and not including, ``end``."""

    start: int
    end: int


def text_spans(data: bytes, xpaths: Iterable[str]) -> dict[str, Span]:
    """Find the texts of elements by the XPaths of their places, such as ``/Invoice/cac:Price[2]/cbc:ID``.

    One pass over the bytes, up to the last text that is wanted. What is not there, or is empty, has no
    span. The span of an attribute (``…/@unitCode``) is its value, without quotes. ``data`` is a document
    that has been read: expat is not asked about a DTD, and stops at one.
    """
    wanted = {xpath: _steps(xpath) for xpath in xpaths}
    finder = _Finder(data, wanted)
    return finder.run() if wanted else {}


def _steps(xpath: str) -> tuple[tuple[str, int], ...]:
    found = [_STEP.fullmatch(step) for step in xpath.split("/")[1:]]
    return tuple([(step[1], int(step[2] or 1)) for step in found if step is not None])


class _Finder:
    """Follows expat through the document; keeps the path to the element that it is in."""

    def __init__(self, data: bytes, wanted: dict[str, tuple[tuple[str, int], ...]]) -> None:
        self._data = data
        self._names: dict[tuple[tuple[str, int], ...], str] = {
            steps: xpath for xpath, steps in wanted.items()
        }
        self._path: list[tuple[str, int]] = []
        self._counts: list[dict[str, int]] = [{}]
        self._starts: list[int | None] = []
        self.spans: dict[str, Span] = {}
        self._parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self) -> dict[str, Span]:
        """Parse; what cannot be parsed has no spans from there on."""
        try:
            self._parser.Parse(self._data, True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, _StopError):
            return self.spans
        return self.spans

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(_SEPARATOR)
        step = prefixed(f"{{{uri}}}{local}" if uri else local)
        counts = self._counts[-1]
        counts[step] = counts.get(step, 0) + 1
        self._path.append((step, counts[step]))
        self._counts.append({})
        self._starts.append(None)
        for attribute in attributes:
            xpath = self._names.get((*self._path, (f"@{attribute}", 1)))
            if xpath is not None:
                self._attribute(xpath, attribute)

    def _attribute(self, xpath: str, attribute: str) -> None:
        begin = self._parser.CurrentByteIndex
        tag = self._data[begin : self._data.find(b">", begin) + 1]
        found = re.search(rb"\s" + re.escape(attribute.encode()) + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
        if found is not None:
            self._found(xpath, Span(begin + found.start(1) + 1, begin + found.end(1) - 1))

    def _found(self, xpath: str, span: Span) -> None:
        """Keep the first span of an XPath; what follows the last one that is wanted is not parsed."""
        self.spans.setdefault(xpath, span)
        if len(self.spans) == len(self._names):
            raise _StopError

    def _text(self, text: str) -> None:
        if self._starts[-1] is None and text:
            self._starts[-1] = self._parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        del name
        start = self._starts.pop()
        xpath = self._names.get(tuple(self._path))
        if xpath is not None and start is not None:
            self._found(xpath, Span(start, self._parser.CurrentByteIndex))
        self._path.pop()
        self._counts.pop()

    def _doctype(self, *_: object) -> None:
        raise _StopError


class _StopError(Exception):
    """Stops the parser: it met a DTD, or has found all that is wanted."""
