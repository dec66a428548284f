"""The totals of a document as it states them, with its discounts and charges."""

from lxml.etree import _Element

from cuadre.engine.model.document import AllowanceCharge, Document
from cuadre.engine.model.scalars import Path
from cuadre.formats.html_report.figure_names import TOTALS
from cuadre.formats.html_report.marks import codes_at
from cuadre.formats.html_report.markup import amount_cell, element, one_line
from cuadre.formats.html_report.shown_document import ShownDocument

_MOST_CHARGES = 50
_TOTAL = "legal_monetary_total"
_BEFORE_CHARGES = 3
"""How many of the totals come before the discounts and charges of the document."""


def pay_table(shown: ShownDocument, document: Document) -> _Element:
    """Show the totals as they are stated; the document's discounts and charges come before their sums."""
    word, total = shown.language.word, document.legal_monetary_total
    rows = [
        (
            name,
            _row(shown, word(f"total.{name}"), shown.language.amount(getattr(total, name)), (_TOTAL, name)),
        )
        for name in TOTALS
        if total is not None and getattr(total, name) is not None
    ]
    charges = [_charge(shown, one, n) for n, one in enumerate(document.allowance_charges[:_MOST_CHARGES])]
    before = [row for name, row in rows if name in TOTALS[:_BEFORE_CHARGES]]
    after = [row for name, row in rows if name not in TOTALS[:_BEFORE_CHARGES]]
    caption, body = element("caption", word("document.totals")), element("tbody", before, charges, after)
    return element("table", caption, body, class_="pay")


def _row(shown: ShownDocument, name: str, value: str, path: Path) -> _Element:
    return element(
        "tr",
        element("th", name, codes_at(shown, path), scope="row"),
        amount_cell(value),
        class_="last" if path[-1] == "payable_amount" else None,
    )


def _charge(shown: ShownDocument, charge: AllowanceCharge, number: int) -> _Element:
    language = shown.language
    name = language.word("charge" if charge.is_charge else "discount")
    reason = one_line(charge.allowance_charge_reason or "", 80)
    rate = charge.multiplier_factor_numeric
    parts = [
        name,
        f"{language.number(rate)}\u00a0%" if rate is not None else "",
        f"({reason})" if reason else "",
    ]
    path: Path = ("allowance_charges", number, "amount")
    row = _row(shown, " ".join([part for part in parts if part]), signed(shown, charge), path)
    row.set("class", "minor")
    return row


def signed(shown: ShownDocument, charge: AllowanceCharge) -> str:
    """Write the amount of a discount with a minus."""
    amount = shown.language.amount(charge.amount)
    return f"−{amount}" if charge.amount and not charge.is_charge else amount
