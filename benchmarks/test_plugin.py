"""The benchmark of the pytest plugin, with few documents; no time fails a test."""

from benchmarks.plugin import CHECK, EMPTY, PLUGIN, plugin_times


def test_three_commands_run() -> None:
    """Each command runs to its end without a failing document."""
    times = plugin_times(3, 1)
    assert list(times) == [CHECK, EMPTY, PLUGIN]
    assert all(len(seconds) == 1 and seconds[0] > 0 for seconds in times.values())
