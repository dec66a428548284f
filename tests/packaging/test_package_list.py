"""Every package folder is in pyproject.toml and back: an editable install hides one that is not."""  # noqa: INP001 - a package named packaging would hide the library

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SETUPTOOLS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "setuptools"
]
TOPS = ["engine", "rules", "ubl", "cuadre", "sri", "senders"]


def name_of(folder: Path) -> str:
    """Tell what a folder imports as."""
    parts = folder.relative_to(ROOT).parts
    return ".".join(parts if parts[0] == "cuadre" else ("cuadre", *parts))


def folders() -> list[Path]:
    """List every folder of the source that holds modules or tables."""
    files = [
        path
        for top in TOPS
        for path in (ROOT / top).rglob("*")
        if path.suffix in {".py", ".csv", ".css", ".json"}
    ]
    return sorted({path.parent for path in files})


def test_folders_are_listed() -> None:
    """Every folder is in the list of packages, and the list names no other."""
    assert sorted(SETUPTOOLS["packages"]) == sorted(map(name_of, folders()))


def test_folders_are_packages() -> None:
    """Every folder has an __init__.py, since tables are read as resources of a package."""
    assert [folder for folder in folders() if not (folder / "__init__.py").is_file()] == []


def test_list_has_no_doubles() -> None:
    """No package is listed twice."""
    assert len(SETUPTOOLS["packages"]) == len(set(SETUPTOOLS["packages"]))


def test_folders_are_mapped() -> None:
    """Every top folder but cuadre itself is mapped into cuadre."""
    tops = {folder.relative_to(ROOT).parts[0] for folder in folders()} - {"cuadre"}
    assert SETUPTOOLS["package-dir"] == {f"cuadre.{top}": top for top in tops}


def test_typed() -> None:
    """Every top folder says that it is typed."""
    tops = {folder.relative_to(ROOT).parts[0] for folder in folders()}
    assert sorted(path.parent.name for top in tops for path in (ROOT / top).glob("py.typed")) == sorted(tops)
