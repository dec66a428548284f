"""The findings in plain words: one card for each code, the one to look at first before the others."""

from collections.abc import Sequence

from lxml.etree import _Element

from cuadre.engine.findings import Finding
from cuadre.formats.html_report.finding_facts import excerpt, explanation, figures, relations, where
from cuadre.formats.html_report.finding_order import grouped
from cuadre.formats.html_report.markup import element
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.words import sentence_with
from cuadre.rule_packs import rules_by_code

_OPEN = 10
"""Findings of a code that are seen before the others are unfolded."""
_FEW = 3
"""Findings of a code up to which each has its figures and its formula."""


def findings_section(shown: ShownDocument) -> _Element | None:
    """Show every finding; None where there is none."""
    report, word = shown.report, shown.language.word
    if not report.findings and not report.in_baseline:
        return None
    groups = grouped(shown)
    return element(
        "section",
        element(shown.heading(1), word("findings"), id=f"{shown.prefix}findings"),
        [_card(shown, group, first=number == 0) for number, group in enumerate(groups)],
        element("p", shown.language.count("findings.more", report.more)) if report.more else None,
        element("p", shown.language.count("findings.known", report.in_baseline), class_="note")
        if report.in_baseline
        else None,
    )


def _card(shown: ShownDocument, numbers: Sequence[int], *, first: bool) -> _Element:
    finding, language = shown.report.findings[numbers[0]], shown.language
    rule = rules_by_code().get(finding.code)
    badge = element("span", language.word(f"severity.{finding.severity}"), class_="sev")
    start = element("span", language.word("findings.first"), class_="start")
    title = rule.title[language.name] if rule else ""
    advice = rule.advice[language.name] if rule else ""
    return element(
        "article",
        element(shown.heading(2), element("code", finding.code), " ", badge, " ", start if first else None),
        element("p", title, class_="rule") if title else None,
        _all(shown, numbers),
        _advice(shown, advice) if advice else None,
        class_=f"card {finding.severity}",
    )


def _advice(shown: ShownDocument, advice: str) -> _Element:
    return element("p", element("b", shown.language.word("findings.advice")), " ", advice, class_="advice")


def _all(shown: ShownDocument, numbers: Sequence[int]) -> list[_Element]:
    """List the findings of a code; of many, the first are seen and the others unfold."""
    whole = len(numbers) <= _FEW
    items = [_one(shown, number, whole=whole) for number in numbers]
    shown_first, rest = items[:_OPEN], items[_OPEN:]
    made = [element("ul", shown_first, class_="found")]
    if rest:
        summary = element("summary", shown.language.count("findings.rest", len(rest)))
        made.append(element("details", summary, element("ul", rest, class_="found")))
    return made


def _one(shown: ShownDocument, number: int, *, whole: bool) -> _Element:
    finding = shown.report.findings[number]
    if not whole:
        said = f"{_said(shown, finding)} "
        facts = (where(shown, number), *relations(shown, number))
        return element("li", said, facts, id=shown.finding_id(number))
    return element(
        "li",
        element("p", _said(shown, finding), class_="said"),
        element("p", where(shown, number), excerpt(shown, number), class_="where"),
        figures(shown, finding),
        explanation(shown, finding),
        relations(shown, number),
        id=shown.finding_id(number),
    )


def _said(shown: ShownDocument, finding: Finding) -> str:
    return sentence_with(finding, shown.language.name, shown.language.exact)
