"""Assertions about a document: it is accepted, or a rule has something against it."""

from collections.abc import Sequence
from typing import Unpack

from cuadre.checking import check
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.texts import in_language, say
from cuadre.failure_text import could_not_check, lines
from cuadre.formats.words import title
from cuadre.inputs import Input, Opened, open_input
from cuadre.options import Choices, Options
from cuadre.report import DocumentReport
from cuadre.rule_packs import rules_named
from cuadre.selection import OWN_CODES
from cuadre.severity import severe

_MOST_SHOWN = 20


def assert_accepted(
    given: Input,
    *,
    fail_on: str = "reject",
    lang: str = "en",
    options: Options | None = None,
    **choices: Unpack[Choices],
) -> DocumentReport:
    """Assert that nothing is found in a document that is as severe as ``fail_on``, and return the report.

    ``fail_on`` is ``reject``, ``notify`` or ``lint``. The other keywords are those of ``cuadre.check``, such
    as ``ignore``, and ``lang`` is the language of what the failure says. A document that could not be read,
    or not be checked whole, is not accepted. Raises AssertionError, and what ``cuadre.check`` raises.
    """
    __tracebackhide__ = True
    opened, report = _checked(given, options, choices)
    wrong = severe(report.findings, Severity(fail_on))
    if wrong or could_not_check(report):
        raise _failure(title(report, lang), wrong, report, opened, lang)
    return report


def assert_fires(
    given: Input,
    code: str,
    *,
    at: str | None = None,
    lang: str = "en",
    options: Options | None = None,
    **choices: Unpack[Choices],
) -> Finding:
    """Assert that a rule has something against a document, and return its first finding.

    ``code`` is a code such as ``FAU14``, or a rule such as ``AU14``. ``at`` is where: the whole path in the
    Document, XPath, or JSON pointer. Other findings do not matter. Raises AssertionError, which says what was
    found instead, UnknownNameError for a code that there is not, and what ``cuadre.check`` raises.
    """
    __tracebackhide__ = True
    if code not in OWN_CODES:
        rules_named(code)
    opened, report = _checked(given, options, choices)
    for finding in report.findings:
        place = finding.place
        if code in {finding.code, finding.rule} and at in {None, place.path, place.xpath, place.pointer}:
            return finding
    said = say("cuadre:not_fired", code=code) if at is None else say("cuadre:not_fired_at", code=code, at=at)
    if not report.findings:
        said = say("cuadre:nothing_found", said=said)
    raise _failure(in_language(said, lang), report.findings, report, opened, lang)


def _checked(given: Input, options: Options | None, choices: Choices) -> tuple[Opened, DocumentReport]:
    opened = open_input(given)
    (report,) = check(opened.content, name=opened.file, options=options, **choices).documents
    return opened, report


def _failure(
    said: str, findings: Sequence[Finding], report: DocumentReport, opened: Opened, lang: str
) -> AssertionError:
    told = [f"{report.source}: {said}", *lines(findings[:_MOST_SHOWN], opened.content, lang)]
    if len(findings) > _MOST_SHOWN:
        told.append(in_language(say("cuadre:more_found", count=len(findings) - _MOST_SHOWN), lang))
    failure = could_not_check(report)
    told += [in_language(failure, lang)] if failure else []
    return AssertionError("\n".join(told))
