"""Whatever is given, there is a report: bytes, text, JSON, amounts."""

import json
import re
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cuadre
from cuadre.engine.model.document import (
    Document,
    ExchangeRate,
    ForeignCurrency,
    Line,
    MonetaryTotal,
    TaxSubtotal,
    TaxTotal,
)
from cuadre.engine.model.element import Element
from cuadre.engine.sentences import LANGUAGES
from cuadre.excerpts import with_excerpts
from cuadre.formats.registry import format_names, write_report
from cuadre.report import Report

from .running import EXAMPLES

VERDICTS = {"accepted", "accepted_with_observations", "rejected", "unreadable"}
_XML = (EXAMPLES / "withholdings-and-discounts.xml").read_text(encoding="utf-8")
_SPOTS = [match.span(1) for match in re.finditer(r">([0-9]+\.[0-9]+)</cbc:", _XML)]
_PIECES = [
    "<Invoice>",
    "</Invoice>",
    "<!DOCTYPE a>",
    "<![CDATA[",
    "]]>",
    "<?xml?>",
    "&x;",
    "{",
    "}",
    '"kind"',
]
_MODELS = (Document, Line, MonetaryTotal, TaxTotal, TaxSubtotal, ExchangeRate, ForeignCurrency)
_FIELDS = sorted({name for model in _MODELS for name in model.model_fields} | {*Element._fields})


def _report(data: bytes) -> Report:
    """Check, and write the report in every format and language."""
    report = cuadre.check(data, keep=True)
    assert report.verdict in VERDICTS
    shown = with_excerpts(report, data)
    for language in LANGUAGES:
        written = {name: write_report(shown, name, language) for name in format_names()}
        assert json.loads(written["json"])["documents"]
        assert json.loads(written["sarif"])["runs"]
        assert fromstring(written["junit"].encode()).tag == "testsuites"  # noqa: S314 - our own
        assert written["text"]
        assert written["html"].endswith("</html>")
    if report.verdict == "unreadable":
        assert {finding.code for finding in report.findings} == {"CUA001"}
    return report


@given(st.binary(max_size=300))
@example(b"<")
@example(b"\xff\xfe<\x00")
@example(b"\x00\x00\xfe\xff")
def test_any_bytes(data: bytes) -> None:
    """Any bytes give a report."""
    _report(data)


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-7"]))
def test_any_text(text: str, encoding: str) -> None:
    """Any text in any encoding gives a report."""
    _report(text.encode(encoding, "surrogatepass"))


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=12))
def test_any_markup(pieces: list[str]) -> None:
    """Any sequence of markup gives a report."""
    _report("".join(pieces).encode(errors="surrogatepass"))


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["1.00", "2026-11-20", "COP", "invoice"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(_FIELDS) | st.text(max_size=5), _VALUES, max_size=8))
@example({"other": [{"name": "a", "children": 5}]})
@example({"foreign_currencies": [{"path": ["x", 99]}, {"path": []}, {"path": [5]}]})
@example({"\ud800": 1})
def test_any_json(value: dict[str, object]) -> None:
    """Any JSON object gives a report."""
    _report(json.dumps({**value, "kind": "invoice"}).encode())


@given(st.text(max_size=300))
def test_any_text_in_json(text: str) -> None:
    """Any text that begins like JSON gives a report."""
    _report(("{" + text).encode(errors="surrogatepass"))


_AMOUNTS = st.from_regex(r"-?[0-9]{1,18}(\.[0-9]{1,12})?", fullmatch=True) | st.sampled_from(
    ["9" * 18 + "." + "9" * 12, "-" + "9" * 18, "0", "-0.00", "0." + "0" * 11 + "1"]
)


@given(st.dictionaries(st.integers(0, len(_SPOTS) - 1), _AMOUNTS, max_size=len(_SPOTS)))
def test_any_amounts(amounts: dict[int, str]) -> None:
    """Any amounts within the limits are computed with, and never lose a digit on the way."""
    text = _XML
    for number in sorted(amounts, reverse=True):
        start, end = _SPOTS[number]
        text = text[:start] + amounts[number] + text[end:]
    assert _report(text.encode()).verdict != "unreadable"


@pytest.mark.parametrize("amount", ["9" * 18 + "." + "9" * 12, "-" + "9" * 18, "0.000000000001", "0"])
def test_all_amounts_at_once(amount: str) -> None:
    """The largest and the smallest amounts in every place are computed with."""
    text = re.sub(r">[0-9]+\.[0-9]+</cbc:", f">{amount}</cbc:", _XML)
    assert _report(text.encode()).verdict != "unreadable"


@given(st.text(max_size=40))
def test_any_name_of_a_figure(name: str) -> None:
    """To ask for any figure gives its trace, or an error that is ours."""
    totals = cuadre.recompute(EXAMPLES / "invoice.xml")
    try:
        assert totals.explain(name).path in totals.by_path
    except cuadre.CuadreError as error:
        assert error.code == "unknown"  # noqa: PT017 - either is right
