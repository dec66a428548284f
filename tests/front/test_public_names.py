"""The names of ``cuadre``: which are stable, where they are seen, and what they load."""

import ast
import subprocess
import sys

import pytest

import cuadre

from .running import ROOT

_STABLE = {
    "CuadreError",
    "Document",
    "DocumentReport",
    "Finding",
    "NumberingResolution",
    "Options",
    "Report",
    "Secrets",
    "Severity",
    "Totals",
    "check",
    "fill",
    "load_rules",
    "prepare",
    "read",
    "read_numbering",
    "recompute",
    "render",
}
_GUIDE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_names() -> None:
    """The stable names are these, each is there, and dir() shows them with the version."""
    assert set(cuadre.__all__) == _STABLE
    assert [name for name in _STABLE if getattr(cuadre, name).__name__ != name] == []
    assert {*_STABLE, "__version__"} <= set(dir(cuadre))
    assert cuadre.__version__ == "0.1.0"
    with pytest.raises(AttributeError, match="nothing"):
        cuadre.nothing  # type: ignore[attr-defined] # noqa: B018 - to ask is the test


def test_type_checkers_see_them() -> None:
    """Every stable name is imported for type checkers, from the module that it is fetched from."""
    tree = ast.parse((ROOT / "cuadre" / "__init__.py").read_bytes())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        name.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert seen == cuadre._HOMES


def test_guide_shows_each() -> None:
    """The guide has a heading for every stable name; its examples are run with those of the README."""
    assert [name for name in sorted(_STABLE) if f"### `{name}`" not in _GUIDE] == []


def test_nothing_is_loaded_early() -> None:
    """To import the package, and to look at its names, loads neither pydantic nor lxml."""
    code = "import cuadre, sys; dir(cuadre); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"pydantic", "lxml"} & {*done.stdout.split()} == set()
