"""UBLExtensions of a DIAN document: sts:DianExtensions, the signature, and what others put there."""

from typing import Any

from lxml.etree import _Element

from cuadre.ubl.mapping.namespaces import CBC, DS, EXT, STS, STS_OLD, XADES
from cuadre.ubl.mapping.vocabulary import AGENCY, FOLD, MARKED, ONE, TEXT, UNECE, FieldMap, Step

EXTENSIONS = f"{{{EXT}}}UBLExtensions"
EXTENSION = f"{{{EXT}}}UBLExtension"
CONTENT = f"{{{EXT}}}ExtensionContent"
SIGNATURE = f"{{{DS}}}Signature"
_SIGNING_TIME = f"{{{XADES}}}SigningTime"
_COUNTRY_LIST = "urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1"


def _text(field: str) -> Step:
    return Step(TEXT, field)


def _id(field: str) -> Step:
    named = (("schemeID", f"{field}_scheme_id"), ("schemeName", f"{field}_scheme_name"))
    return Step(MARKED, field, named=named, usual=AGENCY)


def _dian(sts: str) -> FieldMap:
    period = {f"{{{CBC}}}StartDate": _text("start_date"), f"{{{CBC}}}EndDate": _text("end_date")}
    numbers = {
        f"{{{sts}}}Prefix": _text("prefix"),
        f"{{{sts}}}From": _text("from_number"),
        f"{{{sts}}}To": _text("to_number"),
    }
    control = {
        f"{{{sts}}}InvoiceAuthorization": _text("invoice_authorization"),
        f"{{{sts}}}AuthorizationPeriod": Step(FOLD, "", period),
        f"{{{sts}}}AuthorizedInvoices": Step(FOLD, "", numbers),
    }
    country = Step(MARKED, "invoice_source_country", usual={**UNECE, "listSchemeURI": _COUNTRY_LIST})
    provider = {
        f"{{{sts}}}ProviderID": _id("provider_id"),
        f"{{{sts}}}SoftwareID": Step(MARKED, "software_id", usual=AGENCY),
    }
    return {
        f"{{{sts}}}InvoiceControl": Step(ONE, "invoice_control", control),
        f"{{{sts}}}InvoiceSource": Step(FOLD, "", {f"{{{CBC}}}IdentificationCode": country}),
        f"{{{sts}}}SoftwareProvider": Step(FOLD, "", provider),
        f"{{{sts}}}SoftwareSecurityCode": Step(MARKED, "software_security_code", usual=AGENCY),
        f"{{{sts}}}AuthorizationProvider": Step(
            FOLD, "", {f"{{{sts}}}AuthorizationProviderID": _id("authorization_provider_id")}
        ),
        f"{{{sts}}}QRCode": _text("qr_code"),
    }


DIAN_EXTENSIONS: dict[str, FieldMap] = {f"{{{sts}}}DianExtensions": _dian(sts) for sts in (STS, STS_OLD)}
"""The field map of DianExtensions, in each of its two namespaces."""
OLD_DIAN_EXTENSIONS = f"{{{STS_OLD}}}DianExtensions"


def signing_time(signature: _Element, fields: dict[str, Any]) -> None:
    """Take the time of signing from a ds:Signature; the signature itself is not part of the model."""
    for element in signature.iter(_SIGNING_TIME):
        if fields["signing_time"] is None:
            fields["signing_time"] = (element.text or "").strip()
