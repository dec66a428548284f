"""The tables of the invented installation that the fixtures were written for."""

from pathlib import Path

import pytest

TABLES = Path(__file__).parent / "tables"


@pytest.fixture(autouse=True)
def _tables(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a handful of ids of our own; the public bodies are read with the tables that ship."""
    if request.node.get_closest_marker("corpus") is None:
        monkeypatch.setenv("CUADRE_APIDIAN_TABLES", str(TABLES))
    else:
        monkeypatch.delenv("CUADRE_APIDIAN_TABLES", raising=False)
