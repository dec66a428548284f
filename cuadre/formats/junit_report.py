"""The report as JUnit XML: a suite for each document, in it a test for each code that was found."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cuadre.engine.findings import Finding, Severity
from cuadre.formats.words import explained, failures, file_of, plain, spot, title
from cuadre.messages import text
from cuadre.report import DocumentReport, Report

_FAILS = {Severity.REJECT: "failure", Severity.ERROR: "error"}
"""A test with notifications and lints passes; they are in its output."""


def write(report: Report, language: str = "en", *, colour: bool = False) -> str:
    """Write a report; a document without findings is one test that passed."""
    del colour
    suites = Element("testsuites", name="cuadre")
    for document in report.documents:
        suites.append(_suite(document, language))
    _count(suites)
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode")


def _suite(document: DocumentReport, language: str) -> Element:
    suite = Element("testsuite", name=plain(document.source))
    by_code: dict[str, list[Finding]] = {}
    for finding in document.findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, findings in by_code.items():
        _case(suite, document, code, findings, language)
    for layer, reason in failures(document, language):
        case = SubElement(suite, "testcase", name=layer, classname=plain(document.source))
        SubElement(case, "error", message=plain(reason), type=text("status.failed", language))
    if not len(suite):
        SubElement(suite, "testcase", name="check", classname=plain(document.source))
    said = [title(document, language)]
    if document.more:
        said.append(text("more", language, count=document.more))
    SubElement(suite, "system-out").text = plain(": ".join(said))
    _count(suite)
    return suite


def _case(
    suite: Element, document: DocumentReport, code: str, findings: list[Finding], language: str
) -> None:
    case = SubElement(suite, "testcase", name=code, classname=plain(document.source))
    first = findings[0]
    file = file_of(document, first.place)
    if file is not None:
        case.set("file", plain(file))
        if first.place.line is not None:
            case.set("line", str(first.place.line))
    for severity in dict.fromkeys([one.severity for one in findings]):
        told = [one for one in findings if one.severity is severity]
        content = "\n".join([f"{_where(one)}: {explained(one, language)}" for one in told])
        if severity in _FAILS:
            message = plain(told[0].message(language))
            SubElement(case, _FAILS[severity], message=message, type=severity.value).text = content
        else:
            SubElement(case, "system-out").text = f"{text(f'severity.{severity}', language)}: {content}"


def _where(finding: Finding) -> str:
    place = finding.place
    where = ":".join([str(part) for part in (place.file, place.line) if part is not None])
    return plain(" ".join([part for part in (where, spot(place)) if part]))


def _count(part: Element) -> None:
    """Write how many tests a suite has, and how many of them failed or stopped."""
    cases = list(part.iter("testcase"))
    part.set("tests", str(len(cases)))
    part.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    part.set("errors", str(sum(case.find("error") is not None for case in cases)))
