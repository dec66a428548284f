"""A resolution in which DIAN authorises a range of numbers, and the documents that it is for."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.texts import say

_SALES = "01"
_GROUPS = {"02": _SALES, "04": _SALES}
"""Export invoices and those sent late (type 04) take the numbers of sales invoices."""
_FORMS = {
    "invoice_authorization": re.compile(r"[0-9]{11,14}"),
    "prefix": re.compile(r"[A-Za-z0-9]{0,4}"),
    "type_code": re.compile(r"[0-9]{2}"),
    "company_id": re.compile(r"[0-9]{3,13}"),
    "technical_key": re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?"),
}
_LARGEST = 999_999_999


class NumberingError(CuadreError, ValueError):
    """A resolution that cannot be one; ``detail`` has the ``field``."""

    code = "numbering"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingResolution:
    """One authorised range, in the names of ``Document.invoice_control``.

    A resolution that authorises several prefixes is one of these for each. Raises NumberingError for a field
    that is wrong, without repeating the technical key.
    """

    invoice_authorization: str
    """The number of the resolution: 11 to 14 digits."""
    from_number: int
    to_number: int
    start_date: dt.date
    end_date: dt.date
    prefix: str = ""
    """Up to 4 letters and digits; many ranges have none."""
    type_code: str = _SALES
    """Of the documents that it is for: 01 (also 02 and 04), 03, 05 or 20."""
    company_id: str | None = None
    """The NIT of the issuer without check digit; without it the range is taken for everybody's."""
    technical_key: str | None = field(default=None, repr=False)
    """For the CUFE: 40 or 64 hexadecimal digits."""

    def __post_init__(self) -> None:
        for name, form in _FORMS.items():
            value = getattr(self, name)
            if value is not None and not (isinstance(value, str) and form.fullmatch(value)):
                raise _wrong(name, name)
        for name in ("from_number", "to_number"):
            number = getattr(self, name)
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= _LARGEST:
                raise _wrong(name, "number")
        for name in ("start_date", "end_date"):
            date = getattr(self, name)
            if not isinstance(date, dt.date) or isinstance(date, dt.datetime):
                raise _wrong(name, "date")
        if self.from_number > self.to_number:
            raise _wrong(name="to_number", fault="order")
        if self.start_date > self.end_date:
            raise _wrong(name="end_date", fault="dates")

    @property
    def group(self) -> str:
        """The type of document that the range is for; types 01, 02 and 04 share one."""
        return group_of(self.type_code)


def group_of(type_code: str | None) -> str:
    """Return the type whose ranges a type of document takes its numbers from."""
    return _GROUPS.get(type_code or _SALES, type_code or _SALES)


def of_issuer(resolutions: Iterable[NumberingResolution], document: Document) -> list[NumberingResolution]:
    """Keep the resolutions that may be of the issuer: in a support document that is the buyer."""
    if document.kind is DocumentKind.SUPPORT_DOCUMENT:
        party = document.accounting_customer_party
    else:
        party = document.accounting_supplier_party
    issuer = party.company_id if party else ""
    return [one for one in resolutions if not one.company_id or one.company_id == issuer]


def named(resolutions: Iterable[NumberingResolution], document: Document) -> NumberingResolution | None:
    """Return the resolution of the issuer that the document names: its number, its prefix, its type."""
    control, group = document.invoice_control, group_of(document.type_code)
    if control is None:
        return None
    key = (control.invoice_authorization, control.prefix or "", group)
    for one in of_issuer(resolutions, document):
        if (one.invoice_authorization, one.prefix, one.group) == key:
            return one
    return None


def _wrong(name: str, fault: str) -> NumberingError:
    sentence = say(f"cuadre.engine.regimes.co:numbering_{fault}")
    return NumberingError(say("cuadre.engine:at", place=name, fault=sentence), field=name)
