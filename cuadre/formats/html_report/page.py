"""The report as one HTML page for a person: verdict, findings, figures, the document and its source."""

from collections.abc import Iterator, Sequence

from lxml.etree import _Element, tostring

from cuadre.formats.html_report.findings import findings_section
from cuadre.formats.html_report.heading import heading, title
from cuadre.formats.html_report.invoice import invoice
from cuadre.formats.html_report.language import Language, language_of
from cuadre.formats.html_report.layers import layers_table
from cuadre.formats.html_report.markup import Child, element, link
from cuadre.formats.html_report.shown_document import ShownDocument, shown_documents
from cuadre.formats.html_report.source_view import source_view
from cuadre.formats.html_report.style import policy, style
from cuadre.formats.html_report.summary import summary
from cuadre.formats.html_report.totals import totals_table
from cuadre.formats.text_report import passed_by
from cuadre.report import Report

NEEDS = ("document",)
_HOME = "CO"
_VERDICTS = ("unreadable", "not_checked", "rejected", "accepted_with_observations", "accepted")
_MOST_SIGNS = 4_000_000
"""The size of a page from which on further documents are in its list only."""


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; of many documents those with the worst verdicts are shown whole."""
    del colour
    documents = shown_documents(report, language)
    said = documents[0].language if documents else language_of(language, _HOME)
    if len(documents) == 1:
        (shown,) = documents
        parts = _parts(shown)
        article = element("article", heading(shown), _contents(shown, parts), parts, class_="document")
        passed = [element("p", one, class_="note") for one in passed_by(report, language)]
        return _page(title(shown), [article, *passed], said)
    whole = list(_whole(documents))
    shown_first = summary(report, documents, [shown for shown, _ in whole], said)
    left = len(documents) - len(whole)
    more = element("p", said.count("list.left", left)) if left else None
    each = element("h2", said.word("list.each")) if whole else None
    return _page(said.word("page.title"), [*shown_first, each, *[one for _, one in whole], more], said)


def _whole(documents: Sequence[ShownDocument]) -> Iterator[tuple[ShownDocument, _Element]]:
    """Yield documents with what there is to show of them, the worst first, as long as there is room."""
    room = _MOST_SIGNS
    for shown in sorted(documents, key=lambda one: _VERDICTS.index(one.report.verdict)):
        first, *rest = heading(shown)
        made = element("details", element("summary", first), rest, _parts(shown), class_="document")
        room -= len(tostring(made, method="html"))
        if room < 0:
            return
        yield shown, made


def _parts(shown: ShownDocument) -> list[Child]:
    note = element("p", shown.language.word("not_kept"), class_="note") if shown.report.kept is None else None
    return [
        findings_section(shown),
        totals_table(shown),
        invoice(shown),
        source_view(shown),
        note,
        layers_table(shown),
    ]


def _contents(shown: ShownDocument, parts: Sequence[Child]) -> _Element:
    """Link to the parts: a document of 1,000 lines has as many folds to step over."""
    headings = [part[0] for part in parts if isinstance(part, _Element) and part.tag == "section"]
    links = [element("li", link(str(one.get("id")), str(one.text))) for one in headings]
    return element("nav", element("ul", links), aria_label=shown.language.word("page.contents"))


def _page(name: str, content: Sequence[Child], language: Language) -> str:
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only who writes a page pays

    sheet, word = style(language), language.word
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(sheet)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{name} – cuadre"),
        _style(sheet),
    )
    body = element(
        "body",
        element("a", word("page.skip"), href="#content", class_="skip"),
        element("header", element("p", element("b", "cuadre"), " ", word("page.what"))),
        element("main", content, id="content", tabindex="-1"),
        element("footer", element("p", word("page.made", version=version("cuadre")))),
    )
    page = element("html", head, body, lang=language.name)
    return tostring(page, method="html", encoding="unicode", doctype="<!doctype html>")


def _style(sheet: str) -> _Element:
    """Make the style as it is: it is no text of a document, and its line breaks stay."""
    made = element("style")
    made.text = sheet
    return made
