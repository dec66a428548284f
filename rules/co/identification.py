"""Dates of the document and the number of its lines (xAD09, xAD16)."""

import datetime as dt
from decimal import Decimal

from cuadre.engine.model.document import Document
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_OLDEST = dt.timedelta(days=5)
_NEWEST = dt.timedelta(days=10)
_ISSUE_DATE = ("issue_date",)


@check("AD09a", at="document")
def not_before_authorisation(document: Document, context: Context) -> Fault | None:
    """A document is issued on or after the first day of its numbering authorisation."""
    del context
    control = document.invoice_control
    start = control.start_date if control else None
    if start and document.issue_date and document.issue_date < start:
        return Fault("issue_date", "before", str(document.issue_date), str(start))
    return None


@check("AD09b", at="document")
def not_after_authorisation(document: Document, context: Context) -> Fault | None:
    """A document is issued on or before the last day of its numbering authorisation."""
    del context
    control = document.invoice_control
    end = control.end_date if control else None
    if end and document.issue_date and document.issue_date > end:
        return Fault("issue_date", "after", str(document.issue_date), str(end))
    return None


@check("AD09c", at="document")
def not_too_old(document: Document, context: Context) -> Fault | None:
    """A document is sent within five calendar days; ``today`` stands for the moment of sending."""
    today = context.today
    if today and document.issue_date and document.issue_date < today - _OLDEST:
        return Fault("issue_date", "before", str(document.issue_date), str(today - _OLDEST))
    return None


@check("AD09d", at="document")
def not_too_new(document: Document, context: Context) -> Fault | None:
    """A document is issued at most ten calendar days after it is sent."""
    today = context.today
    if today and document.issue_date and document.issue_date > today + _NEWEST:
        return Fault("issue_date", "after", str(document.issue_date), str(today + _NEWEST))
    return None


@check("AD09e", at="document")
def signed_on_issue_date(document: Document, context: Context) -> Fault | None:
    """A document is signed on its issue date, as both are written, whatever the time zone."""
    del context
    signed = (document.signing_time or "")[:10]
    if signed and document.issue_date and signed != str(document.issue_date):
        return Fault("issue_date", "not_equal", str(document.issue_date), signed)
    return None


@check("AD16", at="document")
def line_count(document: Document, context: Context) -> Fault | None:
    """LineCountNumeric is the number of lines."""
    del context
    stated, count = document.line_count_numeric, Decimal(len(document.lines))
    if stated is None or stated == count:
        return None
    return Fault("line_count_numeric", "not_equal", stated, count)
