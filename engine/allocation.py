"""Split an amount by weights so that the parts add up to it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cuadre.engine.decimals import ROUNDING
from cuadre.engine.errors import RoundingError
from cuadre.engine.modes import Number, Rounding, as_decimal

_MAX_SPREAD = 1000


def allocate(total: Number, weights: Iterable[Number], places: int = 2) -> tuple[Decimal, ...]:
    """Split ``total`` by ``weights``; the parts add up to it.

    Each part is its exact share rounded toward zero. The cents that are left over go to the parts with
    the largest remainders, one each; among equal remainders the earlier part is first. A weight of zero
    gets nothing. ``total`` must have at most ``places`` decimals. Raises RoundingError where the weights
    are empty or add up to zero.

    >>> allocate("100.00", [1, 1, 1])
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    """
    shares = _integers([as_decimal(weight) for weight in weights])
    whole = sum(shares)
    if whole == 0:
        sentence = "nothing can be allocated by weights that are empty or add up to zero"
        raise RoundingError(sentence, weights=shares)
    if whole < 0:
        shares, whole = [-share for share in shares], -whole
    units = _units(as_decimal(total), places)
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
