"""The lines of a document: what is sold, at what price, and how each figure of the line came about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml.etree import _Element

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import Document
from cuadre.engine.rounding import Rounding
from cuadre.formats.html_report.figure_names import repeats
from cuadre.formats.html_report.line_row import line_row
from cuadre.formats.html_report.markup import Child, element, heading_row
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.traces import formula_text, rounding

COLUMNS = (
    "line.no",
    "line.item",
    ">line.quantity",
    "line.unit",
    ">line.price",
    ">line.discount",
    ">line.tax",
    ">line.value",
)
_MOST = 1000
"""Lines that are shown; of those after them, the ones with findings."""
_MOST_FORMULAS = 6


def line_table(shown: ShownDocument, document: Document) -> _Element | None:
    """Show the lines; None where there is none."""
    if not document.lines:
        return None
    word = shown.language.word
    figures, found = _figures(shown), _found(shown)
    numbers = [number for number in range(len(document.lines)) if number < _MOST or number in found]
    rows = [
        line_row(shown, document.lines[number], number, figures.get(number, ()), found.get(number, ()))
        for number in numbers[: 2 * _MOST]
    ]
    left = len(document.lines) - len(rows)
    return element(
        "table",
        element("caption", word("lines"), _legend(shown, figures)),
        heading_row(COLUMNS, word),
        element("tbody", rows),
        element("tfoot", element("tr", element("td", shown.language.count("lines.more", left), colspan="8")))
        if left
        else None,
        class_="lines",
    )


def _figures(shown: ShownDocument) -> Mapping[int, Sequence[Figure]]:
    """Group the recomputed figures by their line, without those that only repeat another."""
    found: dict[int, list[Figure]] = defaultdict(list)
    for path, figure in shown.figures.items():
        if path[0] == "lines" and isinstance(path[1], int) and not repeats(shown, figure):
            found[path[1]].append(figure)
    return found


def _found(shown: ShownDocument) -> Mapping[int, Sequence[int]]:
    """Group the numbers of the findings by the line that they are about."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(shown.report.findings):
        if finding.place.item is not None:
            found[finding.place.item.number - 1].append(number)
    return found


def _legend(shown: ShownDocument, figures: Mapping[int, Sequence[Figure]]) -> _Element | None:
    """Say once how the figures of the lines are computed and rounded."""
    formulas: dict[str, None] = {}
    roundings: dict[Rounding, None] = {}
    for several in figures.values():
        for figure in several:
            formulas.setdefault(formula_text(figure.formula, shown.language.name))
            roundings.setdefault(figure.rounding)
    if not formulas:
        return None
    language = shown.language
    codes: list[Child] = [
        part for one in list(formulas)[:_MOST_FORMULAS] for part in (element("code", one), " ")
    ]
    said = "; ".join([rounding(language, one) for one in roundings])
    return element(
        "small", language.word("lines.formulas"), " ", codes, language.word("lines.rounding", rounding=said)
    )
