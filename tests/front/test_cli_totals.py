"""``cuadre totals``, ``rule`` and ``rules`` in this process."""

from pathlib import Path

import pytest

from .running import BROKEN, INVOICE, NAMES, give, paths, run

Capture = pytest.CaptureFixture[str]
_PAYABLE = "legal_monetary_total.payable_amount"


def _table(text: str) -> dict[str, list[str]]:
    return {row.split()[0]: row.split()[1:] for row in text.splitlines()[1:]}


def test_table(capsys: Capture) -> None:
    """Each figure has the stated and the computed value, and the difference where there is one."""
    done = run(capsys, "totals", BROKEN, "--lang", "en")
    table = _table(done.out)
    assert done.code == 0
    assert table[_PAYABLE] == ["604838.06", "584838.06", "+20000.00"]
    assert table["legal_monetary_total.tax_exclusive_amount"] == ["584900.25", "429900.25", "+155000.00"]
    assert table["legal_monetary_total.line_extension_amount"] == ["584900.25", "584900.25"]
    assert not any(name.startswith("lines") for name in table)


def test_all_figures(capsys: Capture) -> None:
    """With --all the figures of the lines are there too, and the others are the same."""
    short, long = (_table(run(capsys, "totals", BROKEN, *options).out) for options in ((), ("--all",)))
    assert long["lines[0].line_extension_amount"] == ["146020.00", "146020.00"]
    assert {name: row for name, row in long.items() if not name.startswith("lines")} == short


@pytest.mark.parametrize("name", [name for name in NAMES if name != "broken.xml"])
def test_from_inputs(capsys: Capture, name: str) -> None:
    """From quantities, prices and rates the figures of a right example come out as stated."""
    (file,) = paths(name)
    done = run(capsys, "totals", file, "--from-inputs", "--all")
    assert (done.code, [row for row in _table(done.out).values() if len(row) > 2]) == (0, [])


def test_from_inputs_of_a_wrong_document(capsys: Capture) -> None:
    """What a wrong document states stands beside what its inputs give."""
    table = _table(run(capsys, "totals", BROKEN, "--from-inputs").out)
    assert table["legal_monetary_total.tax_exclusive_amount"] == ["584900.25", "429900.25", "+155000.00"]


@pytest.mark.parametrize("figure", [(), ("payable_amount",), (_PAYABLE,)])
def test_explain(capsys: Capture, figure: tuple[str, ...]) -> None:
    """A figure is named in full, by an end that is unique, or not at all for the amount to pay."""
    done = run(capsys, "totals", BROKEN, "--explain", *figure)
    assert (done.code, done.out.splitlines()[0].split()[:3]) == (0, [_PAYABLE, "=", "584838.06"])
    assert "legal_monetary_total.allowance_total_amount" in done.out


def test_explain_line(capsys: Capture) -> None:
    """A figure of a line is explained by the figures that it comes from."""
    done = run(capsys, "totals", INVOICE, "--explain", "lines[1].tax_totals[0].tax_amount")
    assert done.code == 0
    assert "lines[1].tax_totals[0].tax_subtotals[0].tax_amount" in done.out


@pytest.mark.parametrize("figure", ["tax_amount", "nonsense", "", "lines[9].line_extension_amount"])
def test_explain_what_cannot_be(capsys: Capture, figure: str) -> None:
    """A name that means several figures, or none, is exit code 2 and named on stderr."""
    done = run(capsys, "totals", INVOICE, "--explain", figure)
    assert (done.code, done.out, repr(figure) in done.err) == (2, "", True)


def test_totals_of_what_has_none(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, a folder, or unreadable has no totals: exit code 2."""
    for name in (tmp_path / "no.xml", tmp_path):
        done = run(capsys, "totals", str(name))
        assert (done.code, done.out, str(name) in done.err) == (2, "", True)
    give(monkeypatch, b"<a/>")
    done = run(capsys, "totals", "-")
    assert (done.code, done.out, done.err != "") == (2, "", True)


def test_totals_of_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hyphen is standard input, also for --from-inputs, which needs it twice."""
    give(monkeypatch, Path(BROKEN).read_bytes())
    first = run(capsys, "totals", "-", "--from-inputs")
    assert first == run(capsys, "totals", BROKEN, "--from-inputs")


@pytest.mark.parametrize("code", ["FAU14", "fau14", "CAU14", "DAU14", "AU14"])
def test_rule(capsys: Capture, code: str) -> None:
    """A rule is found by any of its codes in any case, and its page names them all."""
    done = run(capsys, "rule", code)
    assert done.code == 0
    assert done.out.startswith("# AU14")
    assert all(f"**{one}**" in done.out for one in ("FAU14", "CAU14", "DAU14"))


@pytest.mark.parametrize(("code", "near"), [("FAU41", "FAU14"), ("FAU4", "FAU04"), ("cua10", "CUA10")])
def test_unknown_rule(capsys: Capture, code: str, near: str) -> None:
    """An unknown code is exit code 2, and codes that are near are suggested."""
    done = run(capsys, "rule", code)
    assert (done.code, done.out, near in done.err) == (2, "", True)


def test_nothing_near(capsys: Capture) -> None:
    """A code that is like no other is exit code 2 as well."""
    done = run(capsys, "rule", "\N{SNOWMAN}")
    assert (done.code, done.out, done.err != "") == (2, "", True)


def test_rules(capsys: Capture) -> None:
    """The list has a line for each code; a beginning in any case selects."""
    everything = run(capsys, "rules").out.splitlines()
    for select in ("FAU", "fau"):
        chosen = run(capsys, "rules", "--select", select).out.splitlines()
        assert chosen[:-2] == [row for row in everything if row.startswith("FAU")]
    assert len(everything) > 100
    one = run(capsys, "rules", "--select", "FAD09c")
    assert [row.split()[0] for row in one.out.splitlines()[:-2]] == ["FAD09c"]


@pytest.mark.parametrize("command", [("rule", "AU14"), ("rules",), ("totals", INVOICE)])
def test_languages_of_pages(capsys: Capture, command: tuple[str, ...]) -> None:
    """Pages, lists and tables are written in both languages."""
    english, spanish = (run(capsys, *command, "--lang", language) for language in ("en", "es"))
    assert (english.code, spanish.code) == (0, 0)
    assert english.out != spanish.out
