"""What a figure is called on the page: IVA 19 %, total to pay; and which figures need no row of their own."""

from cuadre.engine.element_names import element_in
from cuadre.engine.figures import Figure
from cuadre.engine.model.document import Document, Line, TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.regime import Tax
from cuadre.engine.source import Place, format_path
from cuadre.formats.html_report.markup import one_line
from cuadre.formats.html_report.shown_document import ShownDocument

TOTALS = (
    "line_extension_amount",
    "tax_exclusive_amount",
    "tax_inclusive_amount",
    "allowance_total_amount",
    "charge_total_amount",
    "prepaid_amount",
    "payable_rounding_amount",
    "payable_amount",
)
"""The fields of MonetaryTotal in the order in which they are added up."""
_GROUPS = {"tax_totals", "withholding_tax_totals"}
_LONGEST = 60


def figure_name(shown: ShownDocument, path: Path) -> str:
    """Name a figure in words."""
    language, document = shown.language, shown.document
    part: Document | Line | None = document
    if document is not None and path[0] == "lines" and isinstance(path[1], int):
        part, path = document.lines[path[1]], path[2:]
    if path[0] in _GROUPS and part is not None and path[-1] == "tax_amount":
        return _tax_name(shown, part, path)
    if path[0] == "legal_monetary_total" and path[-1] in TOTALS:
        return language.word(f"total.{path[-1]}")
    if path == ("line_extension_amount",):
        return language.word("line.value")
    return element_in(Place(format_path(path)), language.name)


def _tax_name(shown: ShownDocument, part: Document | Line, path: Path) -> str:
    total = tax_total_at(part, path)
    if total is None:
        return format_path(path)
    if "tax_subtotals" in path and isinstance(path[3], int):
        return tax_label(shown, total.tax_subtotals[path[3]])
    if len(total.tax_subtotals) == 1:
        return tax_label(shown, total.tax_subtotals[0])
    name = tax_name(shown, total.tax_subtotals[0]) if total.tax_subtotals else ""
    return shown.language.word("tax.total", tax=name or shown.language.word("tax"))


def tax_total_at(part: Document | Line, path: Path) -> TaxTotal | None:
    """Return the tax or the withholding that a path is in."""
    totals: tuple[TaxTotal, ...] = getattr(part, str(path[0]))
    number = path[1]
    return totals[number] if isinstance(number, int) and number < len(totals) else None


def tax_name(shown: ShownDocument, subtotal: TaxSubtotal) -> str:
    """Name a tax as the document does, else as the country does, else by its code."""
    tax = _tax(shown, subtotal)
    name = subtotal.tax_scheme_name or (tax.name if tax else subtotal.tax_scheme_id)
    return one_line(name, _LONGEST) if name else shown.language.word("tax")


def _tax(shown: ShownDocument, subtotal: TaxSubtotal) -> Tax | None:
    taxes = shown.totals.regime.taxes if shown.totals else {}
    return taxes.get(subtotal.tax_scheme_id or "")


def tax_label(shown: ShownDocument, subtotal: TaxSubtotal) -> str:
    """Name a tax with its rate: IVA 19 %."""
    name, rate = tax_name(shown, subtotal), rate_text(shown, subtotal)
    return name if not rate or name.replace(" ", "\u00a0").endswith(rate) else f"{name} {rate}"


def rate_text(shown: ShownDocument, subtotal: TaxSubtotal) -> str:
    """Write a rate, per cent or per mille as the tax is; nothing where there is none."""
    if subtotal.percent is None:
        return ""
    tax = _tax(shown, subtotal)
    sign = "‰" if tax is not None and tax.method == "per_mille" else "%"
    return f"{shown.language.number(subtotal.percent)}\u00a0{sign}"


def repeats(shown: ShownDocument, figure: Figure) -> bool:
    """Tell whether a figure is the sum of one rate that has a row already, and adds nothing to it."""
    path, document = figure.path, shown.document
    if document is None or figure.differs or path[-1] != "tax_amount" or "tax_subtotals" in path:
        return False
    part: Document | Line = document
    if path[0] == "lines" and isinstance(path[1], int):
        part, path = document.lines[path[1]], path[2:]
    if path[0] not in _GROUPS:
        return False
    total = tax_total_at(part, path)
    return total is not None and len(total.tax_subtotals) == 1 and not shown.of(figure.path)
