"""The bytes of a text are found by the place of its figure, in any encoding and on one line."""

from pathlib import Path

import pytest

from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.totals import recompute
from cuadre.reading import read
from cuadre.ubl.reading.text_spans import text_spans

_EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.xml"))


def _minified(data: bytes) -> bytes:
    return b"".join([line.strip() for line in data.splitlines()])


def _utf16(data: bytes) -> bytes:
    text = data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.encode("utf-16")


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", [bytes, _minified, _utf16], ids=["as it is", "minified", "UTF-16"])
def test_every_figure(path: Path, change: type[bytes]) -> None:
    """The bytes of each stated figure are its digits."""
    data = change(path.read_bytes())
    reading = read(data)
    assert reading.document is not None
    figures = [one for one in recompute(reading.document, CO).figures if one.stated is not None]
    places = {str(reading.source.place(one.path).xpath): f"{one.stated:f}" for one in figures}
    spans = text_spans(data, places)
    encoding = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8"
    assert len(places) > 5
    assert {xpath: data[slice(*span)].decode(encoding) for xpath, span in spans.items()} == places


def test_attribute() -> None:
    """The span of an attribute is its value."""
    data = b"<Invoice><a x='1'/><a y = 'no' x=\"EA\">2</a></Invoice>"
    spans = text_spans(data, ["/Invoice/a[2]/@x", "/Invoice/a[1]/@x", "/Invoice/a/@z"])
    assert {xpath: data[slice(*span)] for xpath, span in spans.items()} == {
        "/Invoice/a[2]/@x": b"EA",
        "/Invoice/a[1]/@x": b"1",
    }


def test_empty_and_absent() -> None:
    """What is empty or not there has no span, and a text between comments spans them."""
    data = b"<Invoice><a></a><b/><c>1<!-- 2 -->3</c></Invoice>"
    spans = text_spans(data, ["/Invoice/a", "/Invoice/b", "/Invoice/c", "/Invoice/d"])
    assert {xpath: data[slice(*span)] for xpath, span in spans.items()} == {"/Invoice/c": b"1<!-- 2 -->3"}


def test_doctype_stops() -> None:
    """Nothing after a DTD is looked at."""
    data = b'<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice><a>1</a></Invoice>'
    assert text_spans(data, ["/Invoice/a"]) == {}
