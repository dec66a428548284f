"""Check digits of NITs."""

import pytest

from cuadre.engine.regimes.co.nit import NitError, calc_check_digit, is_valid

NITS = {
    "800197268": "4",
    "900108281": "3",
    "981223983": "1",
    "900373076": "4",
    "700085371": "1",
    "800199436": "4",
    "990412378": "9",
    "0": "0",
    "1": "8",
    "4": "1",
}
WRONG = [
    "",
    " ",
    "80019726A",
    "800197268-4",
    "800.197.268",
    "-1",
    "1" * 16,
    "٨٠٠",
    "²",
    "８００",
    " 8",
    "8\n",
]


def test_real_numbers() -> None:
    """Every number has the digit that DIAN gives it."""
    assert {nit: calc_check_digit(nit) for nit in NITS} == NITS
    assert [nit for nit, digit in NITS.items() if not is_valid(nit, digit)] == []


def test_one_digit_is_right() -> None:
    """All other digits are wrong."""
    assert [digit for digit in "0123456789" if is_valid("800197268", digit)] == ["4"]


def test_weights_run_from_the_right() -> None:
    """Zeros in front change nothing, up to the fifteen digits that there are weights for."""
    assert {calc_check_digit(nit.zfill(length)) for nit in ("900373076",) for length in range(9, 16)} == {"4"}
    assert calc_check_digit("1" + "0" * 14) == str(11 - 71 % 11)


@pytest.mark.parametrize("nit", WRONG)
def test_no_nit(nit: str) -> None:
    """What has other signs than 1 to 15 ASCII digits is refused, and is valid under no digit."""
    with pytest.raises(NitError) as raised:
        calc_check_digit(nit)
    assert raised.value.detail == {"nit": nit}
    assert not is_valid(nit, "0")


@pytest.mark.parametrize("digit", ["", "04", "x", "４"])
def test_no_digit(digit: str) -> None:
    """What is no digit is not the check digit."""
    assert not is_valid("800197268", digit)
