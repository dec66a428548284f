"""The unit price that gives a line's value: as short as it can be, at most six decimals."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.rounding import Number, Rounding
from cuadre.engine.unit_price import unit_price

from .test_rounding_refusals import NUMBERS, refuses

# value, quantity, discount, price
CASES: list[tuple[Number, Number, Number, str]] = [
    ("100000.00", 2, 0, "50000.00"),
    ("100.00", 3, 0, "33.333"),
    ("84033.61", 3, 0, "28011.203"),
    ("90.00", 4, "10.00", "25.00"),
    ("110.00", 4, "-10.00", "25.00"),
    ("0.01", 3, 0, "0.003"),
    ("0.00", 3, 0, "0.00"),
    ("840336.134", 1, 0, "840336.134"),
    ("1.00", "0.333333", 0, "3.00"),
    # Six decimals give 1050420.18 and 1050420.15.
    ("1050420.17", 25000, 0, "42.016807"),
]


def test_cases() -> None:
    """Every case gives its price, digit by digit."""
    wrong = [
        (value, quantity, price)
        for value, quantity, discount, expected in CASES
        if (price := str(unit_price(value, quantity, discount=discount))) != expected
    ]
    assert wrong == []


def test_refusals() -> None:
    """Every number is a finite one and no float, and the quantity is not zero."""
    cases = [*[(value, 1) for value in NUMBERS[:18]], *[(1, value) for value in NUMBERS[:17]], (1, 0)]
    results = [(case, refuses(unit_price, *case)) for case in cases]
    assert [(case, result) for case, result in results if result != "refused"] == []


@given(
    st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.decimals("0.001", 10_000, places=3),
    st.integers(0, 10**6).map(lambda cents: Decimal(cents).scaleb(-2)),
)
def test_price_gives_the_value(value: Decimal, quantity: Decimal, discount: Decimal) -> None:
    """Up to a quantity of 10,000 the price gives the value to the cent."""
    price = unit_price(value, quantity, discount=discount)
    assert Rounding()(price * quantity - discount) == value
    assert -6 <= int(price.as_tuple().exponent) <= -2
