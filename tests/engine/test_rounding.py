"""The four roundings, against the figures that DIAN's annex and the research give."""

from decimal import Context, Decimal, Inexact, localcontext

from cuadre.engine.rounding import (
    Mode,
    Rounding,
    exact_product,
    round_half_even,
    round_half_up,
    round_xpath,
    truncate,
)

# value, places, then half up, half even, truncate and XPath round().
VECTORS: list[tuple[str, int, list[str]]] = [
    ("481.275", 2, ["481.28", "481.28", "481.27", "481.28"]),
    ("2.3452", 2, ["2.35", "2.35", "2.34", "2.35"]),
    ("159663.86546", 2, ["159663.87", "159663.87", "159663.86", "159663.87"]),
    ("2.345", 2, ["2.35", "2.34", "2.34", "2.35"]),
    ("-2.345", 2, ["-2.35", "-2.34", "-2.34", "-2.34"]),
    ("2.355", 2, ["2.36", "2.36", "2.35", "2.36"]),
    ("-2.349", 2, ["-2.35", "-2.35", "-2.34", "-2.35"]),
    ("2.5", 0, ["3", "2", "2", "3"]),
    ("-2.5", 0, ["-3", "-2", "-2", "-2"]),
    ("-2.51", 0, ["-3", "-3", "-2", "-3"]),
    ("0.0000000000005", 12, ["1E-12", "0E-12", "0E-12", "1E-12"]),
    ("7", 2, ["7.00", "7.00", "7.00", "7.00"]),
    ("999999999999999999.995", 2, ["1E+18", "1E+18", "999999999999999999.99", "1E+18"]),
]


def test_functions() -> None:
    """Each function gives the figure of its column."""
    functions = (round_half_up, round_half_even, truncate, round_xpath)
    wrong = [
        (function.__name__, value, function(value, places), right)
        for value, places, column in VECTORS
        for function, right in zip(functions, column, strict=True)
        if function(value, places) != Decimal(right)
    ]
    assert wrong == []


def test_rounding_values() -> None:
    """A Rounding does the same as the function of its mode, and says who it is."""
    modes: tuple[Mode, ...] = ("half_up", "half_even", "truncate", "xpath")
    wrong = [
        (mode, value)
        for value, places, column in VECTORS
        for mode, right in zip(modes, column, strict=True)
        if Rounding(mode, places)(value) != Decimal(right)
    ]
    assert wrong == []
    assert Rounding() == Rounding("half_up", 2)
    assert str(Rounding("xpath", 0)) == "xpath to 0 places"


def test_default_places() -> None:
    """XPath rounds to whole pesos, the others to cents."""
    defaults = [function("1.006") for function in (round_half_up, round_half_even, truncate, round_xpath)]
    assert [str(value) for value in defaults] == ["1.01", "1.01", "1.00", "1"]


def test_places_are_written_out() -> None:
    """The result has exactly the places that were asked for, whatever the value had."""
    exponents = [Rounding("half_up", places)("1.5").as_tuple().exponent for places in range(13)]
    assert exponents == [-places for places in range(13)]


def test_kinds_of_numbers() -> None:
    """A Decimal, an int and a text of the same value round to the same."""
    assert {round_half_up(value) for value in (Decimal(12), 12, "12", " 12.00 ")} == {Decimal("12.00")}


def test_product_is_exact() -> None:
    """A product is rounded once, from all its digits; a factor that was rounded first gives another."""
    rounding = Rounding()
    whole = rounding.product("2.3452", "100", "0.19")
    early = rounding.product(round_half_up("2.3452"), "100", "0.19")
    assert (str(whole), str(early)) == ("44.56", "44.65")


def test_product_of_prices() -> None:
    """Price with 6 decimals × quantity with 6 × rate keeps every digit until the end."""
    assert exact_product("1234.567891", "0.333333", "19") == Decimal("7818.922157403357")
    assert exact_product() == Decimal(1)


def test_callers_context_does_not_matter() -> None:
    """A caller whose own decimal context is narrow, or traps Inexact, gets the same figures."""
    results = []
    for context in (Context(prec=3), Context(prec=28, traps=[Inexact])):
        with localcontext(context):
            results += [round_half_up("12345.675"), Rounding().product("12345", "1.001")]
    assert results == [Decimal("12345.68"), Decimal("12357.35")] * 2
