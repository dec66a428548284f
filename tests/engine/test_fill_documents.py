"""Filling, case by case: what is computed, what is kept, and documents that must not change."""

from decimal import Decimal
from pathlib import Path

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.fill import fill
from cuadre.engine.model.document import AllowanceCharge, Document, MonetaryTotal
from cuadre.engine.regimes.co.regime import CO
from cuadre.reading import read

from .building import by_percent, by_unit, document, faults, line

EXAMPLES = Path(__file__).parents[2] / "examples"
SOUND = sorted(path for path in EXAMPLES.glob("*.xml") if path.stem != "broken")


def totals(made: Document) -> dict[str, str]:
    """Fill a document and write the totals that it then states."""
    total = fill(made, CO).legal_monetary_total or MonetaryTotal()
    return {name: str(value) for name, value in total if isinstance(value, Decimal)}


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_sound_examples_stay(path: Path) -> None:
    """A document that adds up is the same after filling."""
    made = read(path.read_bytes()).document
    assert made is not None
    assert fill(made, CO) == made


def test_from_inputs() -> None:
    """Values, bases, amounts, sums and totals come from quantity, price, rate and discount."""
    half = AllowanceCharge(charge_indicator="false", multiplier_factor_numeric="50")
    made = document(
        line(
            "1000", "3", None, by_percent("01", None, "19.00"), by_unit("22", "66"), allowance_charges=[half]
        ),
        line("0.335", "1", "999", withholding_tax_totals=[by_percent("06", None, "2.5")]),
        allowance_charges=[{"charge_indicator": "false", "multiplier_factor_numeric": "10"}],
        prepaid_payments=[{"paid_amount": "100"}],
    )
    filled = fill(made, CO)
    assert [str(one.line_extension_amount) for one in filled.lines] == ["1500.00", "0.34"]
    assert [str(total.tax_amount) for total in filled.tax_totals] == ["285.00", "198.00"]
    assert [str(total.tax_amount) for total in filled.withholding_tax_totals] == ["0.01"]
    assert totals(made) == {
        "line_extension_amount": "1500.34",
        "tax_exclusive_amount": "1500.00",
        "tax_inclusive_amount": "1983.34",
        "allowance_total_amount": "150.03",
        "prepaid_amount": "100.00",
        "payable_amount": "1833.31",
    }


def test_withheld_iva() -> None:
    """The base of ReteIVA is the line's IVA, and that of other withholdings the line's value."""
    withheld = [
        by_percent("05", None, "15.00"),
        by_percent("06", None, "2.50"),
        by_percent("07", None, "9.66"),
    ]
    made = document(
        line("1000", "100", None, by_percent("01", None, "19.00"), withholding_tax_totals=withheld)
    )
    parts = [total.tax_subtotals[0] for total in fill(made, CO).lines[0].withholding_tax_totals]
    assert [(str(part.taxable_amount), str(part.tax_amount)) for part in parts] == [
        ("19000.00", "2850.00"),
        ("100000.00", "2500.00"),
        ("100000.00", "966.00"),
    ]


def test_free_item() -> None:
    """The IVA of a free item is computed on its reference price, and paid."""
    reference = {"price_amount": "50000", "price_type_code": "01"}
    made = document(line("0", "2", None, by_percent("01", None, "19.00"), pricing_reference=reference))
    assert totals(made) == {
        "line_extension_amount": "0.00",
        "tax_exclusive_amount": "100000.00",
        "tax_inclusive_amount": "19000.00",
        "payable_amount": "19000.00",
    }


@pytest.mark.parametrize(
    ("stated", "payable"),
    [("1190.00", "1190.00"), ("1090.00", "1090.00"), ("7.00", "1190.00"), (None, "1190.00")],
)
def test_payable_follows(stated: str | None, payable: str) -> None:
    """A payable amount that is less the prepayment stays so; a wrong one is computed by annex 1.9."""
    total = {} if stated is None else {"payable_amount": stated}
    made = document(
        line("1000", "1", None, by_percent("01", None, "19")),
        prepaid_payments=[{"paid_amount": "100"}],
        total=total,
    )
    assert totals(made)["payable_amount"] == payable


def test_wrong_results_are_replaced() -> None:
    """Whatever a document states as a result, what is computed stands there afterwards."""
    wrong = {name: "1.00" for name in MonetaryTotal.model_fields if name.endswith("_amount")}
    del wrong["payable_rounding_amount"], wrong["prepaid_amount"]
    made = document(
        line("10", "2", "1", by_percent("01", "20.00", "19", "1")),
        tax_totals=[by_percent("01", "1", "19", "1"), by_percent("04", "100", "8", "1")],
        total=wrong,
    )
    assert faults(fill(made, CO)) == {}
    assert totals(made) == {
        "line_extension_amount": "20.00",
        "tax_exclusive_amount": "20.00",
        "tax_inclusive_amount": "31.80",
        "allowance_total_amount": "0.00",
        "charge_total_amount": "0.00",
        "payable_amount": "31.80",
    }


def test_free_item_with_a_price() -> None:
    """An item that says that it is free is worth 0.00, though its price is written in the line too."""
    reference = {"price_amount": "50000", "price_type_code": "01"}
    tax = by_percent("01", None, "19.00")
    made = line("50000", "2", None, tax, pricing_reference=reference, free_of_charge_indicator="true")
    assert totals(document(made))["line_extension_amount"] == "0.00"


def test_results_are_within_limits() -> None:
    """Inputs whose product has more than 18 integer digits are refused, or give what can be read back."""
    try:
        filled = fill(document(line("9" * 18, "9" * 18)), CO)
    except CuadreError as error:
        assert error.code in {"amount", "document"}  # noqa: PT017 - a refusal is right as well
    else:
        assert Document.model_validate(filled.model_dump()) == filled
