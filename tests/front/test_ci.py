"""The examples of docs/ci.md: each command of a pipeline is run in a repository, and the hook is a hook."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from .running import BROKEN, INVOICE, ROOT, run

Capture = pytest.CaptureFixture[str]
_COMMAND = re.compile(r"(?m)^ *- (?:run: )?(cuadre .+)$")
_GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with a right and a wrong invoice, and files of other kinds."""
    (tmp_path / "invoices").mkdir()
    shutil.copy(BROKEN, tmp_path / "invoices" / "broken.xml")
    shutil.copy(INVOICE, tmp_path / "invoices" / "right.xml")
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", _COMMAND.findall(_GUIDE))
def test_pipeline_fails_on_a_wrong_invoice(command: str, repository: Path, capsys: Capture) -> None:
    """The command fails, writes the file that the next step uploads, and names FAU14 in it."""
    done = run(capsys, *shlex.split(command)[1:])
    assert done.code == 1
    (file,) = [name for name in re.findall(r"=(\S+)", command) if (repository / name).is_file()]
    assert f"{file}\n" in _GUIDE
    assert "FAU14" in (repository / file).read_text(encoding="utf-8")
    if "github" in command:
        assert "::error file=invoices/broken.xml,line=225," in done.out


def test_both_commands_are_there() -> None:
    """GitHub and GitLab have one each."""
    assert len(_COMMAND.findall(_GUIDE)) == 2


def test_hook(repository: Path, capsys: Capture) -> None:
    """The hook is given every file: it checks documents, and passes by what is none or is excluded."""
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"(?m)^  entry: cuadre (.+)$", hook)
    arguments = [*entry.split(), "--today", "2026-11-21"]
    named = ["package.json", "invoices/right.xml"]
    assert run(capsys, *arguments, *named).code == 0
    assert run(capsys, *arguments, *named, "invoices/broken.xml").code == 1
    (repository / "cuadre.toml").write_text("exclude = ['broken.xml']", encoding="utf-8")
    done = run(capsys, *arguments, *named, "invoices/broken.xml", "--lang", "en")
    assert (done.code, done.out.splitlines()[-2:]) == (
        0,
        ["not checked: 1 excluded, 1 other JSON", "1 document: 1 accepted"],
    )
    alone = run(capsys, *arguments, "package.json", "--lang", "en")
    assert (alone.code, alone.out) == (0, "not checked: 1 other JSON\n0 documents\n")


def test_hook_passes_by_tools(repository: Path, capsys: Capture) -> None:
    """A file in a folder of a tool is passed by, too."""
    (repository / "node_modules").mkdir()
    shutil.copy(BROKEN, repository / "node_modules")
    done = run(capsys, "check", "--force-exclude", "node_modules/broken.xml", "--lang", "en")
    assert (done.code, done.out) == (0, "not checked: 1 excluded\n0 documents\n")
