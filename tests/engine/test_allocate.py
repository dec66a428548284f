"""Fair allocation: the parts add up to the total to the last cent, and who gets the cent left over."""

from decimal import Decimal

import pytest

from cuadre.engine.errors import RoundingError
from cuadre.engine.rounding import Number, allocate

from .test_rounding_refusals import refuses

# total, weights, places, parts
CASES: list[tuple[Number, list[Number], int, str]] = [
    ("100.00", [1, 1, 1], 2, "33.34 33.33 33.33"),
    ("-100.00", [1, 1, 1], 2, "-33.34 -33.33 -33.33"),
    ("0.05", [1, 1], 2, "0.03 0.02"),
    ("0.05", [2, 1], 2, "0.03 0.02"),
    ("0.05", [1, 2], 2, "0.02 0.03"),
    ("0.01", [1, 1, 1], 2, "0.01 0.00 0.00"),
    ("10", [0, 5, 0, 5], 2, "0.00 5.00 0.00 5.00"),
    ("1.00", ["0.1", "0.2", "0.7"], 2, "0.10 0.20 0.70"),
    ("1.00", ["0.333333", "0.333334"], 2, "0.50 0.50"),
    ("1000", [1, 2, 4], 0, "143 286 571"),
    ("1", [1, 2], 6, "0.333333 0.666667"),
    ("0.00", [1, 2], 2, "0.00 0.00"),
    (7, ["1E+5", "1E+5"], 2, "3.50 3.50"),
    ("0.05", [-1, -1], 2, "0.03 0.02"),
    ("0.05", [-1, -2], 2, "0.02 0.03"),
    ("5.00", [-2, 3], 2, "-10.00 15.00"),
    ("30.00", ["1E+30", "1E-30"], 2, "30.00 0.00"),
    ("1", ["1E+37", 1], 2, "1.00 0.00"),
    ("1", ["1E+1000", 1], 2, "1.00 0.00"),
]


def test_cases() -> None:
    """Every case gives its parts, digit by digit."""
    wrong = [
        (total, weights, parts)
        for total, weights, places, expected in CASES
        if (parts := " ".join(map(str, allocate(total, weights, places)))) != expected
    ]
    assert wrong == []


def test_parts_add_up() -> None:
    """The parts of every case add up to its total."""
    wrong = [case for case in CASES if sum(allocate(*case[:3])) != Decimal(case[0])]
    assert wrong == []


def test_negative_total_mirrors_positive() -> None:
    """A credit is allocated as the sale was."""
    weights: list[Number] = ["12.5", "3.1", 0, "7"]
    sale, credit = allocate("99.99", weights), allocate("-99.99", weights)
    assert credit == tuple(-part for part in sale)


def test_ties_go_to_the_earlier() -> None:
    """Among equal remainders the earlier parts get the cents, and only one each."""
    assert [str(part) for part in allocate("0.03", [1] * 5)] == ["0.01"] * 3 + ["0.00"] * 2


def test_weights_may_come_once() -> None:
    """Weights are taken from any iterable, such as a generator."""
    assert allocate("3.00", (weight for weight in (1, 2))) == (Decimal("1.00"), Decimal("2.00"))


REFUSED: list[tuple[object, list[object]]] = [
    ("1", []),
    ("1", [0, 0]),
    ("1", [1, -1]),
    ("1.001", [1]),
    ("-0.005", [1]),
    (1.0, [1]),
    ("1", [0.5]),
    ("1", ["NaN", 1]),
    ("1", [1, "Infinity"]),
    ("1", ["1E+1001", 1]),
    ("NaN", [1]),
    ("Infinity", [1]),
    ("1", ["x"]),
]


def test_refusals() -> None:
    """Weights without a sum, a total with too many decimals, and what is not a number are refused."""
    results = [(case, refuses(allocate, *case)) for case in REFUSED]
    assert [(case, result) for case, result in results if result != "refused"] == []


def test_refusal_tells_the_total() -> None:
    """A total that cannot be split to the cent is in the error with its places."""
    with pytest.raises(RoundingError) as caught:
        allocate("1.001", [1, 2])
    assert caught.value.detail == {"total": Decimal("1.001"), "places": 2}


@pytest.mark.parametrize("digits", [119, 125, 150, 200])
def test_long_weights(digits: int) -> None:
    """A weight with very many digits is exact or refused; none is rounded, and no other error comes."""
    longer = "1." + "0" * (digits - 2) + "1"
    exact = repr((Decimal("0.00"), Decimal("0.01")))
    assert refuses(allocate, "0.01", [1, longer]) in {exact, "refused"}
