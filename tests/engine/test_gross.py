"""Taking taxes out of a gross amount: the parts add up to it, and each tax is its rate of the base."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import RoundingError
from cuadre.engine.gross import GrossSplit, split_gross
from cuadre.engine.rounding import MODES, Number, Rounding, allocate

from .test_rounding_refusals import NUMBERS, refuses

# gross, rates, taxes per unit, then base and taxes
CASES: list[tuple[Number, list[Number], list[Number], str]] = [
    ("119000.00", [19], [], "100000.00 19000.00"),
    ("1000.00", [19], [], "840.34 159.66"),
    ("15900", [8], [], "14722.22 1177.78"),
    ("1270.00", [19, 8], [], "1000.00 190.00 80.00"),
    ("10.00", [19, 8], [], "7.87 1.50 0.63"),
    ("500.00", [0], [], "500.00 0.00"),
    ("500.00", [], [], "500.00"),
    ("0.00", [19], [], "0.00 0.00"),
    # A bag at 66 pesos is in the price, and is no base of IVA.
    ("11966.00", [19], ["66.00"], "10000.00 1900.00"),
    ("66.00", [19], ["66.00"], "0.00 0.00"),
    ("-119.00", [19], [], "-100.00 -19.00"),
    ("-185.00", [19], ["-66.00"], "-100.00 -19.00"),
    # No base of whole cents gives these: 0.02 gives 0.02 and 0.03 gives 0.04.
    ("0.03", [19], [], "0.03 0.00"),
    ("-0.03", [19], [], "-0.03 0.00"),
    ("0.01", [19, 8], [], "0.01 0.00 0.00"),
    ("0.05", [900], [], "0.01 0.04"),
    # Ten taxes of half a cent each: the largest remainders get the cents.
    ("0.05", [50] * 10, [], "0.01 0.01 0.01 0.01 0.01" + " 0.00" * 6),
]


def test_cases() -> None:
    """Every case gives its parts, digit by digit."""
    wrong = [
        (gross, rates, shown)
        for gross, rates, units, expected in CASES
        if (shown := parts(split_gross(gross, rates, per_unit_taxes=units))) != expected
    ]
    assert wrong == []


def parts(split: GrossSplit) -> str:
    """Write the base and the taxes."""
    return " ".join(map(str, (split.base, *split.taxes)))


def test_one_rate() -> None:
    """A single rate may be given as it is; a text is one rate, and not one for each digit."""
    rates: list[Number] = ["19", 19, Decimal("19.00")]
    assert {parts(split_gross("119", rate)) for rate in rates} == {"100.00 19.00"}


def test_rates_may_come_once() -> None:
    """Rates and taxes per unit are taken from any iterable, such as a generator."""
    split = split_gross("1336", (rate for rate in (19, 8)), per_unit_taxes=(tax for tax in ("60", 6)))
    assert split == GrossSplit(
        Decimal(1000), (Decimal(190), Decimal(80)), (Decimal("60.00"), Decimal("6.00"))
    )
    assert split.gross == 1336


def test_whole_pesos() -> None:
    """At zero places base and taxes are whole pesos."""
    assert parts(split_gross("1000", 19, rounding=Rounding("half_up", 0))) == "840 160"


def test_mode() -> None:
    """The taxes are rounded by the mode that is named."""
    # 19 % of 0.50 is 0.095.
    results = {mode: parts(split_gross("0.60", 19, rounding=Rounding(mode, 2))) for mode in MODES}
    assert results["half_up"] == "0.50 0.10"
    assert results["truncate"] == "0.51 0.09"


REFUSED: list[tuple[object, object]] = [
    *[(value, 19) for value in NUMBERS[:19]],
    *[("119", [value]) for value in NUMBERS[:17]],
    ("119", 0.19),
    ("119", -19),
    ("119", [19, "-0.01"]),
    ("119", [1] * 101),
    ("119", ["1E+100", "1E-100"]),
    ("1.005", 19),
]


def test_refusals() -> None:
    """Floats, what is no number, negative or too many rates and amounts with more decimals are refused."""
    results = [(case, refuses(split_gross, *case)) for case in REFUSED]
    assert [(case, result) for case, result in results if result != "refused"] == []


@pytest.mark.parametrize(
    ("gross", "units"), [("66.00", ["66.01"]), ("-66.00", ["66.00"]), ("0.00", ["1.00"]), ("5.00", ["-1.00"])]
)
def test_taxes_per_unit_that_are_too_much(gross: str, units: list[Number]) -> None:
    """Taxes per unit are a part of the gross, so they are not more, and have its sign."""
    with pytest.raises(RoundingError) as caught:
        split_gross(gross, 19, per_unit_taxes=units)
    assert caught.value.detail == {"gross": Decimal(gross), "per_unit_taxes": tuple(map(Decimal, units))}


GROSS = st.integers(-(10**14), 10**14).map(lambda cents: Decimal(cents).scaleb(-2))
PERCENTS = st.sampled_from(["0", "5", "8", "16", "19", "19.00"]) | st.decimals(0, 400, places=2)
RATES = st.lists(PERCENTS, max_size=6)
ROUNDINGS = st.builds(Rounding, st.sampled_from(MODES), st.just(2))


@given(GROSS, RATES, ROUNDINGS, st.fractions(0, 1))
def test_parts_add_up(gross: Decimal, rates: list[Number], rounding: Rounding, share: Fraction) -> None:
    """Base, taxes and taxes per unit are the gross, and none of them has another sign."""
    weights = (share.numerator, share.denominator - share.numerator)
    unit, _ = allocate(gross, weights)
    split = split_gross(gross, rates, per_unit_taxes=[unit], rounding=rounding)
    amounts = [split.base, *split.taxes, *split.per_unit_taxes]
    assert sum(map(Fraction, amounts)) == Fraction(gross)
    assert split.gross == gross
    assert [amount for amount in amounts if amount * gross < 0] == []


@given(GROSS, RATES, ROUNDINGS)
def test_taxes_are_near(gross: Decimal, rates: list[Number], rounding: Rounding) -> None:
    """A tax is less than a cent × (1 + rate) from rate × base, however the cent was settled."""
    split = split_gross(gross, rates, rounding=rounding)
    cent = Fraction(1, 100)
    far = []
    for tax, percent in zip(split.taxes, rates, strict=True):
        rate = Fraction(percent) / 100
        if abs(Fraction(tax) - rate * Fraction(split.base)) >= cent * (1 + rate):
            far.append((tax, percent))
    assert far == []


@given(GROSS, RATES, ROUNDINGS)
def test_split_of_what_was_added_up(base: Decimal, rates: list[Number], rounding: Rounding) -> None:
    """Where a base of whole cents gives the gross with its rounded taxes, the split finds one."""
    taxes = tuple(rounding.product(base, rate, "0.01") for rate in rates)
    split = split_gross(sum(taxes, base), rates, rounding=rounding)
    assert split.taxes == tuple(rounding.product(split.base, rate, "0.01") for rate in rates)


@given(GROSS, st.lists(PERCENTS, min_size=1, max_size=1))
def test_one_rate_has_one_base(base: Decimal, rates: list[Number]) -> None:
    """With one rate there is no other base than the one that was added up."""
    tax = Rounding().product(base, rates[0], "0.01")
    assert split_gross(base + tax, rates) == GrossSplit(base, (tax,))


@given(GROSS, RATES)
def test_credit_mirrors_sale(gross: Decimal, rates: list[Number]) -> None:
    """Rounded half up, a credit is split as the sale was."""
    sale, credit = split_gross(gross, rates), split_gross(-gross, rates)
    assert (credit.base, credit.taxes) == (-sale.base, tuple(-tax for tax in sale.taxes))


@given(GROSS, st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_lines_of_one_gross(gross: Decimal, weights: list[int]) -> None:
    """A total allocated to lines and then split adds up to it too."""
    splits = [split_gross(part, 19) for part in allocate(gross, weights)]
    assert sum(split.base + split.taxes[0] for split in splits) == gross
