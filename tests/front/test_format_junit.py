"""JUnit XML: a suite a document, a test a code, and well-formed whatever the document says."""

from xml.etree.ElementTree import Element, fromstring

import cuadre
from cuadre.engine.findings import Severity
from cuadre.formats.junit_report import write
from cuadre.report import Report

from .hostile import finding, report
from .running import BROKEN, INVOICE


def parsed(checked: Report, language: str = "en") -> Element:
    """Write a report and read it again."""
    return fromstring(write(checked, language).encode())  # noqa: S314 - our own


def test_suites_and_tests() -> None:
    """Rejections are failures with file and line, notifications pass, and a clean document is one test."""
    both = Report((*cuadre.check(BROKEN).documents, *cuadre.check(INVOICE).documents))
    suites = parsed(both)
    counts = [[suite.get(name) for name in ("tests", "failures", "errors")] for suite in (suites, *suites)]
    assert counts == [["5", "2", "0"], ["4", "2", "0"], ["1", "0", "0"]]
    failed = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert [(case.get("name"), case.get("file"), case.get("line")) for case in failed] == [
        ("FAU04", BROKEN, "222"),
        ("FAU14", BROKEN, "225"),
    ]
    assert [case.get("name") for case in suites[1].iter("testcase")] == ["check"]


def test_texts_of_a_document_are_escaped() -> None:
    """Markup and control characters of a document are text in the report, in both languages."""
    for language in ("en", "es"):
        failure = parsed(report(finding()), language).find(".//failure")
        assert failure is not None
        assert "<b>&\"'`*\\x1b[2J\\x00" in str(failure.text)
        assert "-12345678901234567.123456789012" in str(failure.get("message"))


def test_findings_of_one_code_are_one_test() -> None:
    """A test tells all findings of its code; a milder one among them does not make it pass."""
    (suite,) = parsed(report(finding(Severity.NOTIFY), finding(), finding()))
    (case,) = suite.iter("testcase")
    assert [part.tag for part in case] == ["system-out", "failure"]
    assert str(case[1].text).count("PriceAmount is") == 2


def test_errors() -> None:
    """An input that cannot be read, and a layer that failed, are errors and no failures."""
    assert parsed(cuadre.check(b"no document")).get("errors") == "1"
    suites = parsed(report(failed=True, more=3))
    assert (suites.get("errors"), suites.get("failures")) == ("1", "0")
    assert "3" in str(suites[0].findtext("system-out"))
