"""How far a figure may be off: the three tolerances, which one a figure has, and their borders."""

from decimal import Decimal

import pytest

from cuadre.engine.regimes.co.tolerances import FIVE_PESOS, TWO_PESOS, WHOLE_PESOS, tolerance
from cuadre.engine.regimes.regime import Tolerance

from .building import by_percent, by_unit, document, figure, line

SUBTOTAL = "lines[0].tax_totals[0].tax_subtotals[0].tax_amount"


@pytest.mark.parametrize(
    ("limit", "stated", "exact", "agrees"),
    [
        (WHOLE_PESOS, "10.49", "10.50", False),
        (WHOLE_PESOS, "10.50", "11.49", True),
        (WHOLE_PESOS, "10.50", "11.50", False),
        (WHOLE_PESOS, "-0.50", "0.49", True),
        (WHOLE_PESOS, "-0.51", "0.00", False),
        (WHOLE_PESOS, "-2.50", "-2", True),
        (TWO_PESOS, "12.00", "10.00", True),
        (TWO_PESOS, "8.00", "10.00", True),
        (TWO_PESOS, "12.00", "9.999999", False),
        (TWO_PESOS, "8.00", "10.000001", False),
        (FIVE_PESOS, "480", "475", True),
        (FIVE_PESOS, "470", "475", True),
        (FIVE_PESOS, "480", "474.999", False),
    ],
)
def test_borders(limit: Tolerance, stated: str, exact: str, *, agrees: bool) -> None:
    """Each tolerance holds up to its border and not a hair further."""
    assert limit.agrees(Decimal(stated), Decimal(exact)) is agrees


@pytest.mark.parametrize(
    ("tax", "stated", "limit"),
    [
        ("01", "480.00", FIVE_PESOS),
        ("01", "0.00", FIVE_PESOS),
        ("01", "480", FIVE_PESOS),
        ("01", "4.8E+2", FIVE_PESOS),
        ("01", "481.00", TWO_PESOS),
        ("01", "480.01", TWO_PESOS),
        ("04", "480.00", TWO_PESOS),
        ("05", "480.00", TWO_PESOS),
        ("03", "480.00", TWO_PESOS),
    ],
)
def test_taxes(tax: str, stated: str, limit: Tolerance) -> None:
    """An amount of tax may be ±2.00 off, and IVA that is stated in tens ±5.00."""
    amount = f"{Decimal(stated):f}"
    made = document(line("1", "1", "1", by_percent(tax, "2500.00", "19.00", amount)))
    assert tolerance(figure(made, SUBTOTAL)) is limit


def test_tax_without_amount() -> None:
    """IVA that states no amount has the common tolerance."""
    made = document(line("1", "1", "1", by_percent("01", "2500.00", "19.00")))
    assert tolerance(figure(made, SUBTOTAL)) is TWO_PESOS


def test_sums_and_lines() -> None:
    """Line values may be ±2.00 off; every sum is compared in whole pesos."""
    iva, bags = by_percent("01", "10.00", "19.00", "1.90"), by_unit("22", "30", "30.00")
    made = document(
        line("10", "1", "10.00", iva, bags),
        tax_totals=[iva],
        withholding_tax_totals=[by_percent("06", "10.00", "2.5", "0.25")],
        total={"line_extension_amount": "10.00", "tax_inclusive_amount": "11.90", "payable_amount": "11.90"},
    )
    names = {
        "lines[0].line_extension_amount": TWO_PESOS,
        "lines[0].tax_totals[0].tax_amount": WHOLE_PESOS,
        "lines[0].tax_totals[1].tax_subtotals[0].tax_amount": TWO_PESOS,
        "tax_totals[0].tax_amount": WHOLE_PESOS,
        "withholding_tax_totals[0].tax_subtotals[0].tax_amount": TWO_PESOS,
        "withholding_tax_totals[0].tax_amount": WHOLE_PESOS,
        "legal_monetary_total.line_extension_amount": WHOLE_PESOS,
        "legal_monetary_total.tax_exclusive_amount": WHOLE_PESOS,
        "legal_monetary_total.tax_inclusive_amount": WHOLE_PESOS,
        "legal_monetary_total.payable_amount": WHOLE_PESOS,
    }
    assert {name: tolerance(figure(made, name)).name for name in names} == {
        name: limit.name for name, limit in names.items()
    }
