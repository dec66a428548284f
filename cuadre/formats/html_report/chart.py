"""Which codes fire and by how much: a table whose figures have bars beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lxml.etree import _Element

from cuadre.engine.decimals import EXACT
from cuadre.engine.findings import Severity
from cuadre.formats.html_report.finding_order import RANKS
from cuadre.formats.html_report.language import Language
from cuadre.formats.html_report.markup import Child, element, heading_row
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.rule_packs import rules_by_code

COLUMNS = ("chart.code", "chart.findings", "chart.amount", ">chart.documents")
_MOST = 40
_WIDTH = 100


@dataclass
class _Code:
    """What there is of one code."""

    code: str
    severity: Severity
    findings: int = 0
    documents: set[int] = field(default_factory=set)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    """The sum of the differences without their signs, by currency."""


def chart(documents: Sequence[ShownDocument], language: Language) -> _Element | None:
    """Show a row for each code, the most severe and most frequent first; None where nothing was found."""
    codes = _count(documents)
    if not codes:
        return None
    most = max([one.findings for one in codes])
    largest: dict[str, Decimal] = {}
    for one in codes:
        for currency, amount in one.amounts.items():
            largest[currency] = max(amount, largest.get(currency, amount))
    word = language.word
    rows = [_row(one, language, most, largest) for one in codes[:_MOST]]
    left = len(codes) - len(rows)
    return element(
        "section",
        element("h2", word("chart")),
        element("p", word("chart.note"), class_="note"),
        element("table", heading_row(COLUMNS, word), element("tbody", rows), class_="chart"),
        element("p", language.count("chart.more", left)) if left else None,
    )


def _count(documents: Sequence[ShownDocument]) -> list[_Code]:
    found: dict[str, _Code] = {}
    for shown in documents:
        for finding in shown.report.findings:
            one = found.setdefault(finding.code, _Code(finding.code, finding.severity))
            one.findings += 1
            one.documents.add(shown.number)
            if finding.difference:
                before = one.amounts.get(shown.currency, Decimal(0))
                one.amounts[shown.currency] = EXACT.add(before, abs(finding.difference))
    return sorted(found.values(), key=lambda one: (RANKS[one.severity], -one.findings, one.code))


def _row(one: _Code, language: Language, most: int, largest: dict[str, Decimal]) -> _Element:
    rule = rules_by_code().get(one.code)
    amounts: list[Child] = []
    for currency, amount in sorted(one.amounts.items()):
        said = f"{language.amount(amount)} {currency}".rstrip()
        amounts += [element("span", said, class_="v"), _bar(amount / largest[currency])]
    return element(
        "tr",
        element(
            "th",
            element("code", one.code),
            " ",
            element("span", language.word(f"severity.{one.severity}"), class_="sev"),
            element("small", rule.title[language.name]) if rule else None,
            scope="row",
        ),
        element("td", element("span", str(one.findings), class_="v"), _bar(Decimal(one.findings) / most)),
        element("td", amounts or "–"),
        element("td", str(len(one.documents)), class_="n"),
        class_=str(one.severity),
    )


def _bar(share: Decimal) -> _Element:
    """Draw a bar; the figure that it draws is beside it."""
    width = max(1, round(share * _WIDTH))
    bar = element("rect", width=str(width), height="8", rx="2")
    return element(
        "svg", bar, viewBox=f"0 0 {_WIDTH} 8", preserveAspectRatio="none", aria_hidden="true", class_="bar"
    )
