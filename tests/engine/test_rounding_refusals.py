"""What the roundings refuse, always with a RoundingError and never with another error."""

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pytest

from cuadre.engine.errors import RoundingError
from cuadre.engine.rounding import (
    Mode,
    Number,
    Policy,
    Rounding,
    allocate,
    compare_policies,
    exact_product,
    round_half_even,
    round_half_up,
    round_xpath,
    truncate,
)


def refuses(function: Callable[..., object], *arguments: object) -> str:
    """Tell what a call does: ``refused``, or else the result or the error that it gave instead."""
    try:
        return repr(function(*arguments))
    except RoundingError:
        return "refused"
    except Exception as error:  # noqa: BLE001 - the other error is what the test reports
        return type(error).__name__


NUMBERS: list[object] = [
    0.1,
    1.0,
    float("nan"),
    None,
    b"1",
    [1],
    "",
    "abc",
    "12,50",
    "NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    Decimal("NaN"),
    Decimal("-NaN"),
    Decimal("sNaN"),
    Decimal("Infinity"),
    Decimal("1E+999999"),
    "9" * 130,
]


@pytest.mark.parametrize("function", [round_half_up, round_half_even, truncate, round_xpath])
def test_values(function: Callable[[Number], Decimal]) -> None:
    """A float, what is not a number, not finite or too large cannot be rounded."""
    results = [(value, refuses(function, value)) for value in NUMBERS]
    assert [(value, result) for value, result in results if result != "refused"] == []


@pytest.mark.parametrize("value", NUMBERS[:17])
def test_factors(value: object) -> None:
    """A factor must be a finite number."""
    assert refuses(exact_product, 2, value) == "refused"


def test_products_that_are_too_long() -> None:
    """A product of more than 120 digits would lose some."""
    assert refuses(exact_product, *["1." + "1" * 50] * 3) == "refused"


@pytest.mark.parametrize("mode", ["", "HALF_UP", "half_down", "ROUND_HALF_UP", None, 1, []])
def test_modes(mode: object) -> None:
    """A mode is one of the four names; the error tells which one was asked for."""
    with pytest.raises(RoundingError) as caught:
        Rounding(cast("Mode", mode))("1")
    assert caught.value.detail == {"mode": mode, "places": 2}


@pytest.mark.parametrize("places", [-1, -2, -13, 13, 100, "2", None, 2.0])
def test_places(places: object) -> None:
    """Places are 0 to 12; a negative number is not counted from the other end."""
    assert refuses(round_half_up, "1.23456", places) == "refused"
    assert refuses(allocate, "10", [1], places) == "refused"


def test_error_has_the_value() -> None:
    """The error carries the value, its code, and is a ValueError too."""
    with pytest.raises(RoundingError) as caught:
        round_half_up(cast("Number", 0.1))
    assert isinstance(caught.value, ValueError)
    assert (caught.value.code, caught.value.detail) == ("rounding", {"value": 0.1})


def test_policies() -> None:
    """Figures that a policy cannot add exactly are refused, per line and per document."""
    document = [Policy(Rounding(), "document")]
    cases: dict[str, list[Number]] = {
        "float": [cast("Number", 1.5)],
        "nan": ["NaN"],
        "infinite": ["Infinity"],
        "opposite infinities": ["Infinity", "-Infinity"],
        "too wide a sum": ["1E+130", "1E-10"],
    }
    results = {name: refuses(compare_policies, case, document) for name, case in cases.items()}
    assert results == dict.fromkeys(cases, "refused")
