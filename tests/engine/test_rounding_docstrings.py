"""The examples in the docstrings of rounding and its neighbours are run."""

import doctest
from importlib import import_module

import pytest

MODULES = {
    "modes": 4,
    "rounding": 8,
    "allocation": 1,
    "policies": 2,
    "gross": 2,
    "unit_price": 1,
    "exchange": 2,
    "net_price": 4,
    "plain_lines": 1,
    "regimes.co.exchange_rate": 1,
}


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """Every example gives what the docstring shows, and none has been lost."""
    results = doctest.testmod(import_module(f"cuadre.engine.{name}"))
    assert results.failed == 0
    assert results.attempted >= MODULES[name]
