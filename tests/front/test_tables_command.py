"""``cuadre tables``: an installation's own tables, written as CSV that reading takes."""

import json
from pathlib import Path

import pytest

from cuadre.cli import main
from cuadre.senders.apidian.tables import load_folder

_LISTING = {
    "type_regimes": [{"id": 1, "code": "04"}, {"id": 2, "code": None}],
    "languages": [{"id": 1, "code": "es"}],
}


def _run(*arguments: str) -> int:
    return main(["tables", *arguments, "--lang", "en"])


def test_it_writes_what_reading_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder has a table for each that was listed, and the output says what differs."""
    (tmp_path / "listing.json").write_text(json.dumps(_LISTING))
    folder = tmp_path / "own"
    assert _run("apidian", "--from", str(tmp_path / "listing.json"), "-o", str(folder)) == 0
    assert [path.name for path in folder.iterdir()] == ["regimes.csv"]
    assert (folder / "regimes.csv").read_bytes() == b"id,code\n1,04\n"
    assert load_folder(folder)["regimes"].codes == {"1": "04"}
    assert load_folder(folder)["municipalities"].codes["822"] == "63130"
    out = capsys.readouterr().out.splitlines()
    assert out[1].split() == ["regimes", "1", "1", "1", "0", "1", "1"]
    assert out[2] == "regimes 1 is 04, and 48 in the shipped table"
    assert out[3] == f"written to {folder}; use them with CUADRE_APIDIAN_TABLES={folder}"


def test_a_folder_of_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every JSON file of a folder is taken; without -o the folder is named for the provider."""
    monkeypatch.chdir(tmp_path)
    Path("answers").mkdir()
    for name in ("taxes", "unit_measures"):
        Path(f"answers/{name}.json").write_text('[{"id":1,"code":"01"}]')
    assert _run("apidian", "--from", "answers") == 0
    assert sorted(path.name for path in Path("apidian-tables").iterdir()) == ["taxes.csv", "units.csv"]
    assert "CUADRE_APIDIAN_TABLES=apidian-tables" in capsys.readouterr().out


def test_only_the_first_differences_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that differs everywhere is told in a few lines."""
    rows = [{"id": one, "code": "00000"} for one in range(1, 1000)]
    (tmp_path / "a.json").write_text(json.dumps({"municipalities": rows}))
    assert _run("apidian", "--from", str(tmp_path / "a.json"), "-o", str(tmp_path / "b")) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("municipalities")]
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == "municipalities: and 979 more"


@pytest.mark.parametrize(
    ("provider", "text", "said"),
    [
        ("emision", "{}", "emision has no tables of ids; these have: apidian"),
        ("nobody", "{}", "there is no sender 'nobody'"),
        ("apidian", "{}", "no table of ids"),
        ("apidian", "{", "not JSON"),
        ("apidian", '{"taxes":[{"id":1,"name":"IVA"}]}', "taxes has names and no codes"),
    ],
)
def test_what_it_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], provider: str, text: str, said: str
) -> None:
    """One sentence, exit code 2, and no folder."""
    (tmp_path / "a.json").write_text(text)
    assert _run(provider, "--from", str(tmp_path / "a.json"), "-o", str(tmp_path / "b")) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "b").exists()
