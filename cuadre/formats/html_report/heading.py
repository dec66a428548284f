"""The head of a document: the verdict in words, how many findings of each kind, and who sells to whom."""

from collections import Counter

from lxml.etree import _Element

from cuadre.engine.findings import Severity
from cuadre.formats.html_report.markup import Child, cut, element
from cuadre.formats.html_report.parties import party_id, party_name
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.words import document_name, verdict
from cuadre.messages import text

SIGNS = {
    "accepted": "✓",
    "accepted_with_observations": "!",
    "rejected": "✕",
    "not_checked": "?",
    "unreadable": "?",
}
"""A sign beside each verdict; the verdict itself is a word."""


def heading(shown: ShownDocument) -> list[Child]:
    """Show the verdict and what the document is."""
    report = shown.report
    return [
        element(
            "div",
            element("span", SIGNS[report.verdict], class_="sign", aria_hidden="true"),
            element(
                "div",
                element(
                    shown.heading(), f"{title(shown)}: {verdict(report, shown.language.name)}", id=shown.id
                ),
                element("p", lead(shown)),
                class_="says",
            ),
            class_=f"verdict {report.verdict}",
        ),
        facts(shown),
    ]


def title(shown: ShownDocument) -> str:
    """Name a document: its kind and number with a capital, else its file."""
    name = cut(document_name(shown.report, shown.language.name), 100)
    return name[:1].upper() + name[1:] if name else cut(shown.report.source, 100)


def lead(shown: ShownDocument) -> str:
    """Say what follows from the findings, and how many there are of each severity."""
    report, language = shown.report, shown.language
    counts = Counter([finding.severity for finding in report.findings])
    parts = [
        language.count(f"count.{severity}", counts[severity]) for severity in Severity if counts[severity]
    ]
    said = language.word(f"lead.{report.verdict}")
    return f"{said} {', '.join(parts).capitalize()}." if parts else said


def facts(shown: ShownDocument) -> _Element:
    """Show who sells to whom, the date, the amount and the file."""
    document, language = shown.document, shown.language
    rows: list[tuple[str, Child]] = []
    if document is not None:
        for name, party in (
            ("party.seller", document.accounting_supplier_party),
            ("party.buyer", document.accounting_customer_party),
        ):
            if party is not None:
                small = element("small", party_id(party, language))
                rows.append((language.word(name), element("span", party_name(party), small)))
        kind = text(f"kind.{document.kind.value}", language.name).capitalize()
        rows.append((language.word("fact.kind"), kind))
        rows.append((language.word("fact.number"), cut(document.id or "", 100)))
        if document.issue_date is not None:
            rows.append((language.word("fact.date"), document.issue_date.isoformat()))
        total = document.legal_monetary_total
        if total is not None and total.payable_amount is not None:
            payable = f"{language.amount(total.payable_amount)} {cut(shown.currency, 10)}".rstrip()
            rows.append((language.word("total.payable_amount"), payable))
    rows.append((language.word("fact.file"), element("code", cut(shown.report.source))))
    cells = [element("div", element("dt", name), element("dd", value)) for name, value in rows if value != ""]
    return element("dl", cells, class_="facts")
