"""The configuration: where it is found, each of its keys, and what is said of a wrong one."""

import json
import re
from pathlib import Path

import pytest

from cuadre.config.configuration import Configuration, ConfigurationError, PathIgnores
from cuadre.config.discovery import find_configuration, load_configuration
from cuadre.config.keys import KEYS
from cuadre.config.merging import options_of
from cuadre.engine.findings import Severity
from cuadre.engine.tables import load_table

from .running import BROKEN, INVOICE, ROOT, run

TODAY = ("--today", "2026-11-05")
"""The day of the wrong invoice."""
Capture = pytest.CaptureFixture[str]
_EVERY_KEY = """
select = ["FAU", "XSD"]
ignore = ["FAU06"]
exclude = ["old/"]
respect-gitignore = false
fail-on = "notify"
lang = "es"
schemas = "xsd"
rules = ["ours"]
baseline = "known.json"
numbering = ["ranges.toml"]
technical-key = "env:KEY_OF_THE_TEST"
pin = "file:pin.txt"
severity = { FAU14 = "lint" }
per-file-ignores = { "a/*.xml" = ["FAU02"], "b.xml" = { codes = ["FAU08"], reason = "known" } }
"""


def _project(folder: Path, content: str, name: str = "cuadre.toml") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key is read; paths start at the folder of the file, and secrets are looked up."""
    monkeypatch.setenv("KEY_OF_THE_TEST", "abc")
    (tmp_path / "pin.txt").write_text("12345\n", encoding="utf-8")
    found = load_configuration(_project(tmp_path, _EVERY_KEY))
    assert found == Configuration(
        file=tmp_path / "cuadre.toml",
        select=("FAU", "XSD"),
        ignore=("FAU06",),
        severity={"FAU14": Severity.LINT},
        per_file_ignores=(
            PathIgnores("a/*.xml", ("FAU02",)),
            PathIgnores("b.xml", ("FAU08",), "known"),
        ),
        exclude=("old/",),
        respect_gitignore=False,
        fail_on=Severity.NOTIFY,
        lang="es",
        schemas=tmp_path / "xsd",
        rules=(tmp_path / "ours",),
        baseline=tmp_path / "known.json",
        numbering=(tmp_path / "ranges.toml",),
        secrets=found.secrets,
    )
    assert (found.secrets.technical_key, found.secrets.pin) == ("abc", "12345")
    assert all(re.search(rf"(?m)^{key} = ", _EVERY_KEY) for key in KEYS)


def test_the_guide_has_every_key() -> None:
    """docs/configuration.md lists the keys as the table has them."""
    guide = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for row in load_table("cuadre.config", "keys", ("key",)):
        assert f"| `{row['key']}` | {row['value']} | {row['en']} |\n" in guide


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    """It is looked for upwards; a pyproject.toml without our table is passed, and cuadre.toml comes first."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    _project(tmp_path, '[tool.cuadre]\nselect = ["FAU"]', "pyproject.toml")
    _project(inner, "[tool.other]\nselect = 1", "pyproject.toml")
    assert find_configuration(inner).select == ("FAU",)
    _project(tmp_path / "a", '[tool.cuadre]\nselect = ["FAS"]', "pyproject.toml")
    assert find_configuration(inner).select == ("FAS",)
    _project(tmp_path / "a", 'select = ["FAV"]')
    assert find_configuration(inner).select == ("FAV",)


_WRONG = {
    "selct = []": "selct: there is no key 'selct'; did you mean select?",
    "select = 'FAU'": 'select: it must be a list of texts, such as ["FAU"]',
    "fail-on = 'error'": "fail-on: it must be one of reject, notify, lint",
    "lang = 'fr'": "lang: it must be one of en, es",
    "severity = []": "severity: it must be a table",
    "severity = { FAU14 = 'no' }": "FAU14: it must be one of reject, notify, lint",
    "schemas = 3": "schemas: it must be a text",
    "respect-gitignore = 1": "respect-gitignore: it must be true or false",
    "pin = '12345'": "pin: it must say where the secret is, env:NAME or file:PATH, and not be the secret",
    "pin = 'file:none'": "pin: none: there is no such file or folder",
    "per-file-ignores = { 'x' = { code = [] } }": (
        "per-file-ignores.'x'.code: there is no key 'code'; did you mean codes?"
    ),
    "per-file-ignores = { 'x' = 3 }": "per-file-ignores.'x': it must be a list of texts, such as [\"FAU\"]",
}


