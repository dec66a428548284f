"""The line of the input that a finding is about, with a mark under the figure, also in a file of one line."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from cuadre.engine.source import Place
from cuadre.recognition import is_xml
from cuadre.report import Report
from cuadre.senders.payloads.json_lines import pointer_spans

_WIDTH = 100
_CUT = "…"
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of one line of the input."""

    line: int
    """Counted from 1."""
    column: int
    """Where the figure begins in the whole line, in characters, counted from 1."""
    text: str
    """At most 100 characters of the line, without its indentation; ``…`` where more of it was cut."""
    start: int
    """Where the figure begins in ``text``."""
    length: int


def with_excerpts(report: Report, data: bytes) -> Report:
    """Put the lines of the findings into a report on ``data``; without findings the bytes are not read."""
    return Report(
        tuple(
            [
                replace(one, excerpts=excerpts(data, [finding.place for finding in one.findings]))
                if one.findings and one.verdict != "unreadable"
                else one
                for one in report.documents
            ]
        )
    )


def excerpts(data: bytes, places: Iterable[Place]) -> dict[Place, Excerpt]:
    """Find the lines of several places in one pass; a place that is not in the bytes has none.

    ``data`` is the document that the places were found in; one inside another document has no excerpts.
    """
    wanted = list(places)
    encoding, spans = byte_spans(data, wanted)
    found = {}
    line, column, position = 1, 1, 0
    for place, (start, end) in sorted(spans.items(), key=lambda pair: pair[1]):
        passed = data[position:start].decode(encoding, "replace").removeprefix(_BYTE_ORDER_MARK)
        line += passed.count("\n")
        column = len(passed) - passed.rfind("\n") if "\n" in passed else column + len(passed)
        position = start
        found[place] = _excerpt(data, (start, end), (line, column), encoding)
    return found


def byte_spans(data: bytes, places: Collection[Place]) -> tuple[str, dict[Place, tuple[int, int]]]:
    """Return the encoding, without a mark of its order, and where the bytes of each place begin and end.

    A place that is not in ``data``, or is empty there, is left out.
    """
    if is_xml(data):
        from cuadre.ubl.reading.text_spans import text_spans  # noqa: PLC0415 - a payload needs no XML

        texts = text_spans(data, {place.xpath for place in places if place.xpath})
        encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
        return encoding, {place: texts[place.xpath] for place in places if place.xpath in texts}
    text = data.decode("utf-8", "surrogateescape")
    values = pointer_spans(text)
    found = {place: values[place.pointer] for place in places if place.pointer in values}
    if len(text) == len(data):
        return "utf-8", found
    return "utf-8", {
        place: (_bytes(text[:start]), _bytes(text[:end])) for place, (start, end) in found.items()
    }


_MARKS = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _excerpt(data: bytes, span: tuple[int, int], at: tuple[int, int], encoding: str) -> Excerpt:
    """Cut the line to what can be shown: the figure, and what is around it."""
    start, end = span
    reach = _WIDTH * len("\n".encode(encoding))
    before = data[max(0, start - reach) : start].decode(encoding, "ignore")
    figure = data[start:end].decode(encoding, "replace").partition("\n")[0][: _WIDTH // 2]
    after = data[end : end + reach].decode(encoding, "ignore").partition("\n")[0].rstrip("\r")
    whole = before.rpartition("\n")[2]
    indented = "\n" in before or start <= reach
    shown = whole.lstrip() if indented else whole
    room = (_WIDTH - len(figure)) // 2
    left = shown if len(shown) <= room else _CUT + shown[1 - room :]
    right = after if len(after) <= room else after[: room - 1] + _CUT
    return Excerpt(*at, left + figure + right, len(left), len(figure))
