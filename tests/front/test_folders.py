"""What cuadre looks at in a folder, and what it passes by."""

import json
from pathlib import Path

import pytest

from cuadre.folders import Folder

from .running import INVOICE, TODAY, run

Capture = pytest.CaptureFixture[str]


def _tree(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(Path(INVOICE).read_bytes() if file.suffix == ".xml" else b"{}")


def _names(root: Path, folder: Folder) -> list[str]:
    return [Path(file).relative_to(root).as_posix() for file in folder.files()]


def test_files_by_name(tmp_path: Path) -> None:
    """XML and JSON files are found by name; folders of tools and links are not entered."""
    _tree(tmp_path, "b.xml", "a/z.XML", "a/notes.txt", "c.json", "node_modules/x.xml", ".git/y.json")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    folder = Folder(str(tmp_path))
    assert _names(tmp_path, folder) == ["a/z.XML", "b.xml", "c.json"]
    assert not folder.passed_by


def test_excluded(tmp_path: Path) -> None:
    """Patterns are relative to the folder of the configuration, and what they leave out is counted."""
    _tree(tmp_path, "in/a.xml", "in/old/b.xml", "in/old/c.xml", "in/d.json", "e.xml")
    folder = Folder(str(tmp_path / "in"), exclude=["in/old/", "*.json", "/e.xml"], root=tmp_path)
    assert _names(tmp_path, folder) == ["in/a.xml"]
    assert folder.passed_by == {"excluded": 2}


def test_gitignore(tmp_path: Path) -> None:
    """The nearest .gitignore decides, also those above it up to the root of the repository."""
    _tree(tmp_path, "r/.git/x", "r/a.xml", "r/out/b.xml", "r/s/keep.xml", "r/s/c.xml", "r/s/d.json")
    (tmp_path / ".gitignore").write_text("a.xml\n", encoding="utf-8")  # Above the repository.
    (tmp_path / "r" / ".gitignore").write_text("out/\n*.json\n/s/keep.xml\n", encoding="utf-8")
    (tmp_path / "r" / "s" / ".gitignore").write_text("c.xml\n!keep.xml\n", encoding="utf-8")
    folder = Folder(str(tmp_path / "r"))
    assert _names(tmp_path, folder) == ["r/a.xml", "r/s/keep.xml"]
    assert folder.passed_by == {"ignored by git": 3}
    assert _names(tmp_path, Folder(str(tmp_path / "r" / "s"))) == ["r/s/keep.xml"]
    assert _names(tmp_path, Folder(str(tmp_path / "r" / "out"))) == ["r/out/b.xml"]
    without = Folder(str(tmp_path / "r"), gitignore=False)
    assert _names(tmp_path, without) == ["r/a.xml", "r/out/b.xml", "r/s/c.xml", "r/s/d.json", "r/s/keep.xml"]


def test_an_ordinary_repository(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """``cuadre check .`` checks the invoices, and says what it passed by; a named file is always checked."""
    _tree(tmp_path, "invoices/a.xml", "package.json", "old/b.xml")
    (tmp_path / "pom.xml").write_text("<project/>", encoding="utf-8")
    (tmp_path / "empty.xml").write_text("", encoding="utf-8")
    (tmp_path / "cuadre.toml").write_text("exclude = ['old/']", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = run(capsys, "check", ".", *TODAY, "--format", "json")
    report = json.loads(ran.out)
    assert ran.code == 0
    assert [one["source"] for one in report["documents"]] == ["invoices/a.xml"]
    assert report["passed_by"] == {"excluded": 1, "other": 1, "other JSON": 1, "other XML": 1}
    shown = run(capsys, "check", ".", *TODAY, "--lang", "es")
    assert (
        "no se verificaron: 1 excluidos, 1 que no son XML ni JSON, 1 JSON de otra clase, 1 XML de otra clase"
        in shown.out
    )
    named = run(capsys, "check", "old/b.xml", "package.json", "pom.xml", ".", *TODAY, "--format", "json")
    verdicts = {one["source"]: one["verdict"] for one in json.loads(named.out)["documents"]}
    assert named.code == 2
    assert verdicts == {
        "old/b.xml": "accepted",
        "package.json": "unreadable",
        "pom.xml": "unreadable",
        "invoices/a.xml": "accepted",
    }


def test_nothing_to_check(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a document is no success: exit code 2, with what was passed by."""
    _tree(tmp_path, "package.json")
    monkeypatch.chdir(tmp_path)
    ran = run(capsys, "check", ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "cuadre: .: no document here; passed by: 1 other JSON\n"
