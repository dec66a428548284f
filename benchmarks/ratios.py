"""Ratios of times on a noisy machine: interleaved rounds, medians, and an interval that anybody can check.

In each round every work is timed once, the base first, so that a slow moment of the machine falls on
both sides of a ratio. A ratio is taken within a round, never across rounds.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from math import comb
from statistics import median
from time import perf_counter
from typing import NamedTuple, TypeVar

_Name = TypeVar("_Name", int, str)

_DOUBT = 0.05
_LONG = 0.3


class Spread(NamedTuple):
    """What a series of figures says about its middle."""

    median: float
    low: float
    """With ``high``: the median of all rounds that could be run lies between them, 19 times in 20."""
    high: float
    least: float


def interleave(
    works: Mapping[_Name, Callable[[], object]], rounds: int, calls: Mapping[_Name, int]
) -> dict[_Name, list[float]]:
    """Time every work in every round; return the seconds of one call, by name, a figure for each round.

    ``calls`` says how often a work is called in a row for one figure (once where it is not named). What
    takes less than 0.3 s goes twice and counts the second time, since a processor whose caches
    are full of another work loses a millisecond. The first round of all is thrown away.
    """
    times: dict[_Name, list[float]] = {name: [] for name in works}
    gc.collect()
    gc.freeze()
    for turn in range(rounds + 1):
        for name, work in works.items():
            seconds = _time(work, calls.get(name, 1))
            if turn:
                times[name].append(seconds)
    gc.unfreeze()
    return times


def _time(work: Callable[[], object], calls: int) -> float:
    gc.collect()
    seconds = _call(work, calls)
    if seconds < _LONG:
        seconds = _call(work, calls)
    return seconds / calls


def _call(work: Callable[[], object], calls: int) -> float:
    start = perf_counter()
    for _ in range(calls):
        work()
    return perf_counter() - start


def spread(figures: Sequence[float]) -> Spread:
    """Summarise figures that were taken one after the other; assumes no shape of their distribution.

    The interval is that of the sign test. Each figure lies above the true median with probability
    one half, so the number of those that do is binomial, and as many figures are cut off at either
    end as leaves a doubt of at most 5 %. Fewer than six figures leave more.
    """
    ordered = sorted(figures)
    count = len(ordered)
    cut, doubt = 0, 2.0 / 2**count
    while doubt <= _DOUBT:
        cut += 1
        doubt += 2.0 * comb(count, cut) / 2**count
    cut = max(cut - 1, 0)
    return Spread(median(ordered), ordered[cut], ordered[-1 - cut], ordered[0])


def ratios(times: Sequence[float], bases: Sequence[float]) -> list[float]:
    """Divide round by round."""
    return [time / base for time, base in zip(times, bases, strict=True)]


def verdict(low: float, high: float, target: float | None) -> str:
    """Say whether a target is met: only where the whole interval lies on one side of it."""
    if target is None:
        return ""
    if high <= target:
        return "met"
    return "missed" if low > target else "undecided"
