"""What a fresh interpreter loads: the rounding alone is light, and the core needs no lxml."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded(module: str) -> set[str]:
    """Import a module in a fresh interpreter and list the top-level names that it loads."""
    code = f"import {module}, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    names = done.stdout.split()
    assert module in names
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("name", ["rounding", "gross", "unit_price", "exchange"])
def test_rounding_alone(name: str) -> None:
    """Whoever imports only the rounding loads neither pydantic nor lxml nor JSON."""
    heavy = {"pydantic", "pydantic_core", "lxml", "xmlschema", "babel", "json", "csv", "dataclasses"}
    assert loaded(f"cuadre.engine.{name}") & heavy == set()


@pytest.mark.parametrize("module", ["cuadre.engine.totals", "cuadre.engine.fill", "cuadre.rules.judge"])
def test_core_without_lxml(module: str) -> None:
    """The engine and the rules run where lxml is not installed."""
    assert loaded(module) & {"lxml", "xmlschema", "babel"} == set()


def test_import_of_the_package() -> None:
    """The bare package is empty until somebody asks for a name."""
    assert loaded("cuadre") & {"pydantic", "lxml"} == set()
