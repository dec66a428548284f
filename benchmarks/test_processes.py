"""Cold starts, timed by pytest-benchmark; no time fails a test."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.processes import COMMANDS, starter


@pytest.mark.benchmark(min_rounds=10, warmup=True, warmup_iterations=1)
@pytest.mark.parametrize("name", COMMANDS)
def test_cold_start(benchmark: BenchmarkFixture, name: str) -> None:
    """A command runs to its end in a process of its own."""
    benchmark.group = "cold start"
    benchmark(starter(name))
