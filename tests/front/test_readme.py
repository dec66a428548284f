"""The documents tell the truth: every command in them is run, and every Python example."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from cuadre.cli import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CUT = "…\n"


def commands(document: Path) -> list[tuple[str, str]]:
    """List the cuadre commands of a document's console blocks, each with the output that it shows."""
    found = []
    for block in _CONSOLE.findall(document.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("cuadre "):
                found.append((command, output))
    return found


def test_readme_shows_commands() -> None:
    """There is something to run."""
    assert len(commands(ROOT / "README.md")) >= 4


@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, id=f"{document.name}: {command}")
        for document in DOCUMENTS
        for command, output in commands(document)
    ],
)
def test_command_prints_what_is_shown(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command prints what the document shows; an output cut with … at its end is compared up to there."""
    monkeypatch.chdir(ROOT)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "CUADRE_PIN", "CUADRE_TECHNICAL_KEY"):
        monkeypatch.delenv(name, raising=False)
    main(shlex.split(command)[1:])
    printed = capsys.readouterr().out
    if output.endswith(_CUT):
        printed, output = printed[: len(output) - len(_CUT)], output.removesuffix(_CUT)
    assert printed == output


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_python_examples(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python example gives what the document shows."""
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(document), module_relative=False, encoding="utf-8")
    assert results.failed == 0
