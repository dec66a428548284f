"""The text of the QR code: the lines that DIAN asks for and the address of the document (annex 1.9 §11.7)."""

from decimal import Decimal

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.rounding import truncate

_PRODUCTION = "1"
_SITE = "https://catalogo-vpfe{}.dian.gov.co/document/searchqr?documentkey={}"
_SUPPORT = {DocumentKind.SUPPORT_DOCUMENT, DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT}
_IVA = "01"
_ZERO = Decimal(0)


def qr_url(document: Document) -> str:
    """Return the address at which DIAN shows the document."""
    site = "" if document.profile_execution_id == _PRODUCTION else "-hab"
    return _SITE.format(site, document.uuid or "")


def qr_text(document: Document) -> str:
    """Return the text of the QR code; the document states its key already. Amounts have 2 decimals."""
    total = document.legal_monetary_total
    gross = total.line_extension_amount if total else None
    payable = total.payable_amount if total else None
    iva = sum((t.tax_amount or _ZERO for t in document.tax_totals if t.tax_scheme_id == _IVA), _ZERO)
    others = sum((t.tax_amount or _ZERO for t in document.tax_totals if t.tax_scheme_id != _IVA), _ZERO)
    supplier, customer = document.accounting_supplier_party, document.accounting_customer_party
    values = {
        "number": document.id or "",
        "date": str(document.issue_date or ""),
        "time": document.issue_time or "",
        "supplier": supplier.company_id if supplier else "",
        "customer": customer.company_id if customer else "",
        "gross": _amount(gross),
        "iva": _amount(iva),
        "others": _amount(others),
        "payable": _amount(payable),
        "key": document.uuid or "",
    }
    lines = _SUPPORT_LINES if document.kind in _SUPPORT else _LINES
    return "\n".join([*(f"{name}: {values[value]}" for name, value in lines), qr_url(document)])


_LINES = (
    ("NumFac", "number"),
    ("FecFac", "date"),
    ("HorFac", "time"),
    ("NitFac", "supplier"),
    ("DocAdq", "customer"),
    ("ValFac", "gross"),
    ("ValIva", "iva"),
    ("ValOtroIm", "others"),
    ("ValTolFac", "payable"),
    ("CUFE", "key"),
)
_SUPPORT_LINES = (
    ("NumDS", "number"),
    ("FecDS", "date"),
    ("HorDS", "time"),
    ("NumSNO", "supplier"),
    ("DocABS", "customer"),
    ("ValDS", "gross"),
    ("ValIva", "iva"),
    ("ValTolDS", "payable"),
    ("CUDS", "key"),
)


def _amount(value: Decimal | None) -> str:
    return "0.00" if value is None else format_amount(truncate(value))
