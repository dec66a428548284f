"""The range of numbers that a document states, and the resolution that authorises it (xAB05b–12b, xAD05)."""

from collections.abc import Sequence

from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.dian import InvoiceControl
from cuadre.engine.regimes.co.numbering import NumberingResolution, group_of, named, of_issuer
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_AT = ("dian_extensions", "invoice_control")
_PAPER = "03"
"""An invoice written by hand in a contingency: its number is of another range."""
_LONGEST = 18
"""More digits than any number has: a longer text is none, and takes long to read as one."""


@check("AB05b", at="document")
def resolution_is_authorised(document: Document, context: Context) -> Fault | None:
    """The number of the resolution is that of a given one."""
    control, given = document.invoice_control, of_issuer(context.numbering, document)
    if control is None or not given or not control.invoice_authorization:
        return None
    if any(one.invoice_authorization == control.invoice_authorization for one in given):
        return None
    near = _nearest(given, document)
    return Fault(
        (*_AT, "invoice_authorization"),
        "other_resolution",
        control.invoice_authorization,
        near.invoice_authorization,
        detail=_range(near),
    )


@check("AB10b", at="document")
def prefix_is_authorised(document: Document, context: Context) -> Fault | None:
    """The prefix is one that the resolution authorises; no prefix is one, too."""
    control, given = document.invoice_control, _of_number(document, context)
    if control is None or not given or any(one.prefix == (control.prefix or "") for one in given):
        return None
    near = _nearest(given, document)
    return Fault(
        (*_AT, "prefix"),
        "other_prefix" if control.prefix and near.prefix else "no_prefix" if near.prefix else "has_prefix",
        control.prefix or None,
        near.prefix or None,
        detail=_range(near),
    )


@check("AD05e", at="document")
def range_is_for_the_type(document: Document, context: Context) -> Fault | None:
    """The range is authorised for this type of document: none serves two, but for types 01, 02 and 04."""
    control = document.invoice_control
    same = [
        one
        for one in _of_number(document, context)
        if control is not None and one.prefix == (control.prefix or "")
    ]
    if not same or any(one.group == group_of(document.type_code) for one in same):
        return None
    return Fault("id", "other_type", document.id, detail=same[0].type_code)


@check("AB07b", at="document")
def start_is_authorised(document: Document, context: Context) -> Fault | None:
    """The first day that the document states is that of the resolution."""
    control, one = _both(document, context)
    if control is None or one is None or control.start_date in {None, one.start_date}:
        return None
    return Fault((*_AT, "start_date"), "not_equal", str(control.start_date), str(one.start_date))


@check("AB08b", at="document")
def end_is_authorised(document: Document, context: Context) -> Fault | None:
    """The last day that the document states is that of the resolution."""
    control, one = _both(document, context)
    if control is None or one is None or control.end_date in {None, one.end_date}:
        return None
    return Fault((*_AT, "end_date"), "not_equal", str(control.end_date), str(one.end_date))


@check("AB11b", at="document")
def first_number_is_authorised(document: Document, context: Context) -> Fault | None:
    """The first number that the document states is that of the resolution, whatever zeros lead it."""
    control, one = _both(document, context)
    if control is None or one is None or not control.from_number:
        return None
    if _number(control.from_number) == one.from_number:
        return None
    return Fault((*_AT, "from_number"), "not_equal", control.from_number, str(one.from_number))


@check("AB12b", at="document")
def last_number_is_authorised(document: Document, context: Context) -> Fault | None:
    """The last number that the document states is that of the resolution, whatever zeros lead it."""
    control, one = _both(document, context)
    if control is None or one is None or not control.to_number:
        return None
    if _number(control.to_number) == one.to_number:
        return None
    return Fault((*_AT, "to_number"), "not_equal", control.to_number, str(one.to_number))


