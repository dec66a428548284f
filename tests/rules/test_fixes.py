"""Fixes: what they write passes, and no byte changes but those of figures."""

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cuadre
from cuadre.engine.findings import Finding
from cuadre.fixing.figure_text import rewritten
from cuadre.fixing.rounds import Fixed, fix
from cuadre.options import Options

from .cases import ROOT, TODAY, cases
from .mutate import mutate

_EXAMPLES = ROOT / "examples"
_NAMES = sorted(file.name for file in _EXAMPLES.glob("*.xml"))
_OPTIONS = Options(today=TODAY, ignore="XSD")
_FIGURE = re.compile(rb"(?<=>)[0-9]+\.[0-9]+(?=</)")
_VALUE = re.compile(rb"[0-9]+\.[0-9]+")
_CORPUS = Path(os.environ.get("CUADRE_CORPUS") or ROOT.parent / "shared" / "corpus")
_BROKEN = (_EXAMPLES / "broken.xml").read_bytes()
_NOTE = (_EXAMPLES / "payloads" / "apidian-credit-note.json").read_bytes()
_ECUAFACT = (_EXAMPLES / "payloads" / "ecuafact-invoice.json").read_bytes()
_FIXED_BROKEN = _BROKEN.replace(b">584900.25</cbc:TaxExcl", b">429900.25</cbc:TaxExcl").replace(
    b">604838.06</cbc:Pay", b">584838.06</cbc:Pay"
)


def _findings(data: bytes) -> tuple[Finding, ...]:
    return cuadre.check(data, options=_OPTIONS).findings


def _hold(data: bytes, *, unsafe: bool) -> Fixed:
    """Fix; then hold that what was fixed is clean, that only figures changed, and that twice is as once."""
    fixed = fix(data, "x", _OPTIONS, unsafe=unsafe)
    after = {(one.code, one.place.xpath or one.place.pointer) for one in _findings(fixed.data)}
    assert fixed.refused is None
    for change in fixed.changes:
        assert (change.code, change.place.xpath or change.place.pointer) not in after
    assert _VALUE.sub(b"", fixed.data) == _VALUE.sub(b"", data)
    assert len(_VALUE.findall(fixed.data)) == len(_VALUE.findall(data))
    changed = sum(
        one != two for one, two in zip(_VALUE.findall(data), _VALUE.findall(fixed.data), strict=True)
    )
    assert changed == len(fixed.changes)
    assert fix(fixed.data, "x", _OPTIONS, unsafe=unsafe).data == fixed.data
    return fixed


def _mutant(data: bytes, figures: list[re.Match[bytes]], chosen: list[tuple[int, int]]) -> bytes:
    """Add cents to figures: each by its number and the amount."""
    for number, cents in sorted(chosen, reverse=True):
        found = figures[number % len(figures)]
        places = len(found[0].partition(b".")[2])
        value = Decimal(found[0].decode()) + Decimal(cents) / 100
        text = f"{value:.{max(places, 2)}f}".encode()
        data = data[: found.start()] + text + data[found.end() :]
    return data


def test_broken_example() -> None:
    """The two wrong totals of broken.xml are written; everything else is byte for byte the same."""
    fixed = _hold(_BROKEN, unsafe=False)
    assert fixed.data == _FIXED_BROKEN
    assert [(one.code, one.old, one.new) for one in fixed.changes] == [
        ("FAU04", "584900.25", "429900.25"),
        ("FAU14", "604838.06", "584838.06"),
    ]
    assert fixed.stale_key


@pytest.mark.parametrize("name", [name for name in _NAMES if name != "broken.xml"])
def test_right_examples_stay(name: str) -> None:
    """Nothing is changed in a document that adds up."""
    data = (_EXAMPLES / name).read_bytes()
    assert fix(data, name, _OPTIONS, unsafe=True) == Fixed(data)


@pytest.mark.parametrize("name", _NAMES)
@settings(max_examples=300 // len(_NAMES) + 1, deadline=None, derandomize=True, database=None)
@given(
    chosen=st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(1, 500_000)),
        min_size=1,
        max_size=2,
        unique_by=lambda pair: pair[0] % 17,
    ),
    unsafe=st.booleans(),
)
def test_mutants(name: str, chosen: list[tuple[int, int]], unsafe: bool) -> None:  # noqa: FBT001 - drawn
    """Three hundred documents with one or two wrong figures: what is fixed is clean, in figures only."""
    data = (_EXAMPLES / name).read_bytes()
    start = data.index(b"TaxTotal>")
    figures = list(_FIGURE.finditer(data, start))
    numbers = {number % len(figures): cents for number, cents in chosen}
    _hold(_mutant(data, figures, list(numbers.items())), unsafe=unsafe)


