"""A line of a document: what is sold, at what price, and how each of its figures came about."""

from collections.abc import Sequence

from lxml.etree import _Element

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import AllowanceCharge, Line, TaxTotal
from cuadre.formats.html_report.figure_names import tax_label
from cuadre.formats.html_report.finding_order import RANKS
from cuadre.formats.html_report.marks import code_links
from cuadre.formats.html_report.markup import Child, element, one_line
from cuadre.formats.html_report.pay_table import signed
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.traces import line_trace

_LONGEST = 120
_MOST_TRACES = 20
_MOST = 6
"""Taxes, or discounts and charges, of a line that are shown."""


def line_row(
    shown: ShownDocument, line: Line, number: int, figures: Sequence[Figure], found: Sequence[int]
) -> _Element:
    """Show a line: what is sold, its figures, and how they came about."""
    language = shown.language
    price = line.price.price_amount if line.price else None
    return element(
        "tr",
        element("td", str(number + 1)),
        element("th", _item(line), code_links(shown, found), _trace(shown, figures), scope="row"),
        element("td", language.number(line.quantity)),
        element("td", one_line(line.quantity_unit_code or "", 12)),
        element("td", language.amount(price)),
        element("td", _charges(shown, line.allowance_charges)),
        element("td", _taxes(shown, line.tax_totals)),
        element("td", language.amount(line.line_extension_amount)),
        class_=_worst(shown, found),
    )


def _worst(shown: ShownDocument, found: Sequence[int]) -> str | None:
    """Return the worst severity of some findings."""
    severities = {shown.report.findings[number].severity for number in found}
    return next((severity.value for severity in RANKS if severity in severities), None)


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
        element("p", _stacked([line_trace(shown, figure) for figure in figures[:_MOST_TRACES]])),
    )


def _charges(shown: ShownDocument, charges: Sequence[AllowanceCharge]) -> list[Child]:
    amounts = [[signed(shown, charge)] for charge in charges[:_MOST]]
    return _stacked([*amounts, *([["…"]] if len(charges) > _MOST else [])])


def _taxes(shown: ShownDocument, totals: Sequence[TaxTotal]) -> list[Child]:
    subtotals = [one for total in totals[:_MOST] for one in total.tax_subtotals[: _MOST + 1]]
    amounts: list[list[Child]] = [
        [element("small", tax_label(shown, one)), f" {shown.language.amount(one.tax_amount)}"]
        for one in subtotals[:_MOST]
    ]
    return _stacked([*amounts, *([["…"]] if len(subtotals) > _MOST or len(totals) > _MOST else [])])


def _stacked(rows: Sequence[Sequence[Child]]) -> list[Child]:
    """Put each row in a line of its own."""
    return [part for number, row in enumerate(rows) for part in (element("br") if number else None, *row)]
