"""No module of the front door imports itself by way of another."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from .running import ROOT


def _modules() -> Mapping[str, Path]:
    files = sorted((ROOT / "cuadre").rglob("*.py"))
    return {_name(file): file for file in files}


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(file: Path) -> Iterator[str]:
    """Yield what a module imports when it is loaded: not in a function, and not for type checkers only."""
    for node in ast.parse(file.read_bytes()).body:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield str(node.module)


def test_no_cycle() -> None:
    """The modules of cuadre/ can be put in an order in which each imports earlier ones only."""
    modules = _modules()
    graph = {name: {one for one in _imports(file) if one in modules} for name, file in modules.items()}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("cuadre.report") < order.index("cuadre.formats.json_report")
    assert graph["cuadre.report"] & {name for name in modules if "formats" in name} == set()
    assert len(order) == len(modules) > 30
