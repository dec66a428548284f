"""Snippets of the documents that are no console blocks: commands, pipelines, configurations and tests."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cuadre.cli import main
from cuadre.config.discovery import load_configuration
from cuadre.config.merging import options_of

from .guides import DOCUMENTS, blocks
from .running import EXAMPLES, INVOICE, give, run

Capture = pytest.CaptureFixture[str]
_COMMAND = re.compile(r"(?m)^(?:.*?\b(?:run|script): |\s*- )?(cuadre .+?)(?: +#.*)?$")
_TESTS = re.compile(r"(?m)^(pytest .+)$")
_WITH_A_KEY = {"sign", "send", "status", "attach"}
"""Commands that need a certificate or a provider; tests of their own run them."""


def _snippets(pattern: re.Pattern[str]) -> list[str]:
    found = [
        found
        for document in DOCUMENTS
        for language, block in blocks(document)
        if language in {"", "yaml"}
        for found in pattern.findall(block)
    ]
    return sorted(set(found))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the folder of somebody who reads the documents: the names in the snippets are there."""
    for name in ("outbox", "invoices", "examples"):
        shutil.copytree(EXAMPLES, tmp_path / name)
    shutil.copy(INVOICE, tmp_path / "invoice.xml")
    shutil.copy(EXAMPLES / "payloads" / "apidian-credit-note.json", tmp_path / "other.json")
    shutil.copy(EXAMPLES / "payloads" / "apidian-credit-note.json", tmp_path / "note.json")
    (tmp_path / "listing.json").write_text('{"type_regimes": [{"id": 1, "code": "48"}]}')
    monkeypatch.chdir(tmp_path)
    assert main(["convert", "note.json", "--to", "ubl", "-o", "note.xml"]) == 0
    return tmp_path


@pytest.mark.parametrize("command", _snippets(_COMMAND))
def test_command(command: str, shop: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command of a plain block or a pipeline runs, whether it finds something or not."""
    assert shop.is_dir()
    words = shlex.split(command)[1:]
    if "<" in words:
        give(monkeypatch, Path(words[words.index("<") + 1]).read_bytes())
        words = words[: words.index("<")]
    if words[0] in _WITH_A_KEY:
        assert "usage" in run(capsys, words[0], "--help").out
        return
    done = run(capsys, *words)
    assert (done.code, done.err) in [(0, ""), (1, ""), (0, done.err if words[0] == "convert" else "")]


def test_there_are_commands() -> None:
    """The snippets are found."""
    assert len(_snippets(_COMMAND)) > 12
    assert len(_snippets(_TESTS)) >= 3


@pytest.mark.parametrize("command", _snippets(_TESTS))
def test_pytest(command: str, shop: Path) -> None:
    """A line of pytest collects documents, and fails of none but wrong ones."""
    words = [sys.executable, "-m", *shlex.split(command), "-p", "no:cacheprovider"]
    done = subprocess.run(words, cwd=shop, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "broken.xml" in done.stdout
    assert "invoice.xml::" not in done.stdout.partition("short test summary")[2]


def test_tests_of_the_guide(shop: Path) -> None:
    """The tests that docs/pytest.md shows pass with the plugin alone."""
    (guide,) = [one for one in DOCUMENTS if one.name == "pytest.md"]
    (tests,) = [block for language, block in blocks(guide) if language == "python"]
    shop_fixture = (
        "import pytest\n\nclass Shop:\n    def invoice(self):\n        return 'invoice.xml'\n\n"
        "@pytest.fixture\ndef shop():\n    return Shop()\n\n\n"
    )
    (shop / "test_shop.py").write_text(shop_fixture + tests, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_shop.py"]
    done = subprocess.run(words, cwd=shop, capture_output=True, text=True, check=False)
    assert "2 passed" in done.stdout, done.stdout


def test_configuration_of_the_guide(tmp_path: Path) -> None:
    """The configuration that docs/configuration.md shows is one."""
    (guide,) = [one for one in DOCUMENTS if one.name == "configuration.md"]
    (table,) = [block for language, block in blocks(guide) if language == "toml"]
    file = tmp_path / "pyproject.toml"
    file.write_text(table, encoding="utf-8")
    shutil.copy(EXAMPLES / "numbering.toml", tmp_path / "resolutions.toml")
    found = load_configuration(file)
    assert found.exclude == ("archive/",)
    options = options_of(found)
    assert options.of(str(tmp_path / "till" / "a.xml")).selection.ignore == ("CUA105", "FAV06")
