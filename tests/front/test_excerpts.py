"""The line under a finding has the figure, marked, whatever the length and the encoding of the line."""

from pathlib import Path

import pytest

import cuadre
from cuadre.excerpts import excerpts

from .running import TODAY, give, run

_EXAMPLES = Path(__file__).parents[2] / "examples"
_BROKEN = (_EXAMPLES / "broken.xml").read_bytes()
_NOTE = (_EXAMPLES / "payloads" / "apidian-credit-note.json").read_bytes()


def _one_line(data: bytes) -> bytes:
    return b"".join([line.strip() for line in data.splitlines()])


def _utf16(data: bytes) -> bytes:
    return data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _accented(data: bytes) -> bytes:
    return data.replace(b"Comision", "Comisión".encode())


@pytest.mark.parametrize(
    "data",
    [_BROKEN, _one_line(_BROKEN), _utf16(_BROKEN), _NOTE, _one_line(_NOTE), _accented(_NOTE)],
    ids=["xml", "xml on one line", "xml in UTF-16", "json", "json on one line", "json with an accent"],
)
def test_figure_is_marked(data: bytes) -> None:
    """The marked piece of each excerpt is what the finding says is stated, on the finding's line."""
    findings = [one for one in cuadre.check(data).findings if one.stated is not None]
    found = excerpts(data, [one.place for one in findings])
    assert len(found) >= 4
    marked = {}
    for finding in findings:
        excerpt = found[finding.place]
        marked[finding.code] = excerpt.text[excerpt.start : excerpt.start + excerpt.length]
        assert (excerpt.line, len(excerpt.text) <= 100) == (finding.place.line, True)
        line = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8").split("\n")[
            excerpt.line - 1
        ]
        assert line[excerpt.column - 1 :].startswith(f"{finding.stated}")
    assert marked == {one.code: f"{one.stated}" for one in findings}


def test_what_is_missing_has_no_excerpt() -> None:
    """A place without bytes of its own is left out."""
    data = _BROKEN.replace(b'<cbc:PayableAmount currencyID="COP">604838.06</cbc:PayableAmount>', b"")
    finding = next(one for one in cuadre.check(data).findings if one.code == "FAU14")
    assert excerpts(data, [finding.place]) == {}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("one_line", [False, True], ids=["lines", "one line"])
def test_text_shows_the_figure_under_its_finding(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, one_line: bool, language: str
) -> None:
    """The printed report marks each figure, also of standard input and of a file of one line."""
    give(monkeypatch, _one_line(_BROKEN) if one_line else _BROKEN)
    lines = run(capsys, "check", "-", *TODAY, "--lang", language).out.splitlines()
    marks = [number for number, line in enumerate(lines) if line.endswith("^")]
    marked = []
    for number in marks:
        start = lines[number].index("^")
        marked.append(lines[number - 1][start : start + lines[number].count("^")])
        assert (
            lines[number - 1].lstrip().startswith("1 | " if one_line else lines[number - 2].split(":")[1][:2])
        )
    assert sorted(marked) == ["1200000.00", "18000.00", "2026-11-05", "584900.25", "604838.06"]


def test_control_characters_of_a_line_are_escapes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A control character in the source reaches no terminal, and the mark is under the figure."""
    figure = b'currencyID="COP">604838.06</cbc:PayableAmount>'
    file = tmp_path / "a.xml"
    file.write_bytes(_BROKEN.replace(figure, b'currencyID="COP"\t>604838.06</cbc:PayableAmount>\xc2\x9b2J'))
    line, mark = run(capsys, "check", str(file), *TODAY, "--select", "FAU14").out.splitlines()[2:4]
    assert r'"COP"\t>604838.06</cbc:PayableAmount>\x9b2J' in line
    assert line.index("604838.06") == mark.index("^")


def test_what_cannot_be_read_has_no_excerpt(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that are no document are not looked through again."""
    for data in (b'{"a', b"<Invoice><", b"\xff\xfe\x00"):
        give(monkeypatch, data)
        assert " | " not in run(capsys, "check", "-", *TODAY).out
