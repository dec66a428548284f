"""SRI's access key: its parts, its check digit, and what is wrong with a wrong one."""

import datetime as dt

import pytest

from cuadre.engine.regimes.ec.access_key import (
    AccessKeyError,
    calc_check_digit,
    format_key,
    is_valid,
    validate,
)

VALID = [
    "0503201201176001321000110010030009900641234567814",
    "1702201205176001321000110010030001000011234567816",
    "2110201101179214673900110020010000000011234567813",
    "2110201104179214673900110020010000000011234567812",
    "2103201601176001321000110010010000000061234567816",
    "2111202405176001321000110010010000001241234567810",
]


def test_access_keys() -> None:
    """The technical sheet's sample keys check, but for those that it has wrong."""
    assert [key for key in VALID if not is_valid(key) or format_key(validate(key)) != key] == []
    assert calc_check_digit("41261533") == "6"


@pytest.mark.parametrize(
    ("key", "fault", "expected"),
    [
        ("0403201301176815353000110015010000000081234567816", "check", "0"),
        ("2111202401176001321000110010010000011171234567810", "check", "5"),
        ("1" * 52, "length", None),
        ("x" * 49, "digits", None),
        ("٣" * 49, "digits", None),
        ("3102" + VALID[0][4:], "date", None),
        ("", "length", None),
    ],
)
def test_wrong_access_keys(key: str, fault: str, expected: str | None) -> None:
    """A wrong key says what is wrong with it, and which digit it should end in."""
    assert not is_valid(key)
    with pytest.raises(AccessKeyError) as refused:
        validate(key)
    assert (refused.value.detail["fault"], refused.value.detail.get("expected")) == (fault, expected)


def test_parts_of_an_access_key() -> None:
    """A key is taken apart into what SRI compares with the voucher."""
    key = validate(f"{VALID[0][:8]} {VALID[0][8:]}")
    assert key[:6] == (dt.date(2012, 3, 5), "01", "1760013210001", "1", "001003", "000990064")


def test_check_digit_needs_digits() -> None:
    """A check digit is computed of digits only."""
    with pytest.raises(AccessKeyError):
        calc_check_digit("12a")
