"""docs/writing-rules.md leads from nothing to a tested rule: its files are written, its commands run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from .guides import RULES_GUIDE, commands, files
from .running import EXAMPLES, INVOICE, run

_TIME = re.compile(r" in \d+\.\d+s$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the files of the guide, and go there."""
    for name, content in files(RULES_GUIDE).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tmp_path / "examples").mkdir()
    copy(INVOICE, tmp_path / "examples")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return tmp_path


def _pytest(command: str) -> str:
    """Run pytest without the settings of ours; how long it took is left out."""
    # In a pipeline pytest cuts nothing, and the guide shows what a person sees.
    mine = {name: value for name, value in os.environ.items() if name not in {"CI", "BUILD_NUMBER"}}
    environment = {**mine, "PY_COLORS": "0", "PYTEST_ADDOPTS": "-p no:cacheprovider", "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    return _TIME.sub(" in …s", done.stdout + done.stderr)


@pytest.mark.usefixtures("folder")
def test_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command prints what the guide shows, errors too."""
    shown = commands(RULES_GUIDE, "cuadre ", "pytest ")
    assert [command.split()[0] for command, _ in shown].count("pytest") == 2
    for command, output in shown:
        if command.startswith("pytest "):
            assert _pytest(command) == output
        else:
            done = run(capsys, *shlex.split(command)[1:])
            assert done.out + done.err == output


def test_the_example_is_its_result() -> None:
    """The folder in examples/ has the files of the guide, as they are there."""
    shown = {name: content for name, content in files(RULES_GUIDE).items() if name.startswith("acme_rules/")}
    there = {
        f"acme_rules/{file.name}": file.read_text(encoding="utf-8")
        for file in (EXAMPLES / "acme_rules").iterdir()
        if file.is_file()
    }
    assert shown == there
    assert len(shown) == 6


def test_its_tests_can_fail(folder: Path) -> None:
    """The tests of the guide fail where the rule asks for something else."""
    notes = folder / "acme_rules" / "notes.py"
    notes.write_text(notes.read_text(encoding="utf-8").replace("CAMP-", "CAMP"), encoding="utf-8")
    assert "2 passed" in _pytest("pytest -q test_acme.py")
    notes.write_text(notes.read_text(encoding="utf-8").replace("CAMP", "C-"), encoding="utf-8")
    assert "1 failed, 1 passed" in _pytest("pytest -q test_acme.py")
