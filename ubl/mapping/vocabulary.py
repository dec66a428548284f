"""How an element of UBL becomes a field of the Document, and how a field becomes an element."""

from typing import NamedTuple

from cuadre.ubl.mapping.namespaces import CAC, CBC

# Forms of an element. They are plain integers, since the reader compares them for every element.
TEXT = 0
"""A text."""
AMOUNT = 1
"""A text with a currencyID, which is kept where it is not the document's currency."""
ATTRIBUTED = 2
"""A text with attributes: some have a field of their own, others are always the same."""
PARTS = 3
"""One of several aggregates."""
INLINE = 4
"""An aggregate whose children become fields of the aggregate around it."""
PART = 5
"""An aggregate with a field map of its own."""
TEXTS = 6
"""One of several texts."""
WRAPPED_TEXTS = 7
"""One of several aggregates with one text each: PartyName/Name, AddressLine/Line."""


class MapEntry(NamedTuple):
    """One element of a field map."""

    form: int
    field: str = ""
    field_map: "FieldMap" = {}  # noqa: RUF012 - a default that nobody writes to
    """Of an aggregate: the entries of its children."""
    named: tuple[tuple[str, str], ...] = ()
    """Attributes that have a field, each with its field."""
    usual: dict[str, str] = {}  # noqa: RUF012 - as above
    """The other attributes as DIAN asks for them. What was read with others is kept in ``attributes``."""


FieldMap = dict[str, MapEntry]
"""The entries of an aggregate by the element's Clark name, in UBL's order."""

AGENCY = {
    "schemeAgencyID": "195",
    "schemeAgencyName": "CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)",
}
UNECE = {"listAgencyID": "6", "listAgencyName": "United Nations Economic Commission for Europe"}


def texts(**names: str) -> FieldMap:
    """Map texts, from field=ElementName."""
    return {f"{{{CBC}}}{name}": MapEntry(TEXT, field) for field, name in names.items()}


def text_lists(**names: str) -> FieldMap:
    """Map texts that may be repeated."""
    return {f"{{{CBC}}}{name}": MapEntry(TEXTS, field) for field, name in names.items()}


def amounts(**names: str) -> FieldMap:
    """Map amounts."""
    return {f"{{{CBC}}}{name}": MapEntry(AMOUNT, field) for field, name in names.items()}


def quantities(**names: str) -> FieldMap:
    """Map quantities with their unitCode."""
    return {
        f"{{{CBC}}}{name}": MapEntry(ATTRIBUTED, field, named=(("unitCode", f"{field}_unit_code"),))
        for field, name in names.items()
    }


def attributed(name: str, field: str, *attributes: str, usual: dict[str, str] | None = None) -> FieldMap:
    """Map a text and these attributes of it: schemeID of ``id`` becomes ``id_scheme_id``."""
    named = tuple((attribute, f"{field}{_SUFFIXES[attribute]}") for attribute in attributes)
    return {f"{{{CBC}}}{name}": MapEntry(ATTRIBUTED, field, named=named, usual=usual or {})}


_SUFFIXES = {
    "schemeID": "_scheme_id",
    "schemeName": "_scheme_name",
    "schemeAgencyID": "_scheme_agency_id",
    "listName": "_list_name",
}


def part(name: str, field: str, field_map: FieldMap) -> FieldMap:
    """Map an aggregate to a part of the document."""
    return {f"{{{CAC}}}{name}": MapEntry(PART, field, field_map)}


def parts(name: str, field: str, field_map: FieldMap) -> FieldMap:
    """Map an aggregate that may be repeated."""
    return {f"{{{CAC}}}{name}": MapEntry(PARTS, field, field_map)}


def inline(name: str, field_map: FieldMap) -> FieldMap:
    """Map the children of an aggregate to fields of the aggregate around it."""
    return {f"{{{CAC}}}{name}": MapEntry(INLINE, "", field_map)}


def wrapped_texts(name: str, inner: str, field: str) -> FieldMap:
    """Map the text inside each of several aggregates."""
    return {f"{{{CAC}}}{name}": MapEntry(WRAPPED_TEXTS, field, {f"{{{CBC}}}{inner}": MapEntry(TEXT, field)})}
