"""The name that UBL has for a field of the model: ``tax_amount`` is TaxAmount."""

from cuadre.engine.tables import load_table

_SPECIAL = {row["field"]: row["element"] for row in load_table("cuadre.engine", "ubl_names", ("field",))}


def ubl_name(field: str) -> str:
    """Return the UBL name of a field, which follows from its words unless ubl_names.csv has another.

    >>> ubl_name("line_extension_amount"), ubl_name("tax_totals"), ubl_name("quantity")
    ('LineExtensionAmount', 'TaxTotal', 'quantity')
    """
    return _SPECIAL.get(field) or "".join([word.capitalize() for word in field.split("_")])
