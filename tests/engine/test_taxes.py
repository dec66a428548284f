"""Every tax of DIAN's table 13.2.2, computed by its own method in a line and in the document."""

from decimal import Decimal

import pytest

from cuadre.engine.model.document import TaxSubtotal, TaxTotal
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.regimes.co.taxes import NOMINAL, TAXES, WITHHOLDINGS

from .building import by_percent, by_unit, computed, document, figure, line, subtotal

AMOUNT = "lines[0].tax_totals[0].tax_subtotals[0].tax_amount"
METHODS = {
    "percent": ["01", "04", "05", "06", "08", "20", "25", "26", "30", "35", "36", "ZZ"],
    "per_mille": ["03", "07"],
    "per_unit": ["02", "21", "23", "24", "32", "33"],
    "per_hundred_units": ["34"],
    "per_item": ["22"],
}
# tax, its figures, quantity of the line, exact amount, what the formula multiplies
CASES: list[tuple[str, dict[str, str], str, str]] = [
    ("01", {"taxable_amount": "100000.00", "percent": "19.00"}, "2", "19000"),
    ("01", {"taxable_amount": "2533.05", "percent": "19"}, "2", "481.2795"),
    ("01", {"taxable_amount": "100000.00", "percent": "0.00"}, "2", "0"),
    ("03", {"taxable_amount": "1000000.00", "percent": "9.66"}, "2", "9660"),
    ("04", {"taxable_amount": "50000.00", "percent": "8.00"}, "2", "4000"),
    ("06", {"taxable_amount": "1000000.00", "percent": "2.500"}, "2", "25000"),
    ("07", {"taxable_amount": "1000000.00", "percent": "4.14"}, "2", "4140"),
    ("22", {"per_unit_amount": "30.00"}, "2", "60"),
    ("22", {"per_unit_amount": "66.00", "base_unit_measure": "3"}, "3", "198"),
    ("23", {"per_unit_amount": "148.50", "base_unit_measure": "12"}, "1", "1782"),
    ("24", {"per_unit_amount": "541.10", "base_unit_measure": "10.5"}, "1", "5681.55"),
    ("32", {"per_unit_amount": "393", "base_unit_measure": "37"}, "2", "14541"),
    ("32", {"per_unit_amount": "5472.00", "base_unit_measure": "40.00"}, "16", "218880"),
    ("33", {"per_unit_amount": "2.12", "base_unit_measure": "140"}, "2", "296.80"),
    ("34", {"per_unit_amount": "18", "base_unit_measure": "25000"}, "10", "4500"),
    ("34", {"per_unit_amount": "1690", "base_unit_measure": "4000"}, "4", "67600"),
    ("35", {"taxable_amount": "10000.00", "percent": "20.00"}, "1", "2000"),
    ("36", {"taxable_amount": "48270.00", "percent": "25.00"}, "1", "12067.5"),
    ("ZZ", {"taxable_amount": "100.00", "percent": "1.5"}, "1", "1.5"),
    ("99", {"taxable_amount": "100.00", "percent": "10"}, "1", "10"),
]


def total(tax: str, fields: dict[str, str], amount: str | None = None) -> TaxTotal:
    """Make a tax of one subtotal that states no amount of its own."""
    return TaxTotal(tax_subtotals=(subtotal(tax, amount, **fields),))


def test_table() -> None:
    """Each tax has its method, and only 05, 06 and 07 are withheld."""
    methods = {method: [tax.id for tax in TAXES.values() if tax.method == method] for method in METHODS}
    assert methods == METHODS
    assert {"05", "06", "07"} == WITHHOLDINGS
    assert {"02", "21", "22", "23", "24", "32", "33", "34"} == NOMINAL
    assert CO.taxes is TAXES


def test_amounts_in_a_line() -> None:
    """The amount of each case is exact, before any rounding."""
    wrong = [
        (tax, fields, exact)
        for tax, fields, quantity, exact in CASES
        if figure(document(line("1", quantity, "1", total(tax, fields))), AMOUNT).exact != Decimal(exact)
    ]
    assert wrong == []


def test_amounts_in_the_document() -> None:
    """The document's tax has the same method, except for bags, which need the lines' quantities."""
    wrong = [
        (tax, fields, exact)
        for tax, fields, _, exact in CASES
        if tax != "22"
        and figure(document(tax_totals=[total(tax, fields)]), AMOUNT.partition(".")[2]).exact
        != Decimal(exact)
    ]
    assert wrong == []


def test_trace_of_a_tax() -> None:
    """The trace names the base and the rate with their paths, and how the amount was rounded."""
    made = document(line("1", "1", "1", by_percent("01", "2533.05", "19.00", "481.28")))
    trace = computed(made).explain(AMOUNT)
    where = AMOUNT.removesuffix("tax_amount")
    assert (trace.path, trace.expression) == (where + "tax_amount", "2533.05 × 19.00 / 100")
    assert [(one.sign, one.path[-1], str(one.value)) for one in trace.inputs] == [
        ("+", "taxable_amount", "2533.05"),
        ("+", "percent", "19.00"),
    ]
    assert (str(trace.exact), str(trace.value), str(trace.stated)) == ("481.279500", "481.28", "481.28")
    assert trace.rounding == CO.rounding


def test_withholding_per_mille_or_percent() -> None:
    """ReteICA is per mille; a percentage that an issuer wrote is followed where the amount says so."""
    made = [
        document(line("1", "1", "1", withholding_tax_totals=[by_percent("07", "1000000", "0.414", amount)]))
        for amount in ("4140.00", "414.00", "414.01")
    ]
    path = AMOUNT.replace("tax_totals", "withholding_tax_totals")
    assert [str(figure(one, path).value) for one in made] == ["4140.00", "414.00", "414.00"]


@pytest.mark.parametrize("measure", ["base_unit_measure", "percent"])
def test_unknown_method_of_a_percentage(measure: str) -> None:
    """A tax by percentage that states an amount per unit is computed by the figures that it has."""
    made = total("01", {"per_unit_amount": "10", "taxable_amount": "200", measure: "3"})
    exact = {"base_unit_measure": Decimal(30), "percent": Decimal(6)}[measure]
    assert figure(document(line("1", "1", "1", made)), AMOUNT).exact == exact


@pytest.mark.parametrize(
    "part",
    [
        TaxSubtotal(tax_amount="5"),
        subtotal("01", "5", taxable_amount="100"),
        subtotal("01", "5", percent="19"),
        subtotal("34", "5", per_unit_amount="18"),
        subtotal("32", "5", base_unit_measure="18"),
    ],
)
def test_not_computable(part: TaxSubtotal) -> None:
    """A subtotal that lacks its base, rate or measure has no figure, and its amount counts as stated."""
    made = document(line("1", "1", "1", TaxTotal(tax_amount="5", tax_subtotals=(part,))))
    figures = computed(made).by_path
    assert AMOUNT not in figures
    assert figures["lines[0].tax_totals[0].tax_amount"].exact == Decimal(5)


def test_bags() -> None:
    """Bags are counted by the line's quantity; a stated number of units is taken where it agrees."""
    stated = by_unit("22", "30.00", "90.00", base_unit_measure="3")
    assert figure(document(line("1", "2", "1", stated)), AMOUNT).exact == Decimal(90)
    wrong = by_unit("22", "30.00", "500.00", base_unit_measure="1")
    assert figure(document(line("1", "2", "1", wrong)), AMOUNT).exact == Decimal(60)
