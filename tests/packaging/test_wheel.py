"""What is built, installed, and run from a clone: all of the source folders, and nothing that others own."""  # noqa: INP001 - a package named packaging would hide the library

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from configparser import ConfigParser
from email import message_from_string
from pathlib import Path
from typing import NamedTuple

import pydantic
import pytest

ROOT = Path(__file__).parents[2]
TOPS = {"engine": "cuadre/engine", "rules": "cuadre/rules", "ubl": "cuadre/ubl", "cuadre": "cuadre"}
TOPS |= {top: f"cuadre/{top}" for top in ("sri", "senders") if (ROOT / top).is_dir()}
PACKAGED = {".py", ".csv", ".css", ".json", ".bash", ".zsh", ".fish"}
# setuptools builds an sdist and a wheel without any other tool.
BUILD = """
import sys
from setuptools import build_meta
what, where = sys.argv[1:]
print(getattr(build_meta, f"build_{what}")(where))
"""


class Built(NamedTuple):
    """What was built, and the files that it was built from."""

    sources: list[str]
    clone: Path
    backend: Path
    """A folder with setuptools."""
    sdist: Path
    wheel: Path


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """Run a command; what it says is shown where it fails."""
    done = subprocess.run(
        command, cwd=cwd, env=environment or None, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build an sdist from a copy of the repository, and a wheel from that sdist."""
    place = tmp_path_factory.mktemp("built")
    copy, backend, dist = place / "copy", place / "backend", place / "dist"
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    sources = sorted({file for file in listed if (ROOT / file).is_file()})
    for file in sources:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, copy / file)
    dist.mkdir()
    run(sys.executable, "-m", "pip", "install", "--quiet", "--target", backend, "setuptools>=80")
    path = {"PYTHONPATH": str(backend), "PATH": "/usr/bin:/bin", "HOME": str(place)}
    sdist = dist / run(sys.executable, "-c", BUILD, "sdist", dist, cwd=copy, **path).splitlines()[-1]
    shutil.unpack_archive(sdist, place / "unpacked", filter="data")
    (unpacked,) = (place / "unpacked").iterdir()
    wheel = dist / run(sys.executable, "-c", BUILD, "wheel", dist, cwd=unpacked, **path).splitlines()[-1]
    return Built(sources, copy, backend, sdist, wheel)


def expected(sources: list[str]) -> list[str]:
    """List the modules and tables of the source folders, by their name in the wheel."""
    names = []
    for file in sources:
        top, _, rest = file.partition("/")
        if top in TOPS and rest and (Path(file).suffix in PACKAGED or Path(file).name == "py.typed"):
            names.append(f"{TOPS[top]}/{rest}")
    return sorted(names)


def test_wheel_has_every_file(built: Built) -> None:
    """The wheel's modules and tables are those of the source folders, no more and no fewer."""
    with zipfile.ZipFile(built.wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert sorted(names) == expected(built.sources)


def test_wheel_has_one_top(built: Built) -> None:
    """The names engine, rules and ubl belong to others: only cuadre lands in site-packages."""
    with zipfile.ZipFile(built.wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cuadre"}


def test_sdist_has_every_file(built: Built) -> None:
    """The sdist has every file that the wheel is made from, where the repository has it."""
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {file for file in built.sources if file.partition("/")[0] in TOPS and expected([file])}
    assert (wanted | {"pyproject.toml", "README.md", "LICENSE"}) - names == set()


def test_files_are_the_same(built: Built) -> None:
    """Every file in the wheel has the bytes of its source."""
    with zipfile.ZipFile(built.wheel) as archive:
        wrong = [
            file
            for file in built.sources
            for name in expected([file])
            if archive.read(name) != (ROOT / file).read_bytes()
        ]
    assert wrong == []


def test_metadata(built: Built) -> None:
    """The wheel has the command, the licence and the name."""
    with zipfile.ZipFile(built.wheel) as archive:
        names = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = message_from_string(archive.read(names["METADATA"]).decode())
        commands = ConfigParser()
        commands.read_string(archive.read(names["entry_points.txt"]).decode())
    assert (metadata["Name"], metadata["License-Expression"]) == ("cuadre", "Apache-2.0")
    assert "LICENSE" in names
    assert dict(commands["console_scripts"]) == {"cuadre": "cuadre.cli:main"}


def test_wheel_works_alone(built: Built, tmp_path: Path) -> None:
    """The unpacked wheel, without the repository, computes an example as the repository does."""
    shutil.unpack_archive(built.wheel, tmp_path, "zip")
    code = "import cuadre, sys; print(cuadre.__file__, cuadre.check(sys.argv[1]).verdict)"
    found = run(
        sys.executable, "-c", code, ROOT / "examples/invoice.xml", cwd=tmp_path, PYTHONPATH=str(tmp_path)
    )
    assert found.split() == [str(tmp_path / "cuadre/__init__.py"), "accepted"]


@pytest.fixture(scope="module")
def python(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own, beside the libraries of this one; return its Python."""
    place = tmp_path_factory.mktemp("environment")
    python = environment(place)
    install = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps")
    run(*install, "--no-index", built.wheel)
    return python


def environment(place: Path) -> Path:
    """Make a virtual environment with the libraries of this one and without cuadre; return its Python."""
    run(sys.executable, "-m", "venv", "--without-pip", place)
    libraries = place / "libraries"
    libraries.mkdir()
    for entry in Path(pydantic.__file__).parents[1].iterdir():
        if "cuadre" not in entry.name and entry.suffix != ".pth":
            (libraries / entry.name).symlink_to(entry)
    (packages,) = (place / "lib").glob("python*/site-packages")
    (packages / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    return place / "bin" / "python"


_LOADED = """
import sys
import cuadre.engine.rounding
import cuadre
verdict = cuadre.check(sys.argv[1]).verdict
files = {m.__file__ for name, m in sys.modules.items() if name.partition(".")[0] == "cuadre"}
print(verdict, *sorted(file for file in files if not file.startswith(sys.argv[2])))
"""


def test_installed(python: Path, tmp_path: Path) -> None:
    """Away from the clone, all of cuadre is that of the environment."""
    folder = str(python.parents[1] / "lib")
    found = run(python, "-c", _LOADED, ROOT / "examples" / "invoice.xml", folder, cwd=tmp_path)
    assert found.split() == ["accepted"]


@pytest.mark.parametrize("installed", [True, False])
def test_in_the_clone(built: Built, python: Path, tmp_path: Path, *, installed: bool) -> None:
    """In the clone all of cuadre is the clone's, where another copy is installed and where none is."""
    where = python if installed else environment(tmp_path / "bare")
    code = _LOADED if installed else _LOADED.replace("cuadre.check(sys.argv[1]).verdict", "'accepted'")
    found = run(where, "-c", code, "examples/invoice.xml", str(built.clone), cwd=built.clone)
    assert found.split() == ["accepted"]


def test_command_in_the_clone(built: Built, python: Path) -> None:
    """``python -m cuadre`` runs in the clone, and the installed command does too."""
    for command in ((python, "-m", "cuadre"), (python.with_name("cuadre"),)):
        said = run(*command, "check", "examples/invoice.xml", "--today", "2026-11-21", cwd=built.clone)
        assert said.startswith("examples/invoice.xml: invoice SETP990000101, accepted\n")


_TYPED = """
import cuadre
from cuadre.engine.rounding import round_half_up
reveal_type(cuadre.check("a.xml").documents[0].more)
reveal_type(round_half_up("2.345"))
cuadre.nothing
"""


def test_types_of_a_clone(built: Built, tmp_path: Path) -> None:
    """The line of CONTRIBUTING.md makes a type checker of another project see the clone."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^pip (install -e /path/to/cuadre .*)$", guide, re.MULTILINE)
    arguments = line.replace("/path/to/cuadre", str(built.clone)).split()
    python = environment(tmp_path / "environment")
    pip = (sys.executable, "-m", "pip", "--python", python)
    # What the line would fetch is here already.
    run(*pip, *arguments, "--quiet", "--no-deps", "--no-build-isolation", PYTHONPATH=str(built.backend))
    (tmp_path / "project.py").write_text(_TYPED, encoding="utf-8")
    mypy = (sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "project.py")
    done = subprocess.run(mypy, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert [text.partition(": ")[2] for text in done.stdout.splitlines()[:-1]] == [
        'note: Revealed type is "int"',
        'note: Revealed type is "decimal.Decimal"',
        'error: Module has no attribute "nothing"  [attr-defined]',
    ]
