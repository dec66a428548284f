"""The lines of a document: what is sold, at what price, and how each figure of the line came about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml.etree import _Element

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import AllowanceCharge, Document, Line, TaxTotal
from cuadre.engine.rounding import Rounding
from cuadre.formats.html_report.figure_names import repeats, tax_label
from cuadre.formats.html_report.marks import code_links
from cuadre.formats.html_report.markup import Child, element, heading_row, one_line
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.traces import line_trace, rounding

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
_LONGEST = 120
_MOST_CODES = 6


def line_table(shown: ShownDocument, document: Document) -> _Element | None:
    """Show the lines; None where there is none."""
    if not document.lines:
        return None
    word = shown.language.word
    figures, found = _figures(shown), _found(shown)
    numbers = [number for number in range(len(document.lines)) if number < _MOST or number in found]
    rows = [
        _row(shown, document.lines[number], number, figures.get(number, ()), found.get(number, ()))
        for number in numbers[: 2 * _MOST]
    ]
    heads = [f">{word(name[1:])}" if name.startswith(">") else word(name) for name in COLUMNS]
    left = len(document.lines) - len(rows)
    return element(
        "table",
        element("caption", word("lines"), _legend(shown, figures)),
        heading_row(*heads),
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
            formulas.setdefault(
                str(figure.formula if not isinstance(figure.formula, tuple) else figure.formula[0])
            )
            roundings.setdefault(figure.rounding)
    if not formulas:
        return None
    language = shown.language
    codes: list[Child] = [
        part for one in list(formulas)[:_MOST_CODES] for part in (element("code", one), " ")
    ]
    said = "; ".join([rounding(language, one) for one in roundings])
    return element(
        "small", language.word("lines.formulas"), " ", codes, language.word("lines.rounding", rounding=said)
    )


def _row(
    shown: ShownDocument, line: Line, number: int, figures: Sequence[Figure], found: Sequence[int]
) -> _Element:
    language = shown.language
    price = line.price.price_amount if line.price else None
    return element(
        "tr",
        element("td", str(number + 1)),
        element("th", _item(line), code_links(shown, found), _trace(shown, figures), scope="row"),
        element("td", language.number(line.quantity), class_="n"),
        element("td", one_line(line.quantity_unit_code or "", 12)),
        element("td", language.amount(price), class_="n"),
        element("td", _charges(shown, line.allowance_charges), class_="n"),
        element("td", _taxes(shown, line.tax_totals), class_="n"),
        element("td", language.amount(line.line_extension_amount), class_="n"),
        class_="wrong" if found else None,
    )


def _item(line: Line) -> list[Child]:
    item = line.item
    if item is None:
        return ["–"]
    said = one_line(" ".join(item.description[:3]), _LONGEST) or "–"
    for identification in (item.standard_item_identification, item.sellers_item_identification):
        if identification is not None and identification.id:
            return [said, " ", element("small", one_line(identification.id, 40))]
    return [said]


def _trace(shown: ShownDocument, figures: Sequence[Figure]) -> _Element | None:
    if not figures:
        return None
    return element(
        "details",
        element("summary", shown.language.word("line.how")),
        element("ul", [line_trace(shown, figure) for figure in figures]),
    )


def _charges(shown: ShownDocument, charges: Sequence[AllowanceCharge]) -> list[Child]:
    parts: list[Child] = []
    for charge in charges[:_MOST_CODES]:
        sign = "+" if charge.is_charge else "−"
        parts += [f"{sign}{shown.language.amount(charge.amount)}", element("br")]
    return parts[:-1]


def _taxes(shown: ShownDocument, totals: Sequence[TaxTotal]) -> list[Child]:
    parts: list[Child] = []
    for subtotal in [one for total in totals for one in total.tax_subtotals][:_MOST_CODES]:
        parts += [
            element("small", tax_label(shown, subtotal)),
            f" {shown.language.amount(subtotal.tax_amount)}",
            element("br"),
        ]
    return parts[:-1]
