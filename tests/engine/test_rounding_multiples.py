"""Rounding to tens, fifties and hundreds, to five cents, and the difference that a document states."""

from decimal import Context, Decimal, localcontext

import pytest

from cuadre.engine.errors import RoundingError
from cuadre.engine.rounding import MODES, Number, Rounding, round_payable, round_to

from .test_rounding_refusals import NUMBERS, refuses

FUNCTIONS = (round_to, round_payable)
# value, multiple, then half up, half even, truncate and XPath.
VECTORS: list[tuple[Number, Number, str]] = [
    ("12324.99", 50, "12300 12300 12300 12300"),
    ("12325", 50, "12350 12300 12300 12350"),
    ("12375", 50, "12400 12400 12350 12400"),
    ("-12325", 50, "-12350 -12300 -12300 -12300"),
    ("-12325.01", 50, "-12350 -12350 -12300 -12350"),
    ("2376.40", 10, "2380 2380 2370 2380"),
    (2375, 10, "2380 2380 2370 2380"),
    (2365, 10, "2370 2360 2360 2370"),
    ("149.99", 100, "100 100 100 100"),
    ("150", "100", "200 200 100 200"),
    ("7.375", "0.05", "7.40 7.40 7.35 7.40"),
    ("7.37", "0.05", "7.35 7.35 7.35 7.35"),
    ("7.38", "0.05", "7.40 7.40 7.35 7.40"),
    ("10", 3, "9 9 9 9"),
    ("10", "3.00", "9.00 9.00 9.00 9.00"),
    ("1.2", "0.5", "1.0 1.0 1.0 1.0"),
    ("-20", 50, "0 0 0 0"),
    (0, 50, "0 0 0 0"),
    ("1499", "1E+3", "1000 1000 1000 1000"),
    (
        "999999999999999999.99",
        50,
        "1000000000000000000 1000000000000000000 999999999999999950 1000000000000000000",
    ),
]


def test_modes() -> None:
    """Each mode gives the figure of its column, with the decimals of the multiple and no sign on zero."""
    wrong = [
        (value, multiple, mode, str(result))
        for value, multiple, column in VECTORS
        for mode, right in zip(MODES, column.split(), strict=True)
        if str(result := round_to(value, multiple, mode)) != right
    ]
    assert wrong == []


@pytest.mark.parametrize("multiple", [0, "0.00", -50, "-0.05", *NUMBERS[:17]])
def test_multiples_that_are_refused(multiple: object) -> None:
    """A multiple is a finite number above zero, and no float."""
    assert refuses(round_to, "12325", multiple) == "refused"
    assert refuses(round_payable, "12325", multiple) == "refused"


def test_values_that_are_refused() -> None:
    """A value is a finite number that is not too long, and no float."""
    results = [(value, refuses(function, value, 50)) for value in NUMBERS[:18] for function in FUNCTIONS]
    assert [(value, result) for value, result in results if result != "refused"] == []


def test_multiples_that_are_too_long() -> None:
    """A multiple that is itself over 120 digits long is no result that could be held exactly."""
    multiple = "1." + "0" * 123 + "1"
    assert [refuses(function, "1", multiple) for function in FUNCTIONS] == ["refused"] * 2


def test_modes_that_are_refused() -> None:
    """A mode is one of the four names."""
    assert refuses(round_to, "12325", 50, "up") == "refused"


def test_error_has_the_multiple() -> None:
    """The error carries the multiple that cannot be used."""
    with pytest.raises(RoundingError) as caught:
        round_to("12325", 0)
    assert caught.value.detail == {"multiple": 0}


def test_numbers_of_extreme_exponents() -> None:
    """Numbers with absurd exponents are answered or refused at once, and never by another error."""
    extremes = ["1E+999999", "1E-999999", "9" * 300]
    pairs = [(value, "50") for value in extremes] + [("50", value) for value in extremes]
    results = {refuses(function, *pair) for function in FUNCTIONS for pair in pairs}
    assert {"InvalidOperation", "Inexact", "Overflow", "MemoryError"} & results == set()


PAYABLE: list[tuple[Number, Number, str, str]] = [
    ("12324.50", 50, "12300.00", "-24.50"),
    ("12325.00", 50, "12350.00", "25.00"),
    (12300, 50, "12300", "0"),
    ("-12325.00", 50, "-12350.00", "-25.00"),
    ("7.38", "0.05", "7.40", "0.02"),
    ("1354240.57", 1, "1354241.00", "0.43"),
]


def test_payable() -> None:
    """The amount to pay keeps the decimals of the amount, and the difference has a sign."""
    wrong = [
        (amount, *map(str, result))
        for amount, multiple, payable, rounding in PAYABLE
        if tuple(map(str, result := round_payable(amount, multiple))) != (payable, rounding)
    ]
    assert wrong == []


QUOTIENTS: list[tuple[Number, Number, int, str]] = [
    # dividend, divisor, places, then half up, half even, truncate and XPath
    ("0.03", 2, 2, "0.02 0.02 0.01 0.02"),
    ("0.05", 2, 2, "0.03 0.02 0.02 0.03"),
    ("-0.05", 2, 2, "-0.03 -0.02 -0.02 -0.02"),
    ("0.05", -2, 2, "-0.03 -0.02 -0.02 -0.02"),
    (1, 3, 6, "0.333333 0.333333 0.333333 0.333333"),
    (2, 3, 0, "1 1 0 1"),
    (-1, 300, 2, "0.00 0.00 0.00 0.00"),
    (0, 3, 2, "0.00 0.00 0.00 0.00"),
    # Two 28-digit divisions would make an exact half of this.
    ("1.0000000000000000000000000000000000000001", 8, 2, "0.13 0.13 0.12 0.13"),
    ("0.9999999999999999999999999999999999999999", 8, 2, "0.12 0.12 0.12 0.12"),
]


def test_quotients() -> None:
    """A division is rounded once, from its exact remainder, whatever the caller's decimal context."""
    with localcontext(Context(prec=3)):
        wrong = [
            (dividend, divisor, mode, str(result))
            for dividend, divisor, places, column in QUOTIENTS
            for mode, right in zip(MODES, column.split(), strict=True)
            if str(result := Rounding(mode, places).quotient(dividend, divisor)) != right
        ]
    assert wrong == []


@pytest.mark.parametrize("divisor", [0, "0.00", Decimal("-0"), *NUMBERS[:17]])
def test_divisors_that_are_refused(divisor: object) -> None:
    """A divisor is a finite number other than zero."""
    assert refuses(Rounding().quotient, 1, divisor) == "refused"


def test_quotients_of_a_rounding_that_does_not_exist() -> None:
    """Mode and places are checked as for any rounding."""
    assert refuses(Rounding("half_up", 13).quotient, 1, 3) == "refused"
    assert refuses(Rounding("half_up", -1).quotient, 1, 3) == "refused"
