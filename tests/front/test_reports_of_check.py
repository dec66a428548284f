"""``cuadre check`` writes several reports at once, and prints one of them."""

import json
from pathlib import Path

import pytest

from .running import BROKEN, EXAMPLES, INVOICE, TODAY, run


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
        (("--format", "text", "--output", "json=-"), "only one report can be printed, not json, text"),
        (("--output", "pdf=a.pdf"), "there is no format 'pdf'"),
        (("--output", "json"), "is not FORMAT=FILE"),
        (("--output", "json=/nowhere/a.json"), "/nowhere/a.json: there is no such file or folder"),
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


def test_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Only documents with findings, or that could not be checked, are printed, and the summary of all."""
    loud, done = [
        run(capsys, "check", INVOICE, BROKEN, "nowhere.xml", *TODAY, *more) for more in ((), ("--quiet",))
    ]
    assert done.code == loud.code == 2
    assert done.codes == loud.codes
    assert INVOICE in loud.out
    assert INVOICE not in done.out
    assert "nowhere.xml" in done.out
    assert "not run" not in done.out
    assert done.out.splitlines()[-1] == loud.out.splitlines()[-1]


@pytest.mark.parametrize(("language", "said"), [("en", "reject"), ("es", "rechazo")])
def test_statistics(capsys: pytest.CaptureFixture[str], language: str, said: str) -> None:
    """Counts by code follow the text, the most frequent first, and stay out of a report for machines."""
    argv = ("check", BROKEN, "--lang", language, "--statistics")
    lines = run(capsys, *argv, *TODAY).out.splitlines()
    assert [line.split()[:2] for line in lines[-5:]] == [
        ["1", code] for code in ("FAD09c", "FAQ07", "FAQ09", "FAU04", "FAU14")
    ]
    assert f" FAU14 {said} " in lines[-1]
    done = run(capsys, *argv, *TODAY, "--format", "json")
    assert json.loads(done.out)
    assert "1 FAU14" in done.err


def test_statistics_count(capsys: pytest.CaptureFixture[str]) -> None:
    """A code that two documents have is counted twice, and is named first."""
    folder = str(EXAMPLES / "*.xml")
    out = run(capsys, "check", folder, "--today", "2027-01-31", "--statistics").out
    tail = out[out.index("7 documents: ") :].splitlines()
    assert tail[1].startswith("5 FAD09c notify ")
    assert {line[0] for line in tail[2:]} == {"1"}


def test_exit_zero(capsys: pytest.CaptureFixture[str]) -> None:
    """Findings do not fail with ``--exit-zero``; what could not be checked does."""
    assert run(capsys, "check", BROKEN, "--exit-zero").code == 0
    assert run(capsys, "check", BROKEN, "--exit-zero", "--strict").code == 0
    assert run(capsys, "check", BROKEN, "nowhere.xml", "--exit-zero").code == 2
