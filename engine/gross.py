"""Take the taxes out of an amount that has them in it. Needs the standard library only."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import RoundingError
from cuadre.engine.modes import Number, Rounding, as_finite
from cuadre.engine.rounding import allocate

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")
_MAX_RATES = 100


class GrossSplit(NamedTuple):
    """A gross amount in parts: ``base`` + ``taxes`` + ``per_unit_taxes`` = ``gross``, to the cent."""

    base: Decimal
    taxes: tuple[Decimal, ...]
    """One amount for each rate, in the order of the rates."""
    per_unit_taxes: tuple[Decimal, ...] = ()
    """The amounts that were given, as they were given."""

    @property
    def gross(self) -> Decimal:
        """The amount that was split."""
        return _sum(self.base, *self.taxes, *self.per_unit_taxes)


_CENTS = Rounding()


def split_gross(
    gross: Number,
    rates: Number | Iterable[Number],
    *,
    per_unit_taxes: Iterable[Number] = (),
    rounding: Rounding = _CENTS,
) -> GrossSplit:
    """Split an amount with taxes in it into its base and its taxes, which add up to it to the cent.

    ``rates`` are percentages of one base, one or several. ``per_unit_taxes`` are amounts that are in the
    gross and not in the base, such as the tax on bags; they are taken off first.

    How the cent is settled: each tax is its rate × the base, rounded with ``rounding``, where a base of
    whole cents exists that gives the gross so. Where none exists (1 of 6 amounts at 19 %), the gross is
    allocated by 100 and the rates (``allocate``). Each tax is less than a cent × (1 + rate / 100) away
    from rate × base. Same arguments, same result.

    Raises RoundingError for a float, NaN, a negative rate, more than 100 rates, an amount with more
    decimals than ``rounding`` has, or per-unit taxes that are more than the gross.

    >>> split_gross("119000.00", 19)
    GrossSplit(base=Decimal('100000.00'), taxes=(Decimal('19000.00'),), per_unit_taxes=())
    >>> split_gross("10.00", [19, 8]).taxes
    (Decimal('1.50'), Decimal('0.63'))
    """
    percents = _percents(rates)
    amount = _whole(gross, rounding)
    units = tuple([_whole(tax, rounding) for tax in per_unit_taxes])
    try:
        net = EXACT.subtract(amount, _sum(*units))
        if not min(amount, _ZERO) <= net <= max(amount, _ZERO):
            sentence = f"the per-unit taxes are more than the gross amount {gross}, or of another sign"
            raise RoundingError(sentence, gross=amount, per_unit_taxes=units)
        parts = _from_base(net, percents, rounding)
    except ArithmeticError:
        sentence = f"{gross} cannot be split: an amount or a rate has too many digits"
        raise RoundingError(sentence, gross=gross) from None
    base, *taxes = parts or allocate(net, (_HUNDRED, *percents), rounding.places)
    return GrossSplit(base, tuple(taxes), units)


def _from_base(net: Decimal, percents: tuple[Decimal, ...], rounding: Rounding) -> list[Decimal] | None:
    """Find the base of whole cents whose rounded taxes make up the rest of ``net``.

    A base that is a cent larger always gives a larger gross, so the search goes one way, and ends
    where it has passed ``net``.
    """
    base = rounding.quotient(EXACT.multiply(net, _HUNDRED), _sum(_HUNDRED, *percents))
    cent = Decimal(1).scaleb(-rounding.places)
    step = None
    while True:
        taxes = [rounding.product(base, percent, _HUNDREDTH) for percent in percents]
        left = EXACT.subtract(net, _sum(base, *taxes))
        if not left:
            return [base, *taxes]
        if step is not None and step.is_signed() != left.is_signed():
            return None
        step = cent.copy_sign(left)
        base = EXACT.add(base, step)


def _percents(rates: Number | Iterable[Number]) -> tuple[Decimal, ...]:
    # A text is iterable too: "19" is one rate, not 1 and 9.
    many = (rates,) if isinstance(rates, (Decimal, int, str, float)) else tuple(rates)
    percents = tuple([as_finite(rate) for rate in many])
    if len(percents) > _MAX_RATES or any(percent < 0 for percent in percents):
        sentence = f"rates are at most {_MAX_RATES} percentages, none of them negative"
        raise RoundingError(sentence, rates=percents)
    return percents


def _whole(value: Number, rounding: Rounding) -> Decimal:
    """Give an amount the places of the rounding; refuse one that has more."""
    amount = as_finite(value)
    rounded = rounding(amount)
    if rounded != amount:
        sentence = f"{value} has more than {rounding.places} decimals and cannot be split to the cent"
        raise RoundingError(sentence, value=value, places=rounding.places)
    return rounded


def _sum(*amounts: Decimal) -> Decimal:
    total = _ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