@pytest.mark.parametrize("number", range(6))
def test_one_wrong_total_passes(number: int) -> None:
    """A document with one wrong total is accepted after --fix, and is the document before the mistake."""
    data = (_EXAMPLES / "withholdings-and-discounts.xml").read_bytes()
    start = data.index(b"<cac:LegalMonetaryTotal>")
    figures = list(_FIGURE.finditer(data, start, data.index(b"</cac:LegalMonetaryTotal>")))
    if number >= len(figures):
        number -= len(figures)
    assert _hold(_mutant(data, figures, [(number, 12_300)]), unsafe=False).data == data


@pytest.mark.parametrize("unsafe", [False, True])
def test_cases_of_the_rules(unsafe: bool) -> None:  # noqa: FBT001 - a parameter
    """Every document that breaks one rule: what is fixed is clean afterwards, and a signed one is refused."""
    changed = refused = 0
    for case in cases():
        data = case.data
        if b"<ds:Signature" in data:
            signed = fix(data, "x", _OPTIONS, unsafe=unsafe)
            assert signed.data == data
            refused += signed.refused == "signed"
            data = mutate(data, "remove //ds:Signature")
        changed += bool(_hold(data, unsafe=unsafe).changes)
    assert (changed > (30 if unsafe else 15), refused > 10) == (True, True)


def test_unsafe_fixes_are_asked_for() -> None:
    """A wrong line value is left by --fix, with the reason, and its total waits for it."""
    data = (_EXAMPLES / "invoice.xml").read_bytes()
    line = re.compile(rb"(<cbc:ID>1</cbc:ID>.*?<cbc:LineExtensionAmount[^>]*>)([0-9.]+)", re.DOTALL)
    start = data.index(b"<cac:InvoiceLine>")
    wrong = data[:start] + line.sub(rb"\g<1>1.00", data[start:], count=1)
    safe = _hold(wrong, unsafe=False)
    assert safe.data == wrong
    assert [(one.finding.code, one.reason) for one in safe.not_fixed] == [("FAV06", "unsafe")]
    assert _hold(wrong, unsafe=True).data == data


def test_total_waits_for_its_parts() -> None:
    """A total that is wrong beside a wrong line value is not made the sum of that value."""
    data = (_EXAMPLES / "invoice.xml").read_bytes()
    start = data.index(b"<cac:InvoiceLine>")
    line = re.compile(rb"(<cbc:LineExtensionAmount[^>]*>)([0-9.]+)")
    wrong = line.sub(rb"\g<1>7.00", data[:start], count=1) + line.sub(rb"\g<1>1.00", data[start:], count=1)
    safe = _hold(wrong, unsafe=False)
    reasons = {(one.finding.code, one.reason, one.part and one.part.code) for one in safe.not_fixed}
    assert {("FAU02", "part", "FAV06"), ("FAV06", "unsafe", None)} <= reasons
    assert b"7.00</cbc:LineExtensionAmount>" in safe.data
    assert _hold(wrong, unsafe=True).data == data


