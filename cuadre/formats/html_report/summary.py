"""Several documents on one page: how many there are of each verdict, which codes fire, and a list."""

from collections.abc import Sequence

from lxml.etree import _Element

from cuadre.formats.html_report.chart import chart
from cuadre.formats.html_report.heading import SIGNS, title
from cuadre.formats.html_report.language import Language
from cuadre.formats.html_report.markup import Child, amount_cell, cut, element, heading_row, link
from cuadre.formats.html_report.parties import party_name
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.text_report import layers_not_run, passed_by
from cuadre.formats.text_report import summary as counts
from cuadre.formats.words import verdict
from cuadre.report import Report

COLUMNS = ("list.document", "list.verdict", ">list.findings", ">list.payable")


def summary(
    report: Report, documents: Sequence[ShownDocument], whole: Sequence[ShownDocument], language: Language
) -> list[Child]:
    """Show all documents; ``whole`` are those that follow on the page."""
    word = language.word
    same = sum([one.report.verdict == report.verdict for one in documents])
    heading = word(f"all.{report.verdict}", count=same, total=len(documents))
    return [
        element(
            "div",
            element("span", SIGNS[report.verdict], class_="sign", aria_hidden="true"),
            element(
                "div",
                element("h1", heading),
                element("p", counts(report, language.name)),
                class_="says",
            ),
            class_=f"verdict {report.verdict}",
        ),
        chart(documents, language),
        _list(documents, {shown.number for shown in whole}, language),
        _not_run(report, language),
    ]


def _list(documents: Sequence[ShownDocument], whole: set[int], language: Language) -> _Element:
    word = language.word
    rows = [_row(shown, linked=shown.number in whole) for shown in documents]
    return element(
        "section",
        element("h2", word("list")),
        element("table", heading_row(COLUMNS, word), element("tbody", rows), class_="list"),
    )


def _row(shown: ShownDocument, *, linked: bool) -> _Element:
    report, document, language = shown.report, shown.document, shown.language
    total = document.legal_monetary_total if document else None
    payable = language.amount(total.payable_amount) if total else ""
    seller = document.accounting_supplier_party if document else None
    name, said = title(shown), verdict(report, language.name)
    return element(
        "tr",
        element(
            "th",
            link(shown.id, name) if linked else name,
            element(
                "small",
                " · ".join([part for part in (cut(report.source), seller and party_name(seller)) if part]),
            ),
            scope="row",
        ),
        element(
            "td",
            element("span", element("span", f"{SIGNS[report.verdict]} ", aria_hidden="true"), said),
            class_=f"is {report.verdict}",
        ),
        element("td", str(len(report.findings) + report.more), class_="n"),
        amount_cell(f"{payable} {cut(shown.currency, 10) if payable else ''}".rstrip()),
    )


def _not_run(report: Report, language: Language) -> _Element | None:
    lines = [*layers_not_run(report, language.name), *passed_by(report, language.name)]
    if not lines:
        return None
    return element(
        "section",
        element("h2", language.word("layers")),
        element("ul", [element("li", cut(line, 300)) for line in lines], class_="plain"),
    )
