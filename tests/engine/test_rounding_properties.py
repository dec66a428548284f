"""What holds of every rounding and every allocation, whatever the numbers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from cuadre.engine.rounding import (
    MODES,
    Mode,
    Rounding,
    allocate,
    policies,
    round_half_up,
    round_payable,
    round_to,
    truncate,
)

AMOUNTS = st.decimals(min_value=-(10**18), max_value=10**18, places=12)
TOTALS = st.integers(min_value=-(10**12), max_value=10**12).map(lambda cents: Decimal(cents).scaleb(-2))
WEIGHTS = st.lists(
    st.decimals(min_value=0, max_value=10**9, places=6) | st.just(Decimal(0)), min_size=1, max_size=12
).filter(any)


@given(AMOUNTS, st.sampled_from(["half_up", "half_even", "xpath"]), st.integers(0, 12))
def test_nearest(value: Decimal, mode: Mode, places: int) -> None:
    """A nearest rounding is never more than half a unit away."""
    distance = abs(Fraction(Rounding(mode, places)(value)) - Fraction(value))
    assert distance <= Fraction(1, 2 * 10**places)


@given(AMOUNTS, st.integers(0, 12))
def test_truncate(value: Decimal, places: int) -> None:
    """Truncation goes toward zero by less than a unit."""
    result = Fraction(truncate(value, places))
    assert abs(result) <= abs(Fraction(value)) < abs(result) + Fraction(1, 10**places)


@given(AMOUNTS, st.sampled_from(MODES), st.integers(0, 12))
def test_idempotent(value: Decimal, mode: Mode, places: int) -> None:
    """Rounding what is rounded changes nothing, not even its digits."""
    rounding = Rounding(mode, places)
    assert str(rounding(rounding(value))) == str(rounding(value))


@given(AMOUNTS, st.integers(0, 12))
def test_half_up_is_antisymmetric(value: Decimal, places: int) -> None:
    """Half up treats a credit as it treats a sale."""
    assert round_half_up(value.copy_negate(), places) == round_half_up(value, places).copy_negate()


@given(AMOUNTS, AMOUNTS, st.sampled_from(MODES), st.integers(0, 12))
def test_monotonic(one: Decimal, other: Decimal, mode: Mode, places: int) -> None:
    """Rounding keeps the order of two amounts."""
    rounding = Rounding(mode, places)
    low, high = sorted((one, other))
    assert rounding(low) <= rounding(high)


MULTIPLES = st.sampled_from([1, 10, 50, 100, 1000]) | st.decimals("0.000001", 10**6, places=6)


@given(AMOUNTS, MULTIPLES, st.sampled_from(MODES))
def test_multiples(value: Decimal, multiple: Decimal | int, mode: Mode) -> None:
    """A rounded value is a multiple, less than one away, at most half of one unless truncated."""
    result = Fraction(round_to(value, multiple, mode))
    assert result % Fraction(multiple) == 0
    distance = abs(result - Fraction(value))
    assert distance < Fraction(multiple)
    assert mode == "truncate" or 2 * distance <= Fraction(multiple)


@given(AMOUNTS, st.integers(0, 12), st.sampled_from(MODES))
def test_multiples_of_a_power_of_ten(value: Decimal, places: int, mode: Mode) -> None:
    """To a multiple of 0.01 is to two places."""
    assert round_to(value, Decimal(1).scaleb(-places), mode) == Rounding(mode, places)(value)


@given(AMOUNTS, MULTIPLES, st.sampled_from(MODES))
def test_payable_rounding(value: Decimal, multiple: Decimal | int, mode: Mode) -> None:
    """The amount and its difference are what is paid."""
    paid = round_payable(value, multiple, mode)
    assert Fraction(value) + Fraction(paid.payable_rounding_amount) == Fraction(paid.payable_amount)
    assert paid.payable_amount == round_to(value, multiple, mode)


@given(AMOUNTS, AMOUNTS.filter(bool), st.integers(0, 6))
def test_quotients(dividend: Decimal, divisor: Decimal, places: int) -> None:
    """A quotient rounded half up is the exact one plus a half, cut off."""
    exact = abs(Fraction(dividend) / Fraction(divisor)) * 10**places
    result = abs(Fraction(Rounding("half_up", places).quotient(dividend, divisor))) * 10**places
    assert result == (exact + Fraction(1, 2)) // 1


@given(TOTALS, WEIGHTS)
def test_parts_add_up(total: Decimal, weights: list[Decimal]) -> None:
    """The parts add up to the total, and there is one for each weight."""
    parts = allocate(total, weights)
    assert (sum(parts), len(parts)) == (total, len(weights))


@given(TOTALS, WEIGHTS)
def test_zero_weight_gets_nothing(total: Decimal, weights: list[Decimal]) -> None:
    """A part whose weight is zero is zero."""
    pairs = zip(allocate(total, weights), weights, strict=True)
    assert [part for part, weight in pairs if part and not weight] == []


@given(TOTALS, WEIGHTS, st.integers(1, 10**6), st.integers(-6, 6))
def test_scale_of_weights(total: Decimal, weights: list[Decimal], factor: int, shift: int) -> None:
    """Multiplying every weight by the same number changes no part."""
    scaled = [(weight * factor).scaleb(shift) for weight in weights]
    assert allocate(total, scaled) == allocate(total, weights)


@given(TOTALS, WEIGHTS)
def test_within_a_cent(total: Decimal, weights: list[Decimal]) -> None:
    """A part is less than a cent away from its exact share, which is never beyond zero."""
    whole = sum(map(Fraction, weights))
    shares = [Fraction(total) * Fraction(weight) / whole for weight in weights]
    parts = allocate(total, weights)
    far = [
        (part, share)
        for part, share in zip(parts, shares, strict=True)
        if abs(Fraction(part) - share) >= Fraction(1, 100)
    ]
    assert far == []


@given(TOTALS, WEIGHTS)
def test_negative_mirrors_positive(total: Decimal, weights: list[Decimal]) -> None:
    """Allocating the negative total gives the negative parts."""
    assert allocate(-total, weights) == tuple(-part for part in allocate(total, weights))


@given(st.lists(TOTALS, max_size=20))
def test_policies_agree_on_cents(figures: list[Decimal]) -> None:
    """Figures that are whole cents already have one total under every policy."""
    assume(figures)
    assert {policy.total(figures) for policy in policies()} == {sum(figures)}
