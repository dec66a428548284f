"""What was checked and what was not, with the reason; and what the authority answered."""

from lxml.etree import _Element

from cuadre.formats.html_report.markup import cut, element, heading_row
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.report import Layer

COLUMNS = ("layer", "layer.status", "layer.reason")
_SIGNS = {"ran": "✓ ", "in part": "◐ ", "not run": "– ", "failed": "✕ "}
_MOST_MESSAGES = 100


def layers_table(shown: ShownDocument) -> _Element:
    """List the parts of the check."""
    word = shown.language.word
    return element(
        "section",
        element(shown.heading(1), word("layers"), id=f"{shown.prefix}layers"),
        element(
            "table",
            heading_row(COLUMNS, word),
            element("tbody", [_row(shown, layer) for layer in shown.report.layers]),
            class_="layers",
        ),
        _authority(shown),
    )


def _row(shown: ShownDocument, layer: Layer) -> _Element:
    word = shown.language.word
    status = f"status.{layer.status.replace(' ', '_')}"
    return element(
        "tr",
        element("th", word(f"layer.{layer.name}"), scope="row"),
        element("td", element("span", _SIGNS[layer.status], aria_hidden="true"), word(status)),
        element("td", cut(layer.message(shown.language.name) or "")),
        class_="wrong" if layer.status == "failed" else None,
    )


def _authority(shown: ShownDocument) -> list[_Element]:
    answer = shown.report.authority
    if answer is None:
        return []
    said = f"{answer.response_code} {answer.description}"
    messages = [
        element("li", element("code", cut(one.code)), " ", cut(one.text, 500))
        for one in answer.messages[:_MOST_MESSAGES]
    ]
    return [
        element(shown.heading(2), shown.language.word("authority")),
        element("p", cut(said, 500)),
        *([element("ul", messages)] if messages else []),
    ]
