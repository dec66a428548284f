"""The conditions of checks.csv: each form, joined, about the part and about the document."""

from decimal import Decimal
from typing import cast

import pytest

from cuadre.engine.model.document import Document, DocumentKind, Line, Price
from cuadre.rules.conditions import condition
from cuadre.rules.rule import Context

_LINE = Line(id="1", price=Price(price_amount=Decimal("2.00")))
_DOCUMENT = Document(kind=DocumentKind.INVOICE, type_code="02", lines=(_LINE,))


class _Around:
    document = _DOCUMENT


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("id", True),
        ("!id", False),
        ("quantity", False),
        ("!quantity", True),
        ("id = 1", True),
        ("id = 2 1", True),
        ("id = 11", False),
        ("id != 1", False),
        ("id != 2 3", True),
        ("price.price_amount", True),
        ("pricing_reference.price_amount", False),
        ("/type_code = 02", True),
        ("/type_code != 02", False),
        ("id = 1 & /type_code = 02", True),
        ("id = 1 & !price", False),
        ("!quantity & id & price", True),
    ],
)
def test_condition(written: str, holds: bool) -> None:  # noqa: FBT001 - of the table
    """A condition holds or does not hold of a line."""
    assert condition(written, Line)(_LINE, cast("Context", _Around())) is holds
