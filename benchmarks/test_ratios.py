"""The statistics of the table, on figures whose answer is known."""

import pytest

from benchmarks.ratios import ratios, spread, verdict


@pytest.mark.parametrize(("count", "cut"), [(5, 0), (6, 0), (8, 0), (9, 1), (25, 7)])
def test_interval_is_that_of_the_sign_test(count: int, cut: int) -> None:
    """As many figures are cut off at either end as the tables of the sign test say."""
    found = spread([float(figure) for figure in range(count)])
    assert (found.low, found.high) == (cut, count - 1 - cut)


def test_slow_moment_moves_neither_median_nor_interval() -> None:
    """One round in which the machine slept counts as one round."""
    quiet, noisy = [1.0] * 24 + [1.1], [1.0] * 24 + [90.0]
    assert spread(quiet)[:3] == spread(noisy)[:3] == (1.0, 1.0, 1.0)


def test_ratios_are_taken_within_a_round() -> None:
    """A round that was slow on both sides has the same ratio as any other."""
    assert ratios([2.0, 20.0], [1.0, 10.0]) == [2.0, 2.0]


def test_verdict_needs_the_whole_interval() -> None:
    """A target inside the interval is neither met nor missed."""
    assert [verdict(1, 2, target) for target in (3, 1.5, 0.5)] == ["met", "undecided", "missed"]
    assert verdict(1, 2, None) == ""