@pytest.mark.parametrize("content", _WRONG)
def test_wrong_key(content: str, tmp_path: Path) -> None:
    """A wrong key is one sentence with the file and the key; the secret is not repeated."""
    file = _project(tmp_path, content)
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(file)
    assert str(caught.value) == f"{file}: {_WRONG[content]}"
    assert caught.value.detail["file"] == str(file)
    assert "12345" not in caught.value.message("es").replace(str(tmp_path), "")


@pytest.mark.parametrize("content", [b"select = [", b"\xff", b"a = 1\na = 2"])
def test_wrong_file(content: bytes, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no TOML ends the run with exit code 2, its name and no traceback."""
    (tmp_path / "cuadre.toml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    ran = run(capsys, "check", INVOICE)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"cuadre: {tmp_path / 'cuadre.toml'}: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("select = ['FUA']", "select: no rule has a code that starts with 'FUA'; did you mean FA"),
        ("severity = { FAX99 = 'lint' }", "severity: no rule has a code that starts with 'FAX99'"),
        ("per-file-ignores = { 'x' = ['Q'] }", "per-file-ignores.'x': no rule has a code"),
    ],
)
def test_unknown_code(content: str, said: str, tmp_path: Path) -> None:
    """A code that no rule has is said to be in the file, with the nearest ones."""
    file = _project(tmp_path, content)
    with pytest.raises(ConfigurationError) as caught:
        options_of(load_configuration(file))
    assert str(caught.value).startswith(f"{file}: {said}")


def test_what_is_configured_is_done(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes, severities, language and exit code are those of the configuration, unless the call says more."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    before = run(capsys, "check", BROKEN, *TODAY)
    assert (before.code, before.codes) == (1, ["FAQ07", "FAQ09", "FAU04", "FAU14"])
    _project(
        tmp_path,
        'ignore = ["FAQ"]\nlang = "es"\nseverity = { FAU = "notify", FAU14 = "lint" }\n',
    )
    ran = run(capsys, "check", BROKEN, *TODAY)
    assert (ran.code, ran.codes) == (0, ["FAU04", "FAU14"])
    assert "FAU04 notificación" in ran.out
    assert "FAU14 comentario" in ran.out
    assert "reglas: en parte: sin FAQ, FAU14 como comentario, FAU como notificación" in ran.out
    assert run(capsys, "check", BROKEN, *TODAY, "--fail-on", "notify").code == 1
    assert run(capsys, "check", BROKEN, *TODAY, "--lang", "en", "--select", "FAU14").codes == ["FAU14"]
    assert run(capsys, "check", BROKEN, *TODAY, "--no-config").codes == before.codes
    other = _project(tmp_path, 'select = ["FAU04"]', "other.toml")
    assert run(capsys, "check", BROKEN, *TODAY, "--config", str(other)).codes == ["FAU04"]


def test_ignored_in_some_files(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes are left out in the files that a pattern names, and the report has the reason."""
    monkeypatch.chdir(tmp_path)
    for name in ("old/a.xml", "new/b.xml"):
        file = tmp_path / name
        file.parent.mkdir()
        file.write_bytes(Path(BROKEN).read_bytes())
    _project(
        tmp_path, 'ignore = ["FAQ"]\nper-file-ignores = { "old/" = { codes = ["FAU"], reason = "old till" } }'
    )
    ran = run(capsys, "check", ".", *TODAY, "--format", "json")
    documents = {Path(one["source"]).name: one for one in json.loads(ran.out)["documents"]}
    assert {name: [one["code"] for one in document["findings"]] for name, document in documents.items()} == {
        "a.xml": [],
        "b.xml": ["FAU04", "FAU14"],
    }
    layers = {layer["name"]: layer for layer in documents["a.xml"]["layers"]}
    assert layers["rules"]["reason"] == "ignore FAQ FAU (old till)"
    assert documents["a.xml"]["verdict"] == "accepted"


def test_no_table_of_ours(tmp_path: Path) -> None:
    """A pyproject.toml that is named must have our table."""
    file = _project(tmp_path, "[project]\nname = 'x'", "pyproject.toml")
    with pytest.raises(ConfigurationError, match=r"there is no \[tool.cuadre\] in this file"):
        load_configuration(file)
