"""All that Olimpia says of a document, with types: codes, amounts, moments and people."""

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple

from cuadre.senders.olimpia.answer_text import read_answer, text_of
from cuadre.senders.payloads.reading import PayloadValue

_MOMENT = re.compile(
    r"(?P<second>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d+))?(?P<zone>Z|[+-]\d\d:\d\d)?", re.ASCII
)
_MICROSECONDS = 6


class Moment(NamedTuple):
    """A date and time as .NET writes it, with seven decimals of a second."""

    text: str
    """As it came: the only form that has every digit."""
    at: dt.datetime | None
    """To the microsecond, cut and not rounded; None where the text is no date and time."""


def moment(text: str) -> Moment:
    """Read a date and time, with any number of decimals and with or without a zone."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return Moment(text, None)
    fraction = (found["fraction"] or "").ljust(_MICROSECONDS, "0")[:_MICROSECONDS]
    try:
        return Moment(text, dt.datetime.fromisoformat(f"{found['second']}.{fraction}{found['zone'] or ''}"))
    except ValueError:
        return Moment(text, None)


class Person(NamedTuple):
    """A contact of the acquirer, or a user of the supplier."""

    name: str | None
    email: str | None
    telephone: str | None


class StatusParty(NamedTuple):
    """The acquirer or the supplier; each says the same under names of its own."""

    name: str | None
    document_type_code: str | None
    document_number: str | None
    check_digit: str | None
    email: str | None
    telephone: str | None
    people: tuple[Person, ...]


class StatusAnswer(NamedTuple):
    """The answer to GetDocumentStatus; what it does not say is None."""

    file_type_code: int | None
    cufe: str | None
    prefix: str | None
    number: str | None
    related_document_prefix: str | None
    related_document_number: str | None
    """The document that was issued in contingency."""
    acquirer: StatusParty | None
    supplier: StatusParty | None
    total: Decimal | None
    subtotal: Decimal | None
    tax_total: Decimal | None
    iva_total: Decimal | None
    is_accepted_by_the_client: bool | None
    """None while the buyer has not answered."""
    client_status: str | None
    client_reasons: str | None
    dian_status: str | None
    dian_reasons: str | None
    dian_rejected_cause: tuple[str | None, str | None]
    """Code and name; Olimpia describes them as the buyer's."""
    is_xml_generated: bool | None
    is_pdf_generated: bool | None
    is_contingency: bool | None
    is_auto_approved: bool | None
    note: str | None
    moments: dict[str, Moment]
    """Every date by its name in lower case: ``issuedate``, ``dianverificationdate`` …"""


_MOMENTS = (
    "issuedate",
    "xmlgenerationdate",
    "xmlsendingdate",
    "pdfgenerationdate",
    "pdfsendingdate",
    "documentmanagementdate",
    "acquirerstatusdate",
    "dianverificationdate",
    "acquirersendingdate",
)


def read_status(data: bytes) -> StatusAnswer:
    """Read an answer, JSON or XML, in full.

    Raises DocumentError where it is neither, and PayloadError where a value is not of its type.
    """
    return status_of(read_answer(data))


def status_of(node: PayloadValue) -> StatusAnswer:
    """Read an answer's tree in full; raise PayloadError where a value is not of its type."""
    number = node.get("filetypecodeid")
    return StatusAnswer(
        file_type_code=None if number is None else int(number.amount()),
        cufe=_text(node, "cufe"),
        prefix=_text(node, "prefix"),
        number=_text(node, "number"),
        related_document_prefix=_text(node, "relateddocumentprefix"),
        related_document_number=_text(node, "relateddocumentnumber"),
        acquirer=_party(node.get("acquirer"), "contacts"),
        supplier=_party(node.get("supplier"), "users"),
        total=_amount(node, "total"),
        subtotal=_amount(node, "subtotal"),
        tax_total=_amount(node, "taxtotal"),
        iva_total=_amount(node, "ivatotal"),
        is_accepted_by_the_client=_flag(node, "isacceptedbytheclient"),
        client_status=_text(node, "clientstatus"),
        client_reasons=_text(node, "clientreasons"),
        dian_status=_text(node, "dianstatus"),
        dian_reasons=_text(node, "dianreasons"),
        dian_rejected_cause=(_text(node, "dianrejectedcausecode"), _text(node, "dianrejectedcausename")),
        is_xml_generated=_flag(node, "isxmlgenerated"),
        is_pdf_generated=_flag(node, "ispdfgenerated"),
        is_contingency=_flag(node, "iscontingency"),
        is_auto_approved=_flag(node, "isautoapproved"),
        note=_text(node, "note"),
        moments={name: moment(text) for name in _MOMENTS if (text := text_of(node.get(name)))},
    )


def _text(node: PayloadValue, *names: str) -> str | None:
    return next((text for name in names if (text := text_of(node.get(name)))), None)


def _amount(node: PayloadValue, name: str) -> Decimal | None:
    found = node.get(name)
    return None if found is None else found.amount()


def _flag(node: PayloadValue, name: str) -> bool | None:
    found = node.get(name)
    return None if found is None else found.flag()


def _party(node: PayloadValue | None, people: str) -> StatusParty | None:
    if node is None:
        return None
    group = node.get(people)
    return StatusParty(
        name=_text(node, "name", "fullname"),
        document_type_code=_text(node, "documenttypecode"),
        document_number=_text(node, "documentnumber"),
        check_digit=_text(node, "verificationdigit", "documentnumbercheck"),
        email=_text(node, "email"),
        telephone=_text(node, "telephone", "phonenumber"),
        people=tuple([_person(one) for one in group.items()]) if group else (),
    )


def _person(node: PayloadValue) -> Person:
    return Person(
        name=_text(node, "fullname"),
        email=_text(node, "email"),
        telephone=_text(node, "phonenumber", "cellphonenumber"),
    )
