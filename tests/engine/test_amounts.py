"""Amounts from text and from Python numbers: what is read, with which digits, and what is refused."""

from decimal import Context, Decimal, localcontext
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cuadre.engine.amounts import MAX_DECIMALS, MAX_INTEGER_DIGITS, parse_amount
from cuadre.engine.errors import AmountError

# what is given, and how the amount is written afterwards
READ: list[tuple[object, str]] = [
    ("0.10", "0.10"),
    ("+1.0", "1.0"),
    (" 1.00 ", "1.00"),
    ("\n\t1.00\r\n", "1.00"),
    (".5", "0.5"),
    ("5.", "5"),
    ("-0.43", "-0.43"),
    ("-.000000000001", "-1E-12"),
    ("007", "7"),
    ("9" * 18 + "." + "9" * 12, "9" * 18 + "." + "9" * 12),
    (0, "0"),
    (-12, "-12"),
    (10**18 - 1, "9" * 18),
    (Decimal("1.500"), "1.500"),
    (Decimal("1E+3"), "1000"),
    (Decimal("1E+17"), "1" + "0" * 17),
    (Decimal("1E-12"), "1E-12"),
]

REFUSED: list[object] = [
    "",
    " ",
    ".",
    "+",
    "-",
    "--1",
    "12,50",
    "1.234,50",
    "1,234.50",
    "1 234",
    "$1",
    "1e3",
    "1E3",
    "0x10",
    "NaN",
    "Infinity",
    "-inf",
    "١٢",
    "１２",
    "1\u00a0",
    "\x0b1",
    "1\x00",
    "1_000",
    "1" * 19,
    "0" * 19,
    "0." + "1" * 13,
    "1" * 100_000,
    10**18,
    -(10**18),
    10**5000,
    1.5,
    0.0,
    float("nan"),
    True,
    False,
    None,
    b"1",
    [],
    1j,
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("-Infinity"),
    Decimal("1E+999999"),
    Decimal("1E-999999"),
    Decimal("1E-13"),
    Decimal("1E+18"),
    Decimal("0." + "0" * 12 + "0"),
]


def outcome(value: object) -> str:
    """Read a value and write what came of it: the amount, or the name of the error."""
    try:
        return str(parse_amount(value))
    except Exception as error:  # noqa: BLE001 - any other error is what the test reports
        return type(error).__name__


def test_read() -> None:
    """Amounts within the limits are read, and keep the digits that they were written with."""
    wrong = [(value, outcome(value)) for value, right in READ if outcome(value) != right]
    assert wrong == []


def test_refused() -> None:
    """Everything else is refused with an AmountError, also what is too large to be shown."""
    results = [(repr(value)[:40], outcome(value)) for value in REFUSED[:29] + REFUSED[30:]]
    results.append(("10**5000", outcome(REFUSED[29])))
    assert [(value, result) for value, result in results if result != "AmountError"] == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [("12,50", "12,50"), ("", ""), (True, "True"), ("1" * 41, "str"), (1.5, "float"), (None, "NoneType")],
)
def test_error_tells_the_value(value: object, shown: str) -> None:
    """The error holds the value where it is short, else its type; it is a ValueError with a code."""
    with pytest.raises(AmountError) as caught:
        parse_amount(value)
    assert isinstance(caught.value, ValueError)
    assert (caught.value.code, caught.value.detail) == ("amount", {"value": shown})


@pytest.mark.parametrize("context", [Context(prec=3), Context(traps=[])], ids=["three digits", "no traps"])
@pytest.mark.parametrize("value", ["123456.789", "1.2.3", ".", 10**17, Decimal("1E+5"), Decimal("1E+17")])
def test_callers_context_does_not_matter(value: object, context: Context) -> None:
    """A caller whose own decimal context has three digits, or traps nothing, reads the same amounts."""
    usual = outcome(value)
    with localcontext(context):
        assert outcome(value) == usual


def _limits(amount: Decimal) -> bool:
    exponent = cast("int", amount.as_tuple().exponent)
    return -MAX_DECIMALS <= exponent <= 0 and abs(amount) < 10**MAX_INTEGER_DIGITS


@given(st.text() | st.text("0123456789.+-eE _,\n", max_size=20) | st.decimals().map(str))
@example("1" * 18 + ".")
def test_any_text(text: str) -> None:
    """Any text is the Decimal that it says, within the limits, or an AmountError and nothing else."""
    try:
        amount = parse_amount(text)
    except AmountError:
        return
    assert str(amount) == str(Decimal(text))
    assert _limits(amount)


@given(st.integers() | st.decimals(allow_nan=True) | st.floats() | st.booleans() | st.none() | st.binary())
def test_any_value(value: object) -> None:
    """Any other value is an equal amount within the limits, or an AmountError and nothing else."""
    try:
        amount = parse_amount(value)
    except AmountError:
        return
    assert amount == value
    assert _limits(amount)


@given(st.decimals(min_value=-(10**17), max_value=10**17, places=12))
def test_every_amount_is_read(amount: Decimal) -> None:
    """Every amount within the limits is read from its own text, and from itself."""
    assert (parse_amount(f"{amount:f}"), parse_amount(amount)) == (amount, amount)
