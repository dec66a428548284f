"""The lines of the input that findings are about, with some lines around each, and the figure marked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cuadre.engine.source import Place
from cuadre.excerpts import Excerpt, excerpts
from cuadre.formats.html_report.markup import cut
from cuadre.report import DocumentReport

_AROUND = 2
_SHORT = 50
"""Lines of a source that is shown whole."""
_MANY = 60
"""Findings from which on no lines around them are shown."""
_LONG = 240
"""Signs from which on a line is shown as pieces around the figures."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line, or a piece of a long one."""

    number: int
    text: str
    marks: Sequence[tuple[int, int]] = ()
    """Where the figures begin and end in ``text``."""
    findings: Sequence[int] = ()
    """The numbers of the findings about it."""
    column: int | None = None
    """Where the figure begins in the whole line, for a piece of one."""

    def id(self, prefix: str) -> str:
        """Return the id that links lead to."""
        return f"{prefix}L{self.number}" + (f"-{self.column}" if self.column else "")


def source_lines(report: DocumentReport) -> list[list[SourceLine]]:
    """Cut the source into blocks of lines that follow one another; none where it was not kept."""
    data = report.kept.data if report.kept else None
    by_line: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(report.findings):
        if finding.place.line is not None:
            by_line[finding.place.line].append(number)
    if data is None or not by_line:
        return []
    lines = _decode(data).split("\n")
    places = [finding.place for finding in report.findings]
    found = {} if report.verdict == "unreadable" else excerpts(data, places)
    around = _AROUND if len(by_line) <= _MANY else 0
    numbers = {
        near for line in by_line for near in range(line - around, line + around + 1) if 0 < near <= len(lines)
    }
    if len(lines) <= _SHORT:
        numbers = set(range(1, len(lines) + 1))
    return [_block(block, lines, by_line, places, found) for block in _runs(sorted(numbers))]


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte is a sign of Latin-1, the usual one of XML that is not UTF-8.
        return data.decode("latin-1")


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = [[number] for number in numbers[:1]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _block(
    numbers: Sequence[int],
    lines: Sequence[str],
    by_line: Mapping[int, Sequence[int]],
    places: Sequence[Place],
    found: Mapping[Place, Excerpt],
) -> list[SourceLine]:
    texts = [lines[number - 1].rstrip() for number in numbers]
    indents = [len(text) - len(text.lstrip()) for text in texts if text]
    indent = min(indents, default=0)
    made = []
    for number, text in zip(numbers, texts, strict=True):
        mine = by_line.get(number, ())
        if len(text) > _LONG:
            made += _pieces(number, text, mine, [found.get(places[one]) for one in mine])
            continue
        spans = [found[places[one]] for one in mine if places[one] in found]
        marks = sorted({(one.column - 1 - indent, one.column - 1 - indent + one.length) for one in spans})
        made.append(SourceLine(number, text[indent:], _apart(marks), mine))
    return made


def _apart(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out marks that overlap an earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in marks:
        if start >= 0 and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _pieces(
    number: int, text: str, findings: Sequence[int], found: Sequence[Excerpt | None]
) -> list[SourceLine]:
    """Cut a long line, such as that of a minified file, to what is around each of its figures."""
    by_column: dict[int, tuple[Excerpt, list[int]]] = {}
    rest = []
    for finding, excerpt in zip(findings, found, strict=True):
        if excerpt is None:
            rest.append(finding)
        else:
            by_column.setdefault(excerpt.column, (excerpt, []))[1].append(finding)
    made = [
        SourceLine(number, one.text, [(one.start, one.start + one.length)], mine, column)
        for column, (one, mine) in sorted(by_column.items())
    ]
    return [*([SourceLine(number, cut(text.lstrip(), _LONG), (), rest)] if rest or not made else []), *made]
