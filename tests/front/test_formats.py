"""Formats are entry points: one of another distribution is used like ours, and a wrong one is named."""

import sys
from collections.abc import Callable, Iterator
from importlib import invalidate_caches
from pathlib import Path

import pytest

import cuadre
from cuadre.engine.errors import DefinitionError, UnknownNameError
from cuadre.engine.plugins import plugins
from cuadre.formats.registry import find_format, format_names, format_needs, write_report

from .running import BROKEN, TODAY, run

NAMES = ["csv", "github", "gitlab", "html", "json", "jsonl", "junit", "markdown", "sarif", "text"]
Install = Callable[[str], None]
_MODULE = '''"""Formats of another distribution."""

def lines(report, language, *, colour):
    """Write a code a line."""
    return "\\n".join([language, *(finding.code for finding in report.findings)])

def short(report, language):
    """Take no colour."""

def broken(report, language, *, colour):
    """Fail."""
    return 1 / 0

def silent(report, language, *, colour):
    """Write nothing."""

text = "no function"
'''


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs a distribution with one more format, for the length of a test."""
    (tmp_path / "gorrion_formats.py").write_text(_MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def make(point: str) -> None:
        info = tmp_path / "gorrion-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gorrion\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[cuadre.formats]\n{point}\n")
        invalidate_caches()
        plugins.cache_clear()

    yield make
    monkeypatch.undo()
    sys.modules.pop("gorrion_formats", None)
    invalidate_caches()
    plugins.cache_clear()


def test_formats() -> None:
    """The formats of cuadre are registered like any other."""
    assert format_names() == NAMES
    assert all(find_format(name) for name in NAMES)


def test_format_of_another_distribution(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """A format that is installed beside cuadre is a choice of the command, and of a program."""
    install("lines = gorrion_formats:lines")
    argv = ("check", BROKEN, *TODAY, "--select", "FAU", "--lang", "es", "--format", "lines")
    done = run(capsys, *argv)
    assert (done.code, done.out, done.err) == (1, "es\nFAU04\nFAU14\n", "")
    report = cuadre.check(BROKEN, select="FAU14")
    assert write_report(report, "lines") == "en\nFAU14"
    assert (
        "--format {csv,github,gitlab,html,json,jsonl,junit,lines,markdown,sarif,text}"
        in run(capsys, "check", "--help").out
    )


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("gorrion_formats:short", "is no function write"),
        ("gorrion_formats:text", "is no function write"),
        ("gorrion_formats:nothing", "cannot be loaded"),
        ("nowhere:write", "cannot be loaded"),
        ("gorrion_formats:silent", "returned NoneType"),
        ("gorrion_formats:broken", "failed: ZeroDivisionError"),
    ],
)
def test_wrong_format(install: Install, capsys: pytest.CaptureFixture[str], value: str, fault: str) -> None:
    """A plugin that is no format is named, with what is wrong, and exit code 2."""
    install(f"odd = {value}")
    with pytest.raises(DefinitionError, match=fault) as caught:
        write_report(cuadre.check(BROKEN), "odd")
    assert caught.value.detail["plugin"] == "odd"
    done = run(capsys, "check", BROKEN, "--format", "odd")
    assert (done.code, done.out) == (2, "")
    assert "cuadre.formats: the plugin 'odd'" in done.err


@pytest.mark.parametrize("needs", ["", 'NEEDS = ("document",)', 'NEEDS = ["document", "excerpts"]'])
def test_needs(install: Install, capsys: pytest.CaptureFixture[str], tmp_path: Path, needs: str) -> None:
    """What a format asks for is in the report that it gets, and nothing else is."""
    write = "def write(report, language, *, colour):\n    (one,) = report.documents\n"
    write += "    return f'{one.kept is not None} {bool(one.excerpts)}'\n"
    (tmp_path / "gorrion_needs.py").write_text(f"{needs}\n\n{write}", encoding="utf-8")
    install("asking = gorrion_needs:write")
    try:
        done = run(capsys, "check", BROKEN, *TODAY, "--format", "asking")
    finally:
        sys.modules.pop("gorrion_needs", None)
    assert done.out == f"{'document' in needs} {'excerpts' in needs}\n"


def test_unknown_need(install: Install, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A format that asks for what no report has is named, before anything is checked."""
    text = "NEEDS = 'tree'\n\ndef write(report, language, *, colour):\n    return ''\n"
    (tmp_path / "gorrion_needs.py").write_text(text, encoding="utf-8")
    install("asking = gorrion_needs:write")
    try:
        done = run(capsys, "check", "nowhere.xml", "--format", "asking")
    finally:
        sys.modules.pop("gorrion_needs", None)
    assert (done.code, done.out) == (2, "")
    assert "the plugin 'asking' has NEEDS 'tree'; there are document, excerpts" in done.err


def test_needs_of_ours() -> None:
    """The formats of cuadre that show lines or the document ask for them."""
    asking = {name: sorted(format_needs(name)) for name in NAMES if format_needs(name)}
    lines = {name: ["excerpts"] for name in ("github", "sarif", "text")}
    assert asking == {**lines, "html": ["document"]}


def test_unknown_format(capsys: pytest.CaptureFixture[str]) -> None:
    """A format that is not installed is refused with those that are."""
    with pytest.raises(UnknownNameError) as caught:
        find_format("pdf")
    assert caught.value.detail["near"] == NAMES
    assert run(capsys, "check", BROKEN, "--format", "pdf").code == 2
