"""The baseline: what is known is not reported, what is new is."""

import json
import shutil
from pathlib import Path

import pytest

from cuadre.baseline import BaselineError, load_baseline
from cuadre.checking import check

from .running import BROKEN, run

Capture = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-11-05")
"""The day of the wrong invoice."""
_KNOWN = ["FAQ07", "FAQ09", "FAU04", "FAU14"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a wrong invoice, and work in it."""
    (tmp_path / "in").mkdir()
    shutil.copy(BROKEN, tmp_path / "in" / "a.xml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _check(capsys: Capture, *more: str) -> tuple[int, list[list[str]], list[int]]:
    ran = run(capsys, "check", "in", *TODAY, "--baseline", "known.json", "--format", "json", *more)
    documents = json.loads(ran.out)["documents"]
    codes = [[one["code"] for one in document["findings"]] for document in documents]
    return ran.code, codes, [document["in_baseline"] for document in documents]


def test_only_what_is_new_fails(project: Path, capsys: Capture) -> None:
    """Known findings are gone from the report and the verdict; a changed figure is new."""
    assert _check(capsys) == (1, [_KNOWN], [0])
    assert not (project / "known.json").exists()
    assert _check(capsys, "--update-baseline") == (0, [[]], [4])
    assert _check(capsys) == (0, [[]], [4])
    file = project / "in" / "a.xml"
    file.write_bytes(file.read_bytes().replace(b"604838.06", b"604838.07"))
    assert _check(capsys) == (1, [["FAU14"]], [3])


def test_known_again_by_content(project: Path, capsys: Capture) -> None:
    """Other lines, and other line breaks, leave a finding known; a second one like it is new."""
    _check(capsys, "--update-baseline")
    file = project / "in" / "a.xml"
    file.write_bytes(file.read_bytes().replace(b"<cbc:ID>", b"\n\n  <cbc:ID>"))
    assert _check(capsys) == (0, [[]], [4])
    rows = json.loads((project / "known.json").read_bytes())
    rows["findings"][0]["count"] = 0
    (project / "known.json").write_text(json.dumps(rows), encoding="utf-8")
    assert _check(capsys) == (0, [[rows["findings"][0]["code"]]], [3])


def test_update_drops_what_was_mended(project: Path, capsys: Capture) -> None:
    """What is right now is forgotten; what is known of another file is kept while that exists."""
    shutil.copy(BROKEN, project / "other.xml")
    run(capsys, "check", "in", "other.xml", *TODAY, "--baseline", "known.json", "--update-baseline")
    assert len(json.loads((project / "known.json").read_bytes())["findings"]) == 8
    file = project / "in" / "a.xml"
    file.write_bytes(file.read_bytes().replace(b"604838.06", b"584838.06"))
    _check(capsys, "--update-baseline")
    left = json.loads((project / "known.json").read_bytes())["findings"]
    assert [(one["file"], one["code"]) for one in left if one["code"] == "FAU14"] == [("other.xml", "FAU14")]
    assert len(left) == 7
    (project / "other.xml").unlink()
    _check(capsys, "--update-baseline")
    assert {one["file"] for one in json.loads((project / "known.json").read_bytes())["findings"]} == {
        "in/a.xml"
    }


def test_the_file_is_told_from_the_folder_of_the_baseline(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same document is known however it is named."""
    _check(capsys, "--update-baseline")
    monkeypatch.chdir(project / "in")
    ran = run(capsys, "check", "a.xml", *TODAY, "--baseline", "../known.json")
    assert (ran.code, ran.codes) == (0, [])
    assert "rules: in part: known by the baseline: 4" in ran.out


def test_the_day_of_the_check_does_not_matter(project: Path, capsys: Capture) -> None:
    """An old document stays known though each day asks for another date."""
    late = ("check", "in", "--baseline", "known.json", "--today")
    assert run(capsys, *late, "2026-11-20", "--update-baseline").codes == []
    assert run(capsys, *late, "2026-11-21").codes == []
    assert "FAD09c" in (project / "known.json").read_text(encoding="utf-8")


def test_what_cannot_be_read_is_never_known(project: Path, capsys: Capture) -> None:
    """A document that cannot be read stays in the report, and the exit code is 2."""
    (project / "in" / "b.xml").write_text("<Invoice", encoding="utf-8")
    named = ("check", "in/b.xml", "--baseline", "known.json")
    assert run(capsys, *named, "--update-baseline").code == 2
    assert run(capsys, *named).code == 2


@pytest.mark.parametrize(
    "content", ["[]", "{", '{"version": 2}', '{"version": 1, "findings": [{"code": 1}]}']
)
def test_wrong_file(content: str, tmp_path: Path) -> None:
    """A file that is no baseline is an error that names it."""
    file = tmp_path / "known.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BaselineError, match="no baseline that --update-baseline wrote") as caught:
        load_baseline(file)
    assert caught.value.detail == {"file": str(file)}


def test_update_needs_a_file(capsys: Capture) -> None:
    """--update-baseline alone is refused."""
    ran = run(capsys, "check", BROKEN, "--no-config", "--update-baseline")
    assert ran.code == 2
    assert "--update-baseline needs --baseline FILE" in ran.err


def test_nothing_known(tmp_path: Path) -> None:
    """A document without known findings is as it was."""
    document = check(BROKEN, today=None).documents[0]
    assert load_baseline(tmp_path / "none.json").without_known(document) is document
