"""The tables of the invented installation that the fixtures were written for."""

import os
from pathlib import Path

import pytest

TABLES = Path(__file__).parent / "tables"
FACTS = Path(__file__).parents[4] / "shared" / "facts" / "apidian"


@pytest.fixture(autouse=True)
def _tables(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a handful of ids of our own; the public bodies need the tables that they were written for."""
    public = request.node.get_closest_marker("corpus") is not None
    corpus = os.environ.get("CUADRE_CORPUS")
    facts = Path(corpus).parent / "facts" / "apidian" if corpus else FACTS
    monkeypatch.setenv("CUADRE_APIDIAN_TABLES", str(facts if public else TABLES))