def test_only_wanted_codes() -> None:
    """--select chooses what is fixed."""
    fixed = fix(_BROKEN, "x", Options(today=TODAY, select="FAU14"))
    assert [one.code for one in fixed.changes] == ["FAU14"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(encoding: str) -> None:
    """A document in UTF-16 keeps its encoding and its mark."""
    text = _BROKEN.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    wanted = _FIXED_BROKEN.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    fixed = fix(mark + text.encode(encoding), "x", _OPTIONS)
    assert fixed.data == mark + wanted.encode(encoding)
    assert len(fixed.changes) == 2


@pytest.mark.parametrize(
    ("old", "stated", "value", "new"),
    [
        ("604838.06", "604838.06", "584838.06", "584838.06"),
        ("129", "129.00", "109.00", "109"),
        ("129", "129", "109.5", "109.50"),
        ("129.0000", "129", "109.5", "109.5000"),
        ("1.5", "1.5", "1.125", "1.125"),
        ("\n 7.00\t", "7", "-8", "\n -8.00\t"),
        ("1e3", "1000", "7", None),
        ("604838,06", "604838.06", "7", None),
        ("7.00", "8.00", "9.00", None),
    ],
)
def test_number_style(old: str, stated: str, value: str, new: str | None) -> None:
    """A figure keeps its decimals and the space around it; what is no plain figure is left."""
    assert rewritten(old, Decimal(stated), Decimal(value)) == new


def test_payload_numbers_and_texts() -> None:
    """In a payload a number stays a number, a text a text, and every other character stays."""
    for style in (b'"%s"', b"%s"):
        right = _NOTE.replace(b'"950000.00"', style % b"950000.00")
        fixed = _hold(_NOTE.replace(b'"950000.00"', style % b"950123.00"), unsafe=False)
        assert fixed.data == right
        assert [(one.code, one.place.pointer) for one in fixed.changes] == [
            ("CAU14", "/legal_monetary_totals/payable_amount")
        ]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    number=st.integers(0, 10_000),
    cents=st.integers(1, 500_000),
    unsafe=st.booleans(),
    data=st.sampled_from([_NOTE, _ECUAFACT]),
)
def test_payload_mutants(number: int, cents: int, unsafe: bool, data: bytes) -> None:  # noqa: FBT001 - drawn
    """A payload with one wrong figure: what is fixed is clean, in figures only."""
    figures = list(re.finditer(rb"(?<=[ \"])[0-9]+\.[0-9]+(?=[\",\n])", data))
    _hold(_mutant(data, figures, [(number % len(figures), cents)]), unsafe=unsafe)


def test_attached_is_refused() -> None:
    """A document inside an AttachedDocument is not fixed there."""
    namespaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:specification:ubl:schema:xsd:Common{name}Components-2"'
        for prefix, name in (("cac", "Aggregate"), ("cbc", "Basic"))
    )
    outer = (
        f'<AttachedDocument xmlns="urn:oasis:names:specification:ubl:schema:xsd:AttachedDocument-2" '
        f"{namespaces}><cac:Attachment><cac:ExternalReference><cbc:Description><![CDATA["
    ).encode()
    ends = b"]]></cbc:Description></cac:ExternalReference></cac:Attachment></AttachedDocument>"
    data = outer + _BROKEN + ends
    fixed = fix(data, "x", _OPTIONS)
    assert (fixed.data, fixed.refused) == (data, "attached")


def test_missing_total_is_not_inserted() -> None:
    """A figure that is absent is named, and nothing is inserted."""
    data = re.sub(rb"\s*<cbc:PayableAmount.*?</cbc:PayableAmount>", b"", _BROKEN)
    fixed = fix(data, "x", _OPTIONS)
    assert [(one.finding.code, one.reason) for one in fixed.not_fixed] == [("FAU14", "missing")]
    assert [one.code for one in fixed.changes] == ["FAU04"]


@pytest.mark.parametrize("written", ["<![CDATA[604838.06]]>", "604838<!-- -->.06", "&#54;04838.06"])
def test_figure_that_is_no_plain_text(written: str) -> None:
    """A figure in a CDATA section, with a comment in it or with an escape is left, with the reason."""
    data = _BROKEN.replace(b">604838.06<", f">{written}<".encode())
    fixed = fix(data, "x", _OPTIONS)
    assert [(one.finding.code, one.reason) for one in fixed.not_fixed] == [("FAU14", "digits")]
    assert written.encode() in fixed.data


@pytest.mark.corpus
@pytest.mark.skipif(not _CORPUS.is_dir(), reason=f"there is no folder {_CORPUS}")
def test_wrong_totals_of_the_corpus() -> None:
    """The documents of others with wrong totals have none after --fix."""
    files = sorted((_CORPUS / "dian-generated").glob("*wrong-totals*.xml"))
    assert files
    for file in files:
        fixed = _hold(file.read_bytes(), unsafe=False)
        assert {change.code for change in fixed.changes} >= {"FAU04"} or fixed.refused == "signed"
        assert {one.code for one in _findings(fixed.data)} & {"FAU04", "FAU06", "FAU14"} == set()
