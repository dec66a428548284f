"""Marks beside a figure of the document: the codes of the findings about it, as links."""

from collections.abc import Sequence

from lxml.etree import _Element

from cuadre.engine.model.scalars import Path
from cuadre.formats.html_report.markup import Child, element, link
from cuadre.formats.html_report.shown_document import ShownDocument

_MOST = 6
"""Codes at one place that are named."""


def codes_at(shown: ShownDocument, path: Path) -> _Element | None:
    """Link to the findings about a path; None where there is none."""
    links = code_links(shown, shown.of(path))
    return element("span", links, class_="codes") if links else None


def code_links(shown: ShownDocument, numbers: Sequence[int]) -> list[Child]:
    """Link to findings by their codes, each named once, with a space before each."""
    by_code = {shown.report.findings[number].code: number for number in reversed(numbers)}
    links = [link(shown.finding_id(number), code) for code, number in sorted(by_code.items())[:_MOST]]
    return [part for one in links for part in (" ", one)]
