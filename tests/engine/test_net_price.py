"""The mend of a line whose price has taxes in it (CUA101): the net price and the line's value."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import RoundingError
from cuadre.engine.fill import fill
from cuadre.engine.model.document import Line
from cuadre.engine.net_price import net_price
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.rounding import Rounding
from cuadre.reading import read

from .building import by_percent, by_unit, charge, discount, document, figure, line

ROOT = Path(__file__).parents[2]


def shown(made: Line) -> str | None:
    """Mend a line and write its price and its value."""
    mended = net_price(made, CO)
    return None if mended is None else f"{mended.price_amount} {mended.line_extension_amount}"


def test_stated_value() -> None:
    """The stated value stays, and the price follows from it."""
    iva = by_percent("01", "100000.00", "19.00", "19000.00")
    assert shown(line("59500.00", "2", "100000.00", iva)) == "50000.00 100000.00"


def test_discounts_and_charges() -> None:
    """Price × quantity − discounts + charges is the stated value."""
    iva = by_percent("01", "100.00", "19.00", "19.00")
    made = line("64.00", "2", "100.00", iva, allowance_charges=[discount("12.00"), charge("3.00")])
    assert shown(made) == "54.50 100.00"


def test_value_with_three_decimals() -> None:
    """A value that is stated with three decimals is met with all of them."""
    iva = by_percent("01", "840336.134", "19.00", "159663.865")
    assert shown(line("1000000", "1", "840336.134", iva)) == "840336.134 840336.134"


def test_base_quantity() -> None:
    """The quantity is the one by which the price gives the value with taxes."""
    iva = by_percent("01", "100.00", "19.00", "19.00")
    for quantity, base in (("10", "1"), ("1", "10"), (None, "1")):
        price = {"price_amount": "119.00", "base_quantity": base}
        made = {"quantity": quantity, "price": price, "line_extension_amount": "100.00", "tax_totals": [iva]}
        assert shown(Line.model_validate(made)) == "100.00 100.00"


def test_no_value() -> None:
    """Without a value the gross amount is split by the rates of the line."""
    assert shown(line("11900.00", "10", None, by_percent("01", None, "19.00"))) == "10000.00 100000.00"
    assert shown(line("1000", "3", None, by_percent("04", None, "8"))) == "925.927 2777.78"
    assert shown(line("100.00", "3")) == "100.00 300.00"


def test_no_value_and_taxes_per_unit() -> None:
    """Taxes per unit are in the price and not in the base; without an amount nothing can be said."""
    iva = by_percent("01", None, "19.00")
    assert shown(line("11966.00", "1", None, iva, by_unit("22", "66", "66.00"))) == "10000.00 10000.00"
    assert shown(line("11966.00", "1", None, iva, by_unit("22", "66"))) is None
    assert shown(line("11900.00", "1", None, by_percent("01", None, "19"), by_unit("01", "5", "5"))) is None


def test_no_value_and_ica() -> None:
    """ICA is per mille."""
    assert shown(line("1004.14", "100", None, by_percent("03", None, "4.14"))) == "1000.00 100000.00"


def test_withholdings_are_in_no_price() -> None:
    """What the buyer keeps back changes nothing."""
    made = line("119.00", "1", None, by_percent("01", None, "19.00"))
    withheld = made.model_copy(update={"withholding_tax_totals": (by_percent("06", None, "2.50"),)})
    assert shown(withheld) == shown(made) == "100.00 100.00"


@pytest.mark.parametrize(
    "made",
    [
        Line.model_validate({"quantity": "1", "line_extension_amount": "5"}),
        Line.model_validate({"price": {"price_amount": "5"}, "line_extension_amount": "5"}),
        line("5", "0", "5"),
    ],
    ids=["no price", "no quantity", "quantity zero"],
)
def test_nothing_to_mend(made: Line) -> None:
    """Without a price or a quantity there is no net price."""
    assert net_price(made, CO) is None


def test_amounts_that_cannot_be_split() -> None:
    """A negative rate is refused by the error of rounding, and by no other."""
    with pytest.raises(RoundingError):
        net_price(line("119.00", "1", None, by_percent("01", None, "-19.00")), CO)


def test_the_example() -> None:
    """The line of a payload that CUA101 names adds up with the mended price."""
    body = (ROOT / "examples/payloads/apidian-credit-note.json").read_bytes()
    made = read(body).document
    assert made is not None
    found = made.lines[0]
    mended = net_price(found, CO)
    assert mended is not None
    assert mended.line_extension_amount == found.line_extension_amount
    assert found.price is not None
    price = found.price.model_copy(update={"price_amount": mended.price_amount})
    whole = document(found.model_copy(update={"price": price}))
    assert figure(whole, "lines[0].line_extension_amount").is_stated


@given(
    st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.decimals("0.01", 1000, places=2),
    st.sampled_from(["5.00", "19.00"]),
)
def test_mended_line_adds_up(price: Decimal, quantity: Decimal, rate: str) -> None:
    """A line filled with the mended price has its value, and with its tax the shelf price to the cent."""
    made = line(str(price), str(quantity), None, by_percent("01", None, rate))
    mended = net_price(made, CO)
    assert mended is not None
    net = line(str(mended.price_amount), str(quantity), None, by_percent("01", None, rate))
    filled = fill(document(net), CO)
    total = filled.legal_monetary_total
    assert total is not None
    assert total.line_extension_amount == mended.line_extension_amount
    assert total.tax_inclusive_amount is not None
    assert abs(total.tax_inclusive_amount - Rounding().product(price, quantity)) <= Decimal("0.01")
