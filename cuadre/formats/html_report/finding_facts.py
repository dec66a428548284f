"""What there is to say about one finding: its place, its figures, its formula, its cause and consequences."""

from decimal import Decimal

from lxml.etree import _Element

from cuadre.engine.computation import write_expression
from cuadre.engine.element_names import element_in
from cuadre.engine.findings import Finding
from cuadre.engine.texts import in_language
from cuadre.formats.html_report.markup import Child, cut, element, link
from cuadre.formats.html_report.shown_document import ShownDocument
from cuadre.formats.html_report.source_view import marked
from cuadre.formats.words import cause_name, spot

_MOST_LINKS = 20


def where(shown: ShownDocument, number: int) -> _Element:
    """Link to the line of the source; where none is shown, name the place."""
    word, place = shown.language.word, shown.report.findings[number].place
    line = shown.line_of.get(number)
    if line is not None:
        return link(line.id(shown.prefix), word("source.line", number=line.number))
    if place.line is not None:
        return element("span", word("source.line", number=place.line))
    return element("code", cut(spot(place)) or "–")


def excerpt(shown: ShownDocument, number: int) -> list[Child]:
    """Show the line of the source, where there is one."""
    line = shown.line_of.get(number)
    return [] if line is None else [" ", element("code", marked(line))]


def figures(shown: ShownDocument, finding: Finding) -> _Element | None:
    """Show the stated figure, the right one and the difference, where they are amounts."""
    stated, expected, difference = finding.stated, finding.expected, finding.difference
    if not isinstance(stated, Decimal) or not isinstance(expected, Decimal) or difference is None:
        return None
    word, write = shown.language.word, shown.language.exact
    sign = "+" if difference > 0 else ""
    return element(
        "dl",
        element("div", element("dt", word("finding.stated")), element("dd", write(stated))),
        element("div", element("dt", word("finding.expected")), element("dd", write(expected))),
        element(
            "div", element("dt", word("finding.difference")), element("dd", f"{sign}{write(difference)}")
        ),
        class_="figures",
    )


def explanation(shown: ShownDocument, finding: Finding) -> _Element | None:
    """Unfold the formula with its numbers and the tolerance of the authority."""
    if finding.formula is None:
        return None
    language = shown.language
    steps: list[Child] = [
        element("dt", language.word("trace.formula")),
        element("dd", element("code", in_language(finding.formula, language.name))),
        element("dt", language.word("trace.numbers")),
        element("dd", write_expression(finding.expression or "", language.name, language.amount)),
    ]
    if finding.tolerance is not None:
        steps += [
            element("dt", language.word("finding.tolerance")),
            element("dd", in_language(finding.tolerance, language.name, language.amount)),
        ]
    summary = element("summary", language.word("finding.how"))
    return element("details", summary, element("dl", steps, class_="trace"))


def relations(shown: ShownDocument, number: int) -> list[_Element]:
    """Link a finding to its cause, and to those that it explains."""
    finding, found = shown.report.findings[number], []
    if finding.caused_by is not None:
        said = cause_name(finding.caused_by, shown.language.name)
        cause = shown.cause_of(finding)
        found.append(
            element("p", said if cause is None else link(shown.finding_id(cause), said), class_="why")
        )
    explained = shown.explains.get(number, ())
    if explained:
        links = [_consequence(shown, one) for one in explained[:_MOST_LINKS]]
        more = len(explained) - len(links)
        found.append(
            element(
                "p",
                shown.language.word("finding.explains"),
                [part for one in links for part in (" ", one, ";")][:-1],
                f" {shown.language.count('trace.more', more)}" if more else None,
                class_="why",
            )
        )
    return found


def _consequence(shown: ShownDocument, number: int) -> _Element:
    finding = shown.report.findings[number]
    name = element_in(finding.place, shown.language.name)
    return link(shown.finding_id(number), f"{finding.code} {name}")
