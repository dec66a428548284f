"""Named roundings of decimal amounts, fair allocation, and policies side by side.

Needs the standard library only, so that it can be imported alone:

    >>> from decimal import Decimal
    >>> from cuadre.engine.rounding import round_half_even, round_half_up
    >>> round_half_up(Decimal("2.345")), round_half_even(Decimal("2.345"))
    (Decimal('2.35'), Decimal('2.34'))

Amounts are ``Decimal``, ``int`` or decimal text; a ``float`` is refused, since it is already rounded.
"""

from collections.abc import Iterable, Sequence
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    InvalidOperation,
)
from typing import Literal, NamedTuple

from cuadre.engine.decimals import EXACT, ROUNDING
from cuadre.engine.errors import RoundingError

Mode = Literal["half_up", "half_even", "truncate", "xpath"]
Number = Decimal | int | str

_MAX_PLACES = 12
_MAX_SPREAD = 1000
_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(_MAX_PLACES + 1))
# Each mode as decimal's constants for an amount that is not negative and for one that is.
_MODES: dict[str, tuple[str, str]] = {
    "half_up": (ROUND_HALF_UP, ROUND_HALF_UP),
    "half_even": (ROUND_HALF_EVEN, ROUND_HALF_EVEN),
    "truncate": (ROUND_DOWN, ROUND_DOWN),
    "xpath": (ROUND_HALF_UP, ROUND_HALF_DOWN),
}


def _decimal(value: Number) -> Decimal:
    if type(value) is Decimal:
        return value
    if isinstance(value, float) or not isinstance(value, (Decimal, int, str)):
        sentence = (
            f"{type(value).__name__} {value!r} cannot be rounded exactly: give a Decimal, an int or text"
        )
        raise RoundingError(sentence, value=value)
    try:
        return Decimal(value)
    except InvalidOperation:
        sentence = f"{value!r} is not a decimal number"
        raise RoundingError(sentence, value=value) from None


def _finite(value: Number) -> Decimal:
    amount = _decimal(value)
    if not amount.is_finite():
        sentence = f"{value} is not finite"
        raise RoundingError(sentence, value=value)
    return amount


class Rounding(NamedTuple):
    """How a figure is rounded: a mode and a number of decimal places (0 to 12).

    Modes: ``half_up`` (half away from zero), ``half_even`` (NTC 3711, DIAN annex 1.9 §5.2.1),
    ``truncate`` (toward zero, DIAN's CUFE), ``xpath`` (half toward +∞, XPath ``round()``).
    """

    mode: Mode = "half_up"
    places: int = 2

    def __call__(self, value: Number) -> Decimal:
        """Round ``value``; raise RoundingError where it is not a finite number of at most 100 digits."""
        amount = _finite(value)
        try:
            quantum = _QUANTA[self.places] if self.places >= 0 else _QUANTA[_MAX_PLACES + 1]
            positive, negative = _MODES[self.mode]
            return amount.quantize(quantum, negative if amount.is_signed() else positive, ROUNDING)
        except (IndexError, KeyError, TypeError):
            sentence = f"no rounding {self.mode!r} to {self.places!r} places"
            raise RoundingError(sentence, mode=self.mode, places=self.places) from None
        except InvalidOperation:
            sentence = f"{value} cannot be rounded: it has too many digits"
            raise RoundingError(sentence, value=value) from None

    def product(self, *factors: Number) -> Decimal:
        """Multiply exactly, then round once: no digit is lost before the last step."""
        return self(exact_product(*factors))

    def __str__(self) -> str:
        return f"{self.mode} to {self.places} places"


def exact_product(*factors: Number) -> Decimal:
    """Multiply without losing a digit; raise RoundingError where the product has over 120 digits."""
    result = Decimal(1)
    try:
        for factor in factors:
            result = EXACT.multiply(result, _finite(factor))
    except ArithmeticError:
        sentence = "the product cannot be held exactly: over 120 digits, or a factor that is not finite"
        raise RoundingError(sentence, factors=factors) from None
    return result


def round_half_up(value: Number, places: int = 2) -> Decimal:
    """Round half away from zero: 2.345 → 2.35, −2.345 → −2.35."""
    return Rounding("half_up", places)(value)


def round_half_even(value: Number, places: int = 2) -> Decimal:
    """Round half to the even neighbour: 2.345 → 2.34, 2.355 → 2.36."""
    return Rounding("half_even", places)(value)


def truncate(value: Number, places: int = 2) -> Decimal:
    """Drop the digits after ``places``: 2.349 → 2.34, −2.349 → −2.34."""
    return Rounding("truncate", places)(value)


