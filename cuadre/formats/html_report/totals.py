"""The totals as stated beside the recomputed ones, with what differs marked."""

from collections.abc import Iterator

from lxml.etree import _Element

from cuadre.engine.figures import Figure
from cuadre.formats.html_report.figure_names import TOTALS, figure_name, repeats
from cuadre.formats.html_report.language import Language
from cuadre.formats.html_report.marks import codes_at
from cuadre.formats.html_report.markup import Child, amount_cell, element, heading_row
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.traces import trace

COLUMNS = ("totals.figure", ">totals.stated", ">totals.computed", ">totals.difference", "totals.status")
_MOST = 200
"""Figures that are shown: a document may have a tax at any number of rates."""
_BEFORE_TAXES = 2
"""How many of the totals come before the taxes."""


def totals_table(shown: ShownDocument) -> _Element | None:
    """Show the document's totals; None where nothing could be computed."""
    if shown.totals is None:
        return None
    word = shown.language.word
    figures = list(_in_order(shown))
    rows = [row for figure in figures[:_MOST] for row in _rows(shown, figure)]
    left = len(figures) - _MOST
    return element(
        "section",
        element(shown.heading(1), word("totals"), id=f"{shown.prefix}totals"),
        element("p", word("totals.note", currency=shown.currency), class_="note"),
        element("table", heading_row(COLUMNS, word), element("tbody", rows), class_="totals"),
        element("p", shown.language.count("totals.more", left)) if left > 0 else None,
    )


def _in_order(shown: ShownDocument) -> Iterator[Figure]:
    """Yield the figures of the document as they are added up: values, taxes, totals, withholdings."""
    own = [one for one in shown.figures.values() if one.path[0] != "lines" and not repeats(shown, one)]
    totals = {one.path[-1]: one for one in own if one.path[0] == "legal_monetary_total"}
    names = [name for name in TOTALS if name in totals]
    yield from (totals[name] for name in names if name in TOTALS[:_BEFORE_TAXES])
    yield from (one for one in own if one.path[0] == "tax_totals")
    yield from (totals[name] for name in names if name not in TOTALS[:_BEFORE_TAXES])
    yield from (one for one in own if one.path[0] not in {"tax_totals", "legal_monetary_total"})


def _rows(shown: ShownDocument, figure: Figure) -> Iterator[_Element]:
    language, wrong = shown.language, _is_wrong(shown, figure)
    name = figure_name(shown, figure.path)
    if figure.path[0] == "withholding_tax_totals":
        name = language.word("tax.withheld", tax=name)
    absent = element("i", language.word("totals.absent"))
    stated = language.amount(figure.stated)
    kind = ["wrong"] * wrong + ["last"] * (figure.path[-1] == "payable_amount")
    yield element(
        "tr",
        element("th", name, codes_at(shown, figure.path), scope="row"),
        element("td", absent, class_="n") if figure.stated is None else amount_cell(stated),
        amount_cell(language.amount(figure.value)),
        amount_cell(_difference(language, figure)),
        element("td", _status(language, figure, wrong=wrong)),
        class_=" ".join(kind) or None,
    )
    how = element("td", trace(shown, figure), colspan=str(len(COLUMNS)))
    yield element("tr", how, class_="how wrong" if wrong else "how")


def _is_wrong(shown: ShownDocument, figure: Figure) -> bool:
    """Tell whether a figure is wrong; one that is not stated is so where a finding says it."""
    if shown.totals is None or figure.path not in shown.totals.wrong:
        return False
    return figure.stated is not None or bool(shown.of(figure.path))


def _difference(language: Language, figure: Figure) -> str:
    difference = figure.difference
    return f"{'+' if difference > 0 else ''}{language.amount(difference)}" if difference else ""


def _status(language: Language, figure: Figure, *, wrong: bool) -> list[Child]:
    """Say in a word whether a figure is right, with a sign, so that colour is not needed."""
    if figure.difference is None:
        sign, key = ("✕", "totals.missing") if wrong else ("–", "totals.optional")
    elif not figure.difference:
        sign, key = "✓", "totals.agrees"
    else:
        sign, key = ("✕", "totals.wrong") if wrong else ("≈", "totals.tolerated")
    return [element("span", f"{sign} ", aria_hidden="true"), language.word(key)]
