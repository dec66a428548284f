"""Imports run downward only, as DESIGN.md's table says, and the core loads nothing heavy."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
# What each floor may import of cuadre; the front door may import everything.
FLOORS = {
    "engine": {"engine"},
    "rules": {"engine", "rules"},
    "ubl": {"engine", "ubl"},
    "sri": {"engine", "sri"},
    "senders": {"engine", "senders"},
}
THIRD_PARTIES = {
    "engine": {"pydantic", "pydantic_core"},
    "rules": set[str](),
    "ubl": {"lxml", "pydantic"},
    "sri": {"lxml", "pydantic"},
    "senders": {"pydantic"},
}
# Libraries that only some modules of a floor may import.
MODULES = {
    "ubl/signing/sign.py": {"signxml", "cryptography"},
    "ubl/schema/validation.py": {"xmlschema"},
    "ubl/schema/compilation.py": {"xmlschema"},
    "ubl/schema/explanation.py": {"xmlschema"},
    "senders/delivery/transport.py": {"httpx2"},
}
# Modules of the standard library that reach out of the process, or at a clock.
IMPURE = {
    "os",
    "io",
    "pathlib",
    "urllib",
    "http",
    "socket",
    "ssl",
    "subprocess",
    "shutil",
    "tempfile",
    "time",
}
IMPURE |= {"sqlite3", "random", "secrets", "uuid", "locale", "logging", "threading", "asyncio"}
CALLS = {"open", "input", "print", "exec", "eval", "now", "today", "utcnow", "getenv"}


class Import(NamedTuple):
    """A module that a file imports."""

    file: str
    line: int
    module: str

    @property
    def top(self) -> str:
        """The distribution or the module that it comes from."""
        return self.module.partition(".")[0]


def sources(floor: str) -> list[Path]:
    """List the modules of a floor."""
    return sorted((ROOT / floor).rglob("*.py"))


def imports(floor: str) -> Iterator[Import]:
    """Find every import of a floor, also those inside functions; a relative one by its full name."""
    for path in sources(floor):
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                yield from (Import(file, node.lineno, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                package = ["cuadre", *path.relative_to(ROOT).parts[: -node.level]] if node.level else []
                module = ".".join([*package, *([node.module] if node.module else [])])
                yield from (Import(file, node.lineno, f"{module}.{name.name}") for name in node.names)


def present(floors: dict[str, set[str]]) -> list[str]:
    """List the floors of a table that are built already."""
    return [floor for floor in floors if sources(floor)]


def test_sources_are_found() -> None:
    """The floors that stand today are looked at."""
    assert {"engine", "rules", "ubl", "senders"} <= set(present(FLOORS))
    assert {"decimal", "pydantic", "cuadre"} <= {one.top for one in imports("engine")}


@pytest.mark.parametrize("floor", present(FLOORS))
def test_direction(floor: str) -> None:
    """A floor imports only what is below it, and never the front door."""
    wrong = [
        one for one in imports(floor) if one.top == "cuadre" and one.module.split(".")[1] not in FLOORS[floor]
    ]
    assert wrong == []


@pytest.mark.parametrize("floor", present(THIRD_PARTIES))
def test_third_parties(floor: str) -> None:
    """A floor imports no library but those of its row in the table."""
    known = {"cuadre", *sys.stdlib_module_names, *THIRD_PARTIES[floor]}
    assert [
        one for one in imports(floor) if one.top not in known and one.top not in MODULES.get(one.file, set())
    ] == []


def test_modules_with_a_library_of_their_own() -> None:
    """The table has no row and no library more than the modules import."""
    used = {(one.file, one.top) for floor in present(THIRD_PARTIES) for one in imports(floor)}
    assert {(file, library) for file, libraries in MODULES.items() for library in libraries} - used == set()


@pytest.mark.parametrize("floor", ["engine", "rules"])
def test_no_xml(floor: str) -> None:
    """The core holds a document and never a tree: lxml is for ubl."""
    assert [one for one in imports(floor) if one.top in {"lxml", "xml", "xmlschema"}] == []


@pytest.mark.parametrize("floor", ["engine", "rules"])
def test_pure(floor: str) -> None:
    """The core knows no file, network, clock, environment or chance."""
    assert [one for one in imports(floor) if one.top in IMPURE] == []


@pytest.mark.parametrize("floor", ["engine", "rules"])
def test_calls(floor: str) -> None:
    """The core opens nothing, prints nothing and asks no clock; tables come from the package itself."""
    wrong = []
    for path in sources(floor):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                function = node.func
                name = getattr(function, "id", getattr(function, "attr", ""))
                if name in CALLS:
                    wrong.append((path.name, node.lineno, name))
    assert wrong == []


def test_plain_names() -> None:
    """Nobody imports engine, rules or ubl by the folder's own name."""
    floors = [*FLOORS, "cuadre"]
    assert [one for floor in floors for one in imports(floor) if one.top in FLOORS] == []
