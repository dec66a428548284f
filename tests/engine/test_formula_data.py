"""Formulas as data: what they compute, print and trace is the same thing, and a wrong one is refused."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import DefinitionError
from cuadre.engine.formula import Formula
from cuadre.engine.model.document import Document, Line, TaxSubtotal
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.totals import recompute

from .building import charge, discount, document, line
from .nearly_plain import documents


@pytest.mark.parametrize(
    ("model", "written", "text"),
    [
        (Line, "0", "0"),
        (Line, "quantity", "Quantity"),
        (Line, "price.price_amount * quantity", "PriceAmount × Quantity"),
        (TaxSubtotal, "taxable_amount * percent / 1000", "TaxableAmount × Percent / 1000"),
        (TaxSubtotal, "per_unit_amount * line.quantity", "PerUnitAmount × Quantity"),
        (
            Line,
            "price.price_amount * quantity - allowance_charges[false].amount",
            "PriceAmount × Quantity − Σ AllowanceCharge[false]/Amount",
        ),
        (
            Document,
            "(legal_monetary_total.line_extension_amount) + tax_totals.tax_amount",
            "LineExtensionAmount + Σ TaxTotal/TaxAmount",
        ),
        (
            Document,
            "lines.tax_totals[0].tax_subtotals.taxable_amount",
            "Σ Line/TaxTotal[1]/TaxSubtotal/TaxableAmount",
        ),
    ],
)
def test_prints_itself(model: type[Document | Line | TaxSubtotal], written: str, text: str) -> None:
    """A formula is printed in UBL's names."""
    assert str(Formula(model, written)) == text


@pytest.mark.parametrize(
    "written",
    [
        "",
        "quantity quantity",
        "quantity - quantity * quantity",
        "quantity / 100",
        "quantity * quantity / 30",
        "quantity + quantity / 100",
        "(quantity",
        "- quantity",
        "quantity -",
        "quantitty",
        "price.amount",
        "item * quantity.amount",
        "allowance_charges.amount * quantity",
        "allowance_charges[maybe].amount",
    ],
)
def test_refuses(written: str) -> None:
    """What is no formula, or names what the model does not have, is refused when it is made."""
    with pytest.raises(DefinitionError):
        Formula(Line, written)


def test_absent() -> None:
    """A factor that is missing gives nothing; a member of a list that states nothing counts as nothing."""
    whole = document(line("10", "1", None, allowance_charges=[discount("1.00"), charge("2.00")]))
    made = whole.lines[0].model_copy(update={"quantity": None})
    with localcontext(EXACT):
        assert Formula(Line, "price.price_amount * quantity").exact(made) is None
        assert Formula(Line, "line_extension_amount + allowance_charges.amount").exact(made) is None
        assert Formula(Line, "(line_extension_amount) + allowance_charges.amount").exact(made) == Decimal(
            "3.00"
        )
        assert Formula(Line, "allowance_charges[1].amount - allowance_charges[0].amount").exact(made) == 1


@given(made=documents())
@settings(derandomize=True, deadline=None, database=None, max_examples=300)
def test_trace_gives_what_is_computed(made: Document) -> None:
    """The numbers that a trace lists, put together as it says, are the figure."""
    figures = recompute(made, CO).figures
    with localcontext(EXACT):
        assert [one.path for one in figures if one.computation.exact() != one.exact] == []
