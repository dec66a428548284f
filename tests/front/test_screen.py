"""The text report on a terminal: within its width, and the same words as in a file."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cuadre.checking import check
from cuadre.excerpts import with_excerpts
from cuadre.formats.screen import Screen
from cuadre.formats.text_report import show, write
from cuadre.report import Report

from .running import BROKEN

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def _report() -> Report:
    with open(BROKEN, "rb") as file:  # noqa: PTH123 - a name of the tests
        data = file.read()
    return with_excerpts(check(data, name="invoices/broken.xml"), data)


_REPORT = _report()


@given(st.integers(40, 200), st.booleans(), st.sampled_from(["en", "es"]))
def test_within_the_width(width: int, colour: bool, language: str) -> None:  # noqa: FBT001 - of the strategy
    """No line is wider than the terminal, and the words are those of the report in a file."""
    shown = show(_REPORT, language, Screen(colour, width))
    lines = _ESCAPE.sub("", shown).split("\n")
    assert max(map(len, lines)) <= width
    sentences = [line for line in lines if "|" not in line]
    whole = [line for line in write(_REPORT, language).split("\n") if "|" not in line]
    assert " ".join(" ".join(sentences).split()) == " ".join(" ".join(whole).split())
    assert ("\x1b[" in shown) == colour


def test_the_mark_is_under_the_figure() -> None:
    """Also in a line that is cut, the mark has the place of the figure."""
    lines = show(_REPORT, "en", Screen(width=48)).split("\n")
    marks = [number for number, line in enumerate(lines) if line.endswith("^")]
    assert len(marks) == 4
    for number in marks:
        mark = re.search(r"\^+$", lines[number])
        assert mark is not None
        assert re.fullmatch(r"[0-9.]+", lines[number - 1][mark.start() : mark.end()])


def test_no_width_is_a_file() -> None:
    """Without a width a finding is one line, however long it is."""
    assert show(_REPORT, "en", Screen()) == write(_REPORT, "en")
    assert max(map(len, write(_REPORT, "en").split("\n"))) > 120


def test_quiet() -> None:
    """A quiet screen shows documents with findings and the summary."""
    silent = replace(_REPORT, documents=(replace(_REPORT.documents[0], findings=(), verdict="accepted"),))
    assert show(silent, "en", Screen(), quiet=True) == "1 document: 1 accepted"


def test_a_long_figure_is_shown_whole() -> None:
    """A figure that has no room stays whole."""
    assert Screen(width=40).cut("before", "9" * 60, "after", 12) == ("", "9" * 60, "…")
