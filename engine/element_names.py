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
    return _names().get(field) or "".join([word.capitalize() for word in field.split("_")])


@cache
def _names() -> dict[str, str]:
    """Fields whose name is not their words joined, and the endings of fields that are attributes."""
    return {row["field"]: row["name"] for row in load_table("cuadre.engine", "element_names", ("field",))}
