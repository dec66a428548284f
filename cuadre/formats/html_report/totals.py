"""The totals as stated beside the recomputed ones, with what differs marked."""

from collections.abc import Iterator

from lxml.etree import _Element

from cuadre.engine.figures import Figure
from cuadre.formats.html_report.figure_names import TOTALS, figure_name, repeats
from cuadre.formats.html_report.markup import element, heading_row
from cuadre.formats.html_report.marks import codes_at
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.traces import trace

_BEFORE_TAXES = 2
"""How many of the totals come before the taxes."""


def totals_table(shown: ShownDocument) -> _Element | None:
    """Show the document's totals; None where nothing could be computed."""
    if shown.totals is None:
        return None
    word = shown.language.word
    names = ("totals.figure", ">totals.stated", ">totals.computed", ">totals.difference")
    heads = [f"{'>' if name.startswith('>') else ''}{word(name.lstrip('>'))}" for name in names]
    rows = [row for figure in _in_order(shown) for row in _rows(shown, figure)]
    return element(
        "section",
        element("h3", word("totals"), id=f"{shown.id}-totals"),
        element("p", word("totals.note", currency=shown.currency), class_="note"),
        element("table", heading_row(*heads), element("tbody", rows), class_="totals"),
        aria_labelledby=f"{shown.id}-totals",
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
    language, wrong = shown.language, shown.totals is not None and figure.path in shown.totals.wrong
    name = figure_name(shown, figure.path)
    if figure.path[0] == "withholding_tax_totals":
        name = language.word("tax.withheld", tax=name)
    stated = element("i", language.word("totals.absent")) if figure.stated is None else None
    yield element(
        "tr",
        element("th", name, codes_at(shown, figure.path), scope="row"),
        element("td", stated if stated is not None else language.amount(figure.stated), class_="n"),
        element("td", language.amount(figure.value), class_="n"),
        element("td", *_difference(shown, figure, wrong=wrong), class_="n"),
        class_="wrong" if wrong else ("last" if figure.path[-1] == "payable_amount" else None),
    )
    yield element("tr", element("td", trace(shown, figure), colspan="4"), class_="how")


def _difference(shown: ShownDocument, figure: Figure, *, wrong: bool) -> Iterator[_Element | str]:
    """Say a difference with a sign and a word, so that colour is not the only sign."""
    language, difference = shown.language, figure.difference
    if difference is None:
        yield language.word("totals.missing") if wrong else language.word("totals.optional")
        return
    if not difference:
        yield element("span", "✓ ", aria_hidden="true")
        yield language.word("totals.agrees")
        return
    sign = "+" if difference > 0 else ""
    yield element("span", "✕ " if wrong else "≈ ", aria_hidden="true")
    yield element("b", f"{sign}{language.amount(difference)}")
    yield element("small", language.word("totals.wrong" if wrong else "totals.tolerated"))