@check("AD05d", at="document")
def number_is_authorised(document: Document, context: Context) -> Fault | None:
    """The number is in the range of the resolution; AD05b and AD05c speak of the range that is stated."""
    control, one = _both(document, context)
    if control is None or one is None or below_range(document, context) or above_range(document, context):
        return None
    number = _consecutive(document, one.prefix)
    if number is None or one.from_number <= number <= one.to_number:
        return None
    return Fault("id", "outside_range", document.id, detail=_range(one))


@check("AD05b", at="document")
def below_range(document: Document, context: Context) -> Fault | None:
    """The number starts with the stated prefix, and what follows is not below the stated range.

    A number without the prefix has no place in the range; this says it, and AD05c does not say it again.
    """
    del context
    control = document.invoice_control
    if control is None or not document.id or document.type_code == _PAPER:
        return None
    if not document.id.startswith(control.prefix or ""):
        return Fault("id", "lacks_text", document.id, detail=control.prefix)
    number, first = _consecutive(document, control.prefix), _number(control.from_number)
    if number is None or first is None or number >= first:
        return None
    return Fault("id", "below_range", document.id, detail=f"{control.prefix or ''}{first}")


@check("AD05c", at="document")
def above_range(document: Document, context: Context) -> Fault | None:
    """What follows the stated prefix is not above the stated range."""
    del context
    control = document.invoice_control
    if control is None or document.type_code == _PAPER:
        return None
    number, last = _consecutive(document, control.prefix), _number(control.to_number)
    if number is None or last is None or number <= last:
        return None
    return Fault("id", "above_range", document.id, detail=f"{control.prefix or ''}{last}")


@check("AB10a", at="document")
def prefix_is_of_the_issuer(document: Document, context: Context) -> Fault | None:
    """The stated prefix is the issuer's CorporateRegistrationScheme/ID, where there is one."""
    del context
    control, party = document.invoice_control, document.accounting_supplier_party
    if control is None or party is None or not control.prefix:
        return None
    stated = [one.corporate_registration_id for one in party.party_legal_entities]
    stated = [one for one in stated if one]
    if not stated or control.prefix in stated:
        return None
    return Fault((*_AT, "prefix"), "not_equal", control.prefix, stated[0])


def _of_number(document: Document, context: Context) -> list[NumberingResolution]:
    """List the given ranges of the resolution that the document names, whatever their prefix and type."""
    control = document.invoice_control
    if control is None or not context.numbering:
        return []
    given = of_issuer(context.numbering, document)
    return [one for one in given if one.invoice_authorization == control.invoice_authorization]


def _both(document: Document, context: Context) -> tuple[InvoiceControl | None, NumberingResolution | None]:
    """Return what the document states, and the resolution that it names, if one is given."""
    return document.invoice_control, named(context.numbering, document) if context.numbering else None


def _nearest(given: Sequence[NumberingResolution], document: Document) -> NumberingResolution:
    """Return the range that has most in common with what the document states; the first of several."""
    control = document.invoice_control
    prefix, number = (control.prefix or "" if control else ""), document.id or ""

    def likeness(one: NumberingResolution) -> tuple[bool, bool, bool]:
        consecutive = _number(number.removeprefix(one.prefix))
        return (
            one.group == group_of(document.type_code),
            one.prefix == prefix,
            consecutive is not None and one.from_number <= consecutive <= one.to_number,
        )

    return max(given, key=likeness)


def _range(one: NumberingResolution) -> str:
    return f"{one.invoice_authorization}: {one.prefix}{one.from_number}-{one.prefix}{one.to_number}"


def _consecutive(document: Document, prefix: str | None) -> int | None:
    """Return what follows the prefix in the document's number; None where that is no number."""
    if not document.id or not document.id.startswith(prefix or ""):
        return None
    return _number(document.id.removeprefix(prefix or ""))


def _number(text: str | None) -> int | None:
    if not text or len(text) > _LONGEST or not (text.isascii() and text.isdecimal()):
        return None
    return int(text)
