"""At most a thousand findings of a document are kept, the most severe, and the report counts the others."""

import json
from pathlib import Path

import pytest

import cuadre
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.source import Place
from cuadre.kept_findings import MAX_FINDINGS, keep

from .running import TODAY, run


def _finding(severity: Severity, line: int) -> Finding:
    return Finding("X01", "X01", severity, Place("", line=line), "", "missing")


def test_few_are_all_kept() -> None:
    """Up to the limit everything is kept, in the order of the lines."""
    findings = [_finding(Severity.LINT, MAX_FINDINGS - number) for number in range(MAX_FINDINGS)]
    kept, more = keep(findings)
    assert (kept, more) == (tuple(reversed(findings)), 0)


def test_the_most_severe_are_kept() -> None:
    """A rejection after thousands of lints is kept, in the order of the lines; the others are counted."""
    findings = [_finding(Severity.LINT, number) for number in range(2500)]
    findings += [
        _finding(Severity.NOTIFY, 2500),
        _finding(Severity.REJECT, 2501),
        _finding(Severity.REJECT, 7),
    ]
    kept, more = keep(findings)
    assert (len(kept), more) == (MAX_FINDINGS, 1503)
    assert [one.place.line for one in kept if one.severity is Severity.REJECT] == [7, 2501]
    assert [one.place.line for one in kept] == sorted(one.place.line or 0 for one in kept)
    assert kept[-2].severity is Severity.NOTIFY


def _document(lines: int) -> dict[str, object]:
    """Make a document whose every line has a value that its price and quantity do not give."""
    line = {"quantity": "2", "line_extension_amount": "1.00", "price": {"price_amount": "5.00"}}
    return {"kind": "invoice", "lines": [line] * lines}


def test_report_of_many() -> None:
    """The report has a thousand, says how many more there are, and its verdict is that of all."""
    few, many = (cuadre.check(_document(lines)).documents[0] for lines in (10, 1500))
    assert (len(many.findings), few.more) == (MAX_FINDINGS, 0)
    assert many.more > 0
    assert many.verdict == few.verdict == "rejected"
    (written,) = json.loads(cuadre.check(_document(1500)).to_json())["documents"]
    assert (len(written["findings"]), written["more"]) == (MAX_FINDINGS, many.more)


def test_choice_of_many() -> None:
    """What is left out by select takes no place, and is not counted: one finding among thousands is found."""
    data = {
        **_document(1500),
        "legal_monetary_total": {"tax_inclusive_amount": "5.00", "payable_amount": "7.00"},
    }
    assert {finding.code for finding in cuadre.check(data).findings} == {"FAV06"}
    (document,) = cuadre.check(data, select="FAU14").documents
    assert ([finding.code for finding in document.findings], document.more) == (["FAU14"], 0)
    assert cuadre.check(data, ignore="F").documents[0].more == 0


@pytest.mark.parametrize(
    ("language", "said"), [("en", "  and {} more findings: "), ("es", "  y {} hallazgos más: ")]
)
def test_text_of_many(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str) -> None:
    """The text says how many findings it does not show."""
    file = tmp_path / "many.json"
    file.write_text(json.dumps(_document(1500)), encoding="utf-8")
    more = cuadre.check(file, today=None).documents[0].more
    done = run(capsys, "check", str(file), *TODAY, "--lang", language)
    assert said.format(more) in done.out
    assert len(done.codes) == MAX_FINDINGS


def test_unreadable_with_many_problems() -> None:
    """Of a document that has thousands of faults of form, a thousand are listed."""
    report = cuadre.check({"kind": "invoice", **{f"unknown_{number}": 1 for number in range(1200)}})
    (document,) = report.documents
    assert (document.verdict, len(document.findings), document.more) == ("unreadable", MAX_FINDINGS, 200)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"kind": "invoice", "lines": [' + b"{}," * 600_000 + b"{}]}", "more than 250000 objects"),
        (
            b'{"kind": "invoice"' + b"".join(b', "k%d": 1' % number for number in range(20_000)) + b"}",
            "20000 values do not fit",
        ),
    ],
)
def test_too_many_to_be_listed(data: bytes, said: str) -> None:
    """What no real document has so many of is refused in one finding, before it fills the memory."""
    (finding,) = cuadre.check(data).findings
    assert (finding.code, said in finding.message()) == ("CUA001", True)
