"""What an element is called in a sentence: UBL's own name, such as ``PayableAmount``."""

from functools import cache

from cuadre.engine.source import Place
from cuadre.engine.tables import load_table


def element_name(place: Place) -> str:
    """Name the element at a place: by its XPath where there is one, else by the field of the model.

    An attribute is named with its element: ``InvoicedQuantity/@unitCode``.
    """
    if place.xpath:
        around, _, last = place.xpath.rpartition("/")
        name = _local(last)
        return f"{_local(around.rpartition('/')[2])}/{name}" if name.startswith("@") else name
    return field_name(place.path)


def element_in(place: Place, language: str) -> str:
    """Name the element at a place; in Spanish with what it means: ``PayableAmount (total a pagar)``."""
    name = element_name(place)
    meant = meaning(place) if language == "es" else None
    return f"{name} ({meant})" if meant else name


def meaning(place: Place) -> str | None:
    """Say in Spanish what the element at a place means, where glosses.csv has it.

    It is looked for in the element around it, such as ``TaxScheme/ID``, then for itself.
    """
    name = element_name(place)
    if place.xpath:
        around = _local(place.xpath.rpartition("/")[0].rpartition("/")[2])
    else:
        around = field_name(place.path.rpartition(".")[0])
    names = (f"{around}/{name}", name, name.rpartition("/")[2])
    return next((_glosses()[one] for one in names if one in _glosses()), None)


def field_name(path: str) -> str:
    """Name the field that a path ends with, as UBL does."""
    field = path.rpartition(".")[2].partition("[")[0]
    names = _names()
    if field not in names:
        for ending, attribute in names.items():
            if ending.startswith("_") and field.endswith(ending):
                return ubl_name(field.removesuffix(ending)) + attribute
    return ubl_name(field)


def _local(step: str) -> str:
    """Take a step of an XPath without prefix and position."""
    return step.rpartition(":")[2].partition("[")[0]


def ubl_name(field: str) -> str:
    """Return the UBL name of a field, which follows from its words unless element_names.csv has another.

    >>> ubl_name("line_extension_amount"), ubl_name("tax_totals")
    ('LineExtensionAmount', 'TaxTotal')
    """
    words = ["ID" if word == "id" else word.capitalize() for word in field.split("_")]
    return _names().get(field) or "".join(words)


@cache
def _names() -> dict[str, str]:
    """Fields whose name is not their words joined, and the endings of fields that are attributes."""
    return {row["field"]: row["name"] for row in load_table("cuadre.engine", "element_names", ("field",))}


@cache
def _glosses() -> dict[str, str]:
    """Load what elements mean in Spanish, by name; one that depends on the element around it has both."""
    return {
        row["element"]: row["es"] for row in load_table("cuadre.engine", "glosses", ("element",), ("es",))
    }
