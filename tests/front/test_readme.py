"""The documents are true: their commands and Python examples are run, and both READMEs say the same."""

import doctest
import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from cuadre.cli import main
from cuadre.engine.findings import Severity
from cuadre.engine.sentences import LANGUAGES
from cuadre.messages import text

from .guides import DOCUMENTS, LEAME, README, RULES_GUIDE, blocks, commands
from .running import ROOT

_NAMES = [document.relative_to(ROOT).as_posix() for document in DOCUMENTS]
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_CUT = "…\n"
_PROMPTS = {"console": ("$ ",), "python": (">>> ", "... ")}


def typed(document: Path) -> list[tuple[str, list[str]]]:
    """List what a reader types: of each block its commands or statements, without the language."""
    found = []
    for language, block in blocks(document):
        plain = block.replace(" --lang es", "").replace('"es"', "")
        prompts = _PROMPTS.get(language, ("",))
        found.append((language, [line for line in plain.split("\n") if line.startswith(prompts)]))
    return found


@pytest.mark.parametrize("document", [README, LEAME], ids=lambda path: path.name)
def test_readme_shows_commands(document: Path) -> None:
    """There is something to run."""
    assert len(commands(document, "cuadre ")) >= 2
    assert [language for language, _ in blocks(document)].count("python") >= 2


@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, id=f"{name}: {command}")
        for document, name in zip(DOCUMENTS, _NAMES, strict=True)
        for command, output in commands(document, "cuadre ")
        if document != RULES_GUIDE  # its own test runs it in a folder with the files that it shows
    ],
)
def test_command_prints_what_is_shown(
    command: str,
    output: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A command prints what the document shows; an output cut with … at its end is compared up to there.

    A command that writes into the examples works on copies of them.
    """
    monkeypatch.chdir(ROOT)
    if " --fix " in command:
        copytree(ROOT / "examples", tmp_path / "examples")
        monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "CUADRE_PIN", "CUADRE_TECHNICAL_KEY"):
        monkeypatch.delenv(name, raising=False)
    main(shlex.split(command)[1:])
    printed = capsys.readouterr().out
    if output.endswith(_CUT):
        printed, output = printed[: len(output) - len(_CUT)], output.removesuffix(_CUT)
    assert printed == output


@pytest.mark.parametrize("document", DOCUMENTS, ids=_NAMES)
def test_python_examples(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python example gives what the document shows."""
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(document), module_relative=False, encoding="utf-8")
    assert results.failed == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=_NAMES)
def test_links_lead_somewhere(document: Path) -> None:
    """A link to a file of the repository names one that is there."""
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_both_readmes_show_the_same() -> None:
    """The Spanish README has the blocks of the English one, in its order, and headings of the same levels."""
    assert typed(LEAME) == typed(README)
    headings = [_HEADING.findall(document.read_text(encoding="utf-8")) for document in (README, LEAME)]
    assert headings[0] == headings[1]


@pytest.mark.parametrize(("document", "language"), list(zip((README, LEAME), LANGUAGES, strict=True)))
def test_severities_have_the_names_of_a_report(document: Path, language: str) -> None:
    """The table of severities has the words that a report prints in that language."""
    rows = re.findall(r"^\| `([\w]+)` \|", document.read_text(encoding="utf-8"), re.MULTILINE)
    severities = (Severity.REJECT, Severity.NOTIFY, Severity.LINT)
    assert rows[-3:] == [text(f"severity.{one}", language) for one in severities]


def test_every_command_is_documented() -> None:
    """docs/commands.md has each command of the command line in its first table."""
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `cuadre (\w+)` \|", page, re.MULTILINE)
    files = (ROOT / "cuadre" / "cli").glob("*_command.py")
    assert sorted(listed) == sorted(file.name.removesuffix("_command.py") for file in files)
