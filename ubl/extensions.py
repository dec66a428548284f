"""DIAN's part of UBLExtensions: the numbering authorisation and the time of signing."""

from typing import Any

from lxml.etree import _Element

from cuadre.ubl.namespaces import CBC, DS, STS, STS_OLD, XADES
from cuadre.ubl.shapes import FOLD, ONE, TEXT, Shape, Step


def _text(field: str) -> Step:
    return Step(TEXT, field)


def _control(sts: str) -> Shape:
    period = {f"{{{CBC}}}StartDate": _text("start_date"), f"{{{CBC}}}EndDate": _text("end_date")}
    numbers = {
        f"{{{sts}}}Prefix": _text("prefix"),
        f"{{{sts}}}From": _text("from_number"),
        f"{{{sts}}}To": _text("to_number"),
    }
    return {
        f"{{{sts}}}InvoiceAuthorization": _text("invoice_authorization"),
        f"{{{sts}}}AuthorizationPeriod": Step(FOLD, "", period),
        f"{{{sts}}}AuthorizedInvoices": Step(FOLD, "", numbers),
    }


DIAN_EXTENSIONS: Shape = {
    f"{{{sts}}}DianExtensions": Step(
        FOLD, "", {f"{{{sts}}}InvoiceControl": Step(ONE, "invoice_control", _control(sts))}
    )
    for sts in (STS, STS_OLD)
}
"""What is read from an ExtensionContent; the rest is carried."""
SIGNATURE = f"{{{DS}}}Signature"
_SIGNING_TIME = f"{{{XADES}}}SigningTime"


def signing_time(signature: _Element, fields: dict[str, Any]) -> None:
    """Take the time of signing from a ds:Signature; the signature itself is not part of the model."""
    for element in signature.iter(_SIGNING_TIME):
        fields.setdefault("signing_time", element.text or "")
