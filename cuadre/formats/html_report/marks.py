"""Marks beside a figure of the document: the codes of the findings about it, as links."""

from lxml.etree import _Element

from cuadre.engine.model.scalars import Path
from cuadre.formats.html_report.markup import element, link
from cuadre.formats.html_report.shown_document import ShownDocument


def codes_at(shown: ShownDocument, path: Path) -> _Element | None:
    """Link to the findings about a path; None where there is none."""
    return _codes(shown, shown.of(path))


def _codes(shown: ShownDocument, numbers: list[int] | tuple[int, ...]) -> _Element | None:
    if not numbers:
        return None
    by_code = {shown.report.findings[number].code: number for number in reversed(numbers)}
    links = [link(shown.finding_id(number), code) for code, number in sorted(by_code.items())]
    return element("span", [part for one in links for part in (" ", one)], class_="codes")
