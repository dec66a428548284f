"""A tax of the document: base × rate over the whole, or the sum of what the lines rounded one by one."""

import pytest

from cuadre.engine.model.document import Document, TaxTotal

from .building import by_percent, by_unit, document, faults, figure, line, subtotal

AMOUNT = "tax_totals[0].tax_subtotals[0].tax_amount"
LINES = 600


def repeated(tax: TaxTotal, whole: TaxTotal) -> Document:
    """Make a document of 600 equal lines with one tax each, and that tax over all of them."""
    withheld = tax.tax_scheme_id in {"05", "06", "07"}
    if withheld:
        one = line("1", "1", "1.00", withholding_tax_totals=[tax])
        return document(*[one] * LINES, withholding_tax_totals=[whole])
    return document(*[line("1", "1", "1.00", tax)] * LINES, tax_totals=[whole])


def test_rates_are_apart() -> None:
    """The lines' amounts are added up by tax and rate, whatever the zeros that a rate is written with."""
    made = document(
        line("1", "1", "1", by_percent("01", "0.03", "19.00", "0.01")),
        line("1", "1", "1", by_percent("01", "0.03", "19", "0.01")),
        line("1", "1", "1", by_percent("01", "0.90", "5.00", "0.05")),
        line("1", "1", "1", by_percent("04", "0.90", "19.00", "0.17")),
        tax_totals=[by_percent("01", "0.06", "19.0", "0.02")],
    )
    one = figure(made, AMOUNT)
    assert [each.path[:2] for each in one.computation.inputs()] == [("lines", 0), ("lines", 1)]
    assert str(one.value) == "0.02"


def test_base_times_rate_comes_first() -> None:
    """Where the stated amount is neither, base × rate is what it must be."""
    rounded = by_percent("01", "0.03", "19.00", "0.01")
    made = document(
        *[line("1", "1", "1", rounded)] * 10, tax_totals=[by_percent("01", "0.30", "19.00", "1.00")]
    )
    one = figure(made, AMOUNT)
    assert ([path[-1] for path, _ in one.computation.factors], str(one.value)) == (
        ["taxable_amount", "percent"],
        "0.06",
    )


@pytest.mark.parametrize(
    ("tax", "whole"),
    [
        (by_percent("01", "0.03", "19.00", "0.01"), by_percent("01", "18.00", "19.00", "6.00")),
        (by_percent("04", "0.07", "8.00", "0.01"), by_percent("04", "42.00", "8.00", "6.00")),
        (by_percent("03", "0.52", "9.66", "0.01"), by_percent("03", "312.00", "9.66", "6.00")),
        (by_percent("06", "0.20", "2.50", "0.01"), by_percent("06", "120.00", "2.50", "6.00")),
        (by_percent("07", "0.52", "9.66", "0.01"), by_percent("07", "312.00", "9.66", "6.00")),
        (
            by_unit("34", "0.5", "0.01", base_unit_measure="1"),
            by_unit("34", "0.5", "6.00", base_unit_measure="600"),
        ),
        (
            by_unit("33", "0.005", "0.01", base_unit_measure="1"),
            by_unit("33", "0.005", "6.00", base_unit_measure="600"),
        ),
    ],
    ids=["01", "04", "03", "06", "07", "34", "33"],
)
def test_sum_of_rounded_lines(tax: TaxTotal, whole: TaxTotal) -> None:
    """The sum of the lines' rounded amounts is right too, for every method and for withholdings."""
    assert faults(repeated(tax, whole)) == {}


def test_bags_of_two_prices() -> None:
    """Bags of two amounts per unit are two subtotals, each the sum of its own lines."""
    small, large = by_unit("22", "30.00", "60.00"), by_unit("22", "66.00", "198.00")
    both = TaxTotal(
        tax_amount="258.00",
        tax_subtotals=(
            subtotal("22", "60.00", per_unit_amount="30.00"),
            subtotal("22", "198.00", per_unit_amount="66.00"),
        ),
    )
    made = document(line("1", "2", "2.00", small), line("1", "3", "3.00", large), tax_totals=[both])
    assert faults(made) == {}


def test_units_of_two_prices() -> None:
    """Taxes per unit at two amounts are not mixed, and each follows its own measure."""
    sweet, sweeter = (
        by_unit("34", "28", "70.00", base_unit_measure="250"),
        by_unit("34", "55", "550.00", base_unit_measure="1000"),
    )
    both = TaxTotal(tax_amount="620.00", tax_subtotals=sweet.tax_subtotals + sweeter.tax_subtotals)
    made = document(line("1", "1", "1.00", sweet), line("1", "1", "1.00", sweeter), tax_totals=[both])
    assert faults(made) == {}
