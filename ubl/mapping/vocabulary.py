"""How one element of UBL becomes a field of the Document, and back: the words of the field maps."""

from typing import NamedTuple

from cuadre.ubl.mapping.namespaces import CAC, CBC

# How an element is taken. Plain integers: the reader asks for every element of a document.
TEXT = 0
"""Its text."""
AMOUNT = 1
"""Its text, and its currencyID where that is not the document's."""
MARKED = 2
"""Its text; attributes that have a field of their own, and others that DIAN always asks for."""
MANY = 3
"""An aggregate, one of several."""
FOLD = 4
"""An aggregate whose children become fields of the one around it."""
ONE = 5
"""An aggregate, read by its own field map."""
TEXTS = 6
"""Its text, one of several."""
EACH = 7
"""An aggregate around one text, one of several: PartyName/Name, AddressLine/Line."""


class Step(NamedTuple):
    """What to do with one element."""

    take: int
    field: str = ""
    field_map: "FieldMap" = {}  # noqa: RUF012 - a default that nobody writes to
    named: tuple[tuple[str, str], ...] = ()
    """Attributes and their fields."""
    usual: dict[str, str] = {}  # noqa: RUF012 - as above
    """The other attributes as DIAN asks for them; what differs is kept in ``attributes``."""


FieldMap = dict[str, Step]
"""Steps by the element's Clark name, in UBL's order."""

AGENCY = {
    "schemeAgencyID": "195",
    "schemeAgencyName": "CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)",
}
UNECE = {"listAgencyID": "6", "listAgencyName": "United Nations Economic Commission for Europe"}


def texts_of(**names: str) -> FieldMap:
    """Make steps that take one text each, from field=ElementName."""
    return {f"{{{CBC}}}{name}": Step(TEXT, field) for field, name in names.items()}


def repeated(**names: str) -> FieldMap:
    """Make steps that take every text of an element that may stand several times."""
    return {f"{{{CBC}}}{name}": Step(TEXTS, field) for field, name in names.items()}


def amounts(**names: str) -> FieldMap:
    """Make steps that take amounts."""
    return {f"{{{CBC}}}{name}": Step(AMOUNT, field) for field, name in names.items()}


def quantities(**names: str) -> FieldMap:
    """Make steps that take quantities with their unitCode."""
    return {
        f"{{{CBC}}}{name}": Step(MARKED, field, named=(("unitCode", f"{field}_unit_code"),))
        for field, name in names.items()
    }


def marked(name: str, field: str, *attributes: str, usual: dict[str, str] | None = None) -> FieldMap:
    """Make a step that takes a text and these attributes: schemeID of ``id`` becomes ``id_scheme_id``."""
    named = tuple((attribute, f"{field}{_SUFFIXES[attribute]}") for attribute in attributes)
    return {f"{{{CBC}}}{name}": Step(MARKED, field, named=named, usual=usual or {})}


_SUFFIXES = {
    "schemeID": "_scheme_id",
    "schemeName": "_scheme_name",
    "schemeAgencyID": "_scheme_agency_id",
    "listName": "_list_name",
}


def one(name: str, field: str, field_map: FieldMap) -> FieldMap:
    """Make a step that takes an aggregate."""
    return {f"{{{CAC}}}{name}": Step(ONE, field, field_map)}


def many(name: str, field: str, field_map: FieldMap) -> FieldMap:
    """Make a step that takes an aggregate that may stand several times."""
    return {f"{{{CAC}}}{name}": Step(MANY, field, field_map)}


def fold(name: str, field_map: FieldMap) -> FieldMap:
    """Make a step that takes the children of an aggregate as if they stood around it."""
    return {f"{{{CAC}}}{name}": Step(FOLD, "", field_map)}


def each(name: str, inner: str, field: str) -> FieldMap:
    """Make a step that takes the text inside each of several aggregates."""
    return {f"{{{CAC}}}{name}": Step(EACH, field, {f"{{{CBC}}}{inner}": Step(TEXT, field)})}
