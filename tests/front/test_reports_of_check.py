"""``cuadre check`` writes several reports at once, and prints one of them."""

import json
from pathlib import Path

import pytest

from .running import BROKEN, TODAY, run


def test_several_reports_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Two files are written, and the text is printed as if there were none."""
    first, second = tmp_path / "a.json", tmp_path / "b.txt"
    plain = run(capsys, "check", BROKEN, *TODAY)
    done = run(capsys, "check", BROKEN, *TODAY, "--output", f"json={first}", "--output", f"github={second}")
    assert done == plain
    codes = [one["code"] for one in json.loads(first.read_text("utf-8"))["documents"][0]["findings"]]
    assert codes == ["FAD09c", "FAQ07", "FAQ09", "FAU04", "FAU14"]
    assert second.read_text("utf-8").count("::error ") == 2


def test_a_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """``--output json=-`` prints what ``--format json`` prints."""
    one = run(capsys, "check", BROKEN, *TODAY, "--format", "json")
    assert run(capsys, "check", BROKEN, *TODAY, "--output", "json=-") == one
    assert one.out.startswith("{")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--format", "text", "--output", "json=-"), "only one report can be printed, not json and text"),
        (("--output", "pdf=a.pdf"), "there is no format 'pdf'"),
        (("--output", "json"), "is not FORMAT=FILE"),
        (("--output", "json=/nowhere/a.json"), "/nowhere/a.json: No such file or directory"),
    ],
)
def test_refused_outputs(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], said: str) -> None:
    """Outputs that cannot be written end with code 2 and the reason."""
    done = run(capsys, "check", BROKEN, *TODAY, *argv)
    assert done.code == 2
    assert said in done.err


def test_colours(capsys: pytest.CaptureFixture[str]) -> None:
    """Colours are printed when they are asked for, and not where no terminal is."""
    assert "\x1b[31m" in run(capsys, "check", BROKEN, "--color", "always").out
    assert "\x1b" not in run(capsys, "check", BROKEN).out


@pytest.mark.parametrize(
    ("choice", "no_colour", "term", "coloured"),
    [
        ("auto", "", "xterm", True),
        ("auto", "1", "xterm", False),
        ("auto", "", "dumb", False),
        ("always", "1", "xterm", True),
        ("never", "", "xterm", False),
    ],
)
def test_colours_of_a_terminal(
    choice: str,
    no_colour: str,
    term: str,
    coloured: bool,  # noqa: FBT001 - as above
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a terminal NO_COLOR and a dumb terminal turn colours off, and the option decides before them."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setenv("TERM", term)
    assert ("\x1b[31m" in run(capsys, "check", BROKEN, "--color", choice).out) is coloured
