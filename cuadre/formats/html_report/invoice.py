"""The document laid out as an invoice is: parties, dates, lines, taxes, totals, notes."""

from collections.abc import Iterator

from lxml.etree import _Element

from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.formats.html_report.line_table import line_table
from cuadre.formats.html_report.marks import codes_at
from cuadre.formats.html_report.markup import Child, cut, element, one_line
from cuadre.formats.html_report.parties import party_block
from cuadre.formats.html_report.pay_table import pay_table
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.tax_table import tax_table
from cuadre.messages import text

_MOST_NOTES = 10


def invoice(shown: ShownDocument) -> _Element | None:
    """Lay out the document; None where the report did not keep it."""
    document, word = shown.document, shown.language.word
    if document is None:
        return None
    seller, buyer = document.accounting_supplier_party, document.accounting_customer_party
    return element(
        "section",
        element(shown.heading(1), word("document"), id=f"{shown.prefix}document"),
        element(
            "div",
            element(
                "div",
                party_block(shown, seller, word("party.seller")),
                party_block(shown, buyer, word("party.buyer")),
                _facts(shown, document),
                class_="parties",
            ),
            line_table(shown, document),
            element("div", tax_table(shown, document), pay_table(shown, document), class_="sums"),
            _notes(shown, document),
            class_="paper",
        ),
    )


def _facts(shown: ShownDocument, document: Document) -> _Element:
    """Show number, dates and currency, and what a note is about."""
    word = shown.language.word
    rows: list[tuple[str, str, Path | None]] = [
        ("fact.number", document.id or "–", ("id",)),
        ("fact.date", _date(document), ("issue_date",)),
        ("fact.due", document.due_date.isoformat() if document.due_date else "", ("due_date",)),
        ("fact.currency", shown.currency, ("document_currency_code",)),
        *[("fact.reason", one_line(reason), None) for reason in _reasons(document)],
        *[("fact.about", one_line(number), None) for number in _referenced(document)],
    ]
    cells = [
        element(
            "div",
            element("dt", word(name)),
            element("dd", cut(value), codes_at(shown, path) if path else None),
        )
        for name, value, path in rows
        if value
    ]
    return element(
        "div",
        element(shown.heading(2), text(f"kind.{document.kind.value}", shown.language.name).capitalize()),
        element("dl", cells),
        class_="party",
    )


def _date(document: Document) -> str:
    return document.issue_date.isoformat() if document.issue_date else ""


def _reasons(document: Document) -> Iterator[str]:
    for response in document.discrepancy_responses[:_MOST_NOTES]:
        said = " ".join(response.description[:1]) or response.response_code
        if said:
            yield said


def _referenced(document: Document) -> Iterator[str]:
    for reference in document.billing_references[:_MOST_NOTES]:
        found = (
            reference.invoice_document_reference,
            reference.credit_note_document_reference,
            reference.debit_note_document_reference,
        )
        yield from (one.id for one in found if one is not None and one.id)


def _notes(shown: ShownDocument, document: Document) -> list[Child]:
    """Show the notes, and the key that the document states."""
    parts: list[Child] = []
    if document.note:
        parts.append(element(shown.heading(2), shown.language.word("notes")))
        parts += [element("p", cut(note, 500)) for note in document.note[:_MOST_NOTES]]
    if document.uuid:
        name = document.uuid_scheme_name or "UUID"
        key = (
            element("b", one_line(name, 40)),
            " ",
            element("code", cut(document.uuid)),
            codes_at(shown, ("uuid",)),
        )
        parts.append(element("p", key, class_="key"))
    return parts
