"""A report whose texts were chosen to break a format: every sign that one of them gives a meaning."""

from decimal import Decimal

from cuadre.engine.findings import Cause, Finding, Severity
from cuadre.engine.source import LineItem, Place
from cuadre.report import DocumentReport, Layer, Report

DESCRIPTION = "=Té 100 %, ::error::\r\nx|y <b>&\"'`*\x1b[2J\x00"
FILE = "facturas/año: 1,5 %.xml"
_PLACE = Place(
    "lines[0].price.price_amount",
    FILE,
    7,
    "/Invoice/cac:InvoiceLine[1]/cac:Price/cbc:PriceAmount",
    item=LineItem(1, DESCRIPTION),
)
_AMOUNT = Decimal("-12345678901234567.123456789012")


def finding(severity: Severity = Severity.REJECT, place: Place = _PLACE, code: str = "FAU14") -> Finding:
    """Make a finding with amounts that no float can hold."""
    return Finding(
        code=code,
        rule=code.removeprefix("F"),
        severity=severity,
        place=place,
        element="cbc:PriceAmount",
        message_key="not_equal",
        stated=_AMOUNT,
        expected=Decimal("0.000000000001"),
        difference=_AMOUNT,
        caused_by=Cause("FAX07", "lines[0].tax_totals[0].tax_amount", LineItem(1, DESCRIPTION)),
    )


def report(*findings: Finding, source: str = FILE, failed: bool = False, more: int = 0) -> Report:
    """Make a report about one document."""
    layer = Layer("rules", "failed", "FAU14: ZeroDivisionError") if failed else Layer("rules")
    document = DocumentReport(source, "invoice", "SETP|1", "rejected", (layer,), findings, more=more)
    return Report((document,))
