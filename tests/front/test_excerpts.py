"""The line under a finding has the figure, marked, whatever the length and the encoding of the line."""

from pathlib import Path

import pytest

import cuadre
from cuadre.excerpts import excerpts

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
    assert marked == {one.code: f"{one.stated}" for one in findings}


def test_what_is_missing_has_no_excerpt() -> None:
    """A place without bytes of its own is left out."""
    data = _BROKEN.replace(b'<cbc:PayableAmount currencyID="COP">604838.06</cbc:PayableAmount>', b"")
    finding = next(one for one in cuadre.check(data).findings if one.code == "FAU14")
    assert excerpts(data, [finding.place]) == {}
