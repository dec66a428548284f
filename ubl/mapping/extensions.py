"""UBLExtensions of a DIAN document: sts:DianExtensions, the signature, and others."""

from typing import Any

from lxml.etree import _Element

from cuadre.ubl.mapping.namespaces import CBC, DS, EXT, STS, STS_OLD, XADES
from cuadre.ubl.mapping.vocabulary import AGENCY, ATTRIBUTED, INLINE, PART, TEXT, UNECE, FieldMap, MapEntry

EXTENSIONS = f"{{{EXT}}}UBLExtensions"
EXTENSION = f"{{{EXT}}}UBLExtension"
CONTENT = f"{{{EXT}}}ExtensionContent"
SIGNATURE = f"{{{DS}}}Signature"
_SIGNING_TIME = f"{{{XADES}}}SigningTime"
_COUNTRY_LIST = "urn:oasis:names:specification:ubl:codelist:gc:CountryIdentificationCode-2.1"


def _text(field: str) -> MapEntry:
    return MapEntry(TEXT, field)


def _id(field: str) -> MapEntry:
    named = (("schemeID", f"{field}_scheme_id"), ("schemeName", f"{field}_scheme_name"))
    return MapEntry(ATTRIBUTED, field, named=named, usual=AGENCY)


def _dian(sts: str) -> FieldMap:
    period = {f"{{{CBC}}}StartDate": _text("start_date"), f"{{{CBC}}}EndDate": _text("end_date")}
    numbers = {
        f"{{{sts}}}Prefix": _text("prefix"),
        f"{{{sts}}}From": _text("from_number"),
        f"{{{sts}}}To": _text("to_number"),
    }
    control = {
        f"{{{sts}}}InvoiceAuthorization": _text("invoice_authorization"),
        f"{{{sts}}}AuthorizationPeriod": MapEntry(INLINE, "", period),
        f"{{{sts}}}AuthorizedInvoices": MapEntry(INLINE, "", numbers),
    }
    country = MapEntry(ATTRIBUTED, "invoice_source_country", usual={**UNECE, "listSchemeURI": _COUNTRY_LIST})
    provider = {
        f"{{{sts}}}ProviderID": _id("provider_id"),
        f"{{{sts}}}SoftwareID": MapEntry(ATTRIBUTED, "software_id", usual=AGENCY),
    }
    return {
        f"{{{sts}}}InvoiceControl": MapEntry(PART, "invoice_control", control),
        f"{{{sts}}}InvoiceSource": MapEntry(INLINE, "", {f"{{{CBC}}}IdentificationCode": country}),
        f"{{{sts}}}SoftwareProvider": MapEntry(INLINE, "", provider),
        f"{{{sts}}}SoftwareSecurityCode": MapEntry(ATTRIBUTED, "software_security_code", usual=AGENCY),
        f"{{{sts}}}AuthorizationProvider": MapEntry(
            INLINE, "", {f"{{{sts}}}AuthorizationProviderID": _id("authorization_provider_id")}
        ),
        f"{{{sts}}}QRCode": _text("qr_code"),
    }


DIAN_EXTENSIONS: dict[str, FieldMap] = {f"{{{sts}}}DianExtensions": _dian(sts) for sts in (STS, STS_OLD)}
"""The field map of DianExtensions, in each of its two namespaces."""
OLD_DIAN_EXTENSIONS = f"{{{STS_OLD}}}DianExtensions"


def signing_time(signature: _Element, fields: dict[str, Any]) -> None:
    """Read the time of signing from a ds:Signature; the model does not have the signature itself."""
    for element in signature.iter(_SIGNING_TIME):
        if fields["signing_time"] is None:
            fields["signing_time"] = (element.text or "").strip()
