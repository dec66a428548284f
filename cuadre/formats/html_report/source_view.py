"""The source of a document on the page: numbered lines, each with links to the findings about it."""

from lxml.etree import _Element

from cuadre.formats.html_report.marks import code_links
from cuadre.formats.html_report.markup import Child, element
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.source import SourceLine


def source_view(shown: ShownDocument) -> _Element | None:
    """Show the lines around each finding; None where there is no source, or no finding with a line."""
    blocks = shown.source
    if not blocks:
        return None
    word = shown.language.word
    return element(
        "section",
        element(shown.heading(1), word("source"), id=f"{shown.prefix}source"),
        element("p", word("source.file", file=shown.report.source), class_="note"),
        [element("div", [_line(shown, line) for line in block], class_="src") for block in _joined(blocks)],
    )


def _joined(blocks: list[list[SourceLine]]) -> list[list[SourceLine]]:
    """Put blocks of one line each into one block."""
    return [[block[0] for block in blocks]] if all(len(block) == 1 for block in blocks) else blocks


def _line(shown: ShownDocument, line: SourceLine) -> _Element:
    return element(
        "div",
        element("b", str(line.number)),
        element("code", marked(line)),
        element("span", code_links(shown, line.findings)) if line.findings else None,
        id=line.id(shown.prefix) if line.findings else None,
    )


def marked(line: SourceLine) -> list[Child]:
    """Mark the figures in a line."""
    parts: list[Child] = []
    position = 0
    for start, end in line.marks:
        parts += [line.text[position:start], element("mark", line.text[start:end])]
        position = end
    return [*parts, line.text[position:]]
