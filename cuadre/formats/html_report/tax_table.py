"""The taxes and withholdings of a document: a row for each rate."""

from collections.abc import Iterator

from lxml.etree import _Element

from cuadre.engine.model.document import Document, TaxSubtotal
from cuadre.engine.model.scalars import Path
from cuadre.formats.html_report.figure_names import rate_text, tax_name
from cuadre.formats.html_report.marks import codes_at
from cuadre.formats.html_report.markup import amount_cell, element, heading_row
from cuadre.formats.html_report.shown_document import ShownDocument

COLUMNS = ("tax", ">tax.rate", ">tax.base", ">tax.amount")
_MOST = 100


def tax_table(shown: ShownDocument, document: Document) -> _Element | None:
    """Show each rate with its base and its amount; None where the document has no tax."""
    word = shown.language.word
    rows = [
        row
        for group in ("tax_totals", "withholding_tax_totals")
        for number, total in enumerate(getattr(document, group))
        for row in _rates(shown, (group, number), total.tax_subtotals)
    ][:_MOST]
    if not rows:
        return None
    return element(
        "table",
        element("caption", word("document.taxes")),
        heading_row(COLUMNS, word),
        element("tbody", rows),
        class_="taxes",
    )


def _rates(shown: ShownDocument, path: Path, subtotals: tuple[TaxSubtotal, ...]) -> Iterator[_Element]:
    language = shown.language
    for number, subtotal in enumerate(subtotals):
        here: Path = (*path, "tax_subtotals", number)
        name = tax_name(shown, subtotal)
        if path[0] == "withholding_tax_totals":
            name = language.word("tax.withheld", tax=name)
        rate = rate_text(shown, subtotal) or language.amount(subtotal.per_unit_amount)
        base = subtotal.taxable_amount if subtotal.taxable_amount is not None else subtotal.base_unit_measure
        yield element(
            "tr",
            element("th", name, scope="row"),
            amount_cell(rate, codes_at(shown, (*here, "percent"))),
            amount_cell(language.amount(base), codes_at(shown, (*here, "taxable_amount"))),
            amount_cell(language.amount(subtotal.tax_amount), codes_at(shown, (*here, "tax_amount"))),
        )