def round_xpath(value: Number, places: int = 0) -> Decimal:
    """Round half toward +∞ as XPath ``round()`` does: 2.5 → 3, −2.5 → −2."""
    return Rounding("xpath", places)(value)


def allocate(total: Number, weights: Iterable[Number], places: int = 2) -> tuple[Decimal, ...]:
    """Split ``total`` by ``weights`` so that the parts add up to it to the last cent.

    Largest remainder: each part is its exact share rounded toward −∞ (on the amount without its
    sign), and the cents left over go to the largest remainders, the earlier first among equals. A
    weight of zero gets nothing. ``total`` must have at most ``places`` decimals. Raises RoundingError
    where the weights are empty or add up to zero.
    """
    shares = _integers([_decimal(weight) for weight in weights])
    whole = sum(shares)
    if whole == 0:
        sentence = "nothing can be allocated by weights that are empty or add up to zero"
        raise RoundingError(sentence, weights=shares)
    if whole < 0:
        shares, whole = [-share for share in shares], -whole
    amount = _decimal(total)
    units = _units(amount, places)
    floors, remainders = zip(*(divmod(abs(units) * share, whole) for share in shares), strict=True)
    left = abs(units) - sum(floors)
    largest = sorted(range(len(shares)), key=lambda index: -remainders[index])[:left]
    sign = -1 if units < 0 else 1
    extra = dict.fromkeys(largest, 1)
    return tuple(
        Decimal(sign * (floor + extra.get(index, 0))).scaleb(-places, ROUNDING)
        for index, floor in enumerate(floors)
    )


def _integers(values: Sequence[Decimal]) -> list[int]:
    """Scale decimals to integers with the same ratios; zero is zero whatever its exponent."""
    if not all(value.is_finite() for value in values):
        sentence = "a weight is not finite"
        raise RoundingError(sentence, weights=values)
    parts = [(value.as_tuple() if value else Decimal(0).as_tuple()) for value in values]
    lowest = min((int(part.exponent) for part in parts), default=0)
    highest = max((int(part.exponent) for part in parts), default=0)
    if highest - lowest > _MAX_SPREAD or any(len(part.digits) > _MAX_SPREAD for part in parts):
        sentence = f"the weights are too far apart: over {_MAX_SPREAD} digits"
        raise RoundingError(sentence, weights=values)
    return [
        (-1 if part.sign else 1) * int("".join(map(str, part.digits))) * 10 ** (int(part.exponent) - lowest)
        for part in parts
    ]


def _units(amount: Decimal, places: int) -> int:
    rounded = Rounding("half_even", places)(amount)
    if rounded != amount:
        sentence = f"{amount} has more than {places} decimals and cannot be allocated to the cent"
        raise RoundingError(sentence, total=amount, places=places)
    return int(rounded.scaleb(places, ROUNDING))


class Policy(NamedTuple):
    """A named way to reach a total: round every figure and add, or add and round once."""

    rounding: Rounding
    per: Literal["line", "document"]

    @property
    def name(self) -> str:
        """The policy's name, such as ``half_even per line``."""
        return f"{self.rounding.mode} per {self.per}"

    def total(self, figures: Iterable[Decimal]) -> Decimal:
        """Add exact ``figures`` under this policy."""
        if self.per == "line":
            figures = [self.rounding(figure) for figure in figures]
        exact = Decimal(0)
        try:
            for figure in figures:
                exact = EXACT.add(exact, figure)
        except ArithmeticError:
            sentence = "the sum cannot be held exactly: over 120 digits, or a figure that is not finite"
            raise RoundingError(sentence, policy=self.name) from None
        return self.rounding(exact)


MODES: tuple[Mode, ...] = ("half_up", "half_even", "truncate", "xpath")
"""The modes by name, the commonest first."""


def policies(places: int = 2) -> tuple[Policy, ...]:
    """List every named policy at ``places`` decimals, the commonest first."""
    pers: tuple[Literal["line", "document"], ...] = ("line", "document")
    return tuple(Policy(Rounding(mode, places), per) for mode in MODES for per in pers)


class PolicyResult(NamedTuple):
    """The total of the same figures under one policy."""

    policy: Policy
    total: Decimal


def compare_policies(
    figures: Iterable[Number], candidates: Sequence[Policy] | None = None
) -> tuple[PolicyResult, ...]:
    """Total the same exact ``figures`` under several policies (all of them at 2 places by default).

    >>> for policy, total in compare_policies(["0.125", "0.125"])[:4]:
    ...     print(policy.name, total)
    half_up per line 0.26
    half_up per document 0.25
    half_even per line 0.24
    half_even per document 0.25
    """
    exact = [_decimal(figure) for figure in figures]
    return tuple(PolicyResult(policy, policy.total(exact)) for policy in candidates or policies())
