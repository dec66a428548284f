"""How a figure came about: formula, numbers, rounding. Whole for a total, in one line for a line's figure."""

from lxml.etree import _Element

from cuadre.engine.computation import Addend, Computation, write_expression
from cuadre.engine.element_names import element_in
from cuadre.engine.figures import Figure
from cuadre.engine.formula import Formula
from cuadre.engine.rounding import Rounding
from cuadre.engine.source import Place, format_path
from cuadre.engine.texts import in_language
from cuadre.formats.html_report.figure_names import figure_name
from cuadre.formats.html_report.language import Language
from cuadre.formats.html_report.markup import Child, element
from cuadre.formats.html_report.shown_document import ShownDocument

_MOST_INPUTS = 12


def trace(shown: ShownDocument, figure: Figure) -> _Element:
    """Show how a total came about; its numbers are seen, the rest unfolds."""
    language, found = shown.language, figure.trace()
    numbers = write_expression(found.expression, language.name, language.amount)
    steps: list[Child] = [
        *_step(language.word("trace.formula"), element("code", in_language(found.formula, language.name))),
        *_step(language.word("trace.numbers"), f"{numbers} = {language.amount(found.exact)}"),
        *_step(language.word("trace.rounding"), rounding(language, found.rounding)),
        *_step(language.word("trace.result"), language.amount(found.value)),
    ]
    return element(
        "details",
        element("summary", element("span", f"= {numbers}")),
        element("dl", steps, class_="trace"),
        _inputs(shown, found.inputs),
    )


def _step(name: str, value: Child) -> tuple[Child, Child]:
    return element("dt", name), element("dd", value)


def _inputs(shown: ShownDocument, inputs: tuple[Addend, ...]) -> _Element | None:
    if not inputs:
        return None
    language = shown.language
    rows = [
        element("li", f"{'−' if one.sign == '-' else '+'} {language.amount(one.value)} ", _name(shown, one))
        for one in inputs[:_MOST_INPUTS]
    ]
    more = len(inputs) - len(rows)
    if more:
        rows.append(element("li", language.count("trace.more", more)))
    return element("ul", rows, class_="inputs")


def _name(shown: ShownDocument, one: Addend) -> _Element:
    path, language = one.path, shown.language
    name = element_in(Place(format_path(path)), language.name)
    if path[0] == "lines" and isinstance(path[1], int):
        name = f"{language.word('line.number', number=path[1] + 1)}: {name}"
    return element("span", name, class_="note")


def line_trace(shown: ShownDocument, figure: Figure) -> list[Child]:
    """Show in one line how a figure of a line came about: 1,867.34 × 19 / 100 = 354.7946 → 354.79."""
    language, found = shown.language, figure.trace()
    numbers = write_expression(found.expression, language.name, language.amount)
    said = f"{figure_name(shown, figure.path)}: {numbers} = {language.amount(found.exact)}"
    if found.exact != found.value:
        said += f" → {language.amount(found.value)}"
    if figure.stated is not None and figure.difference:
        stated = language.word("trace.stated", value=language.amount(figure.stated))
        return [f"{said}; ", element("b", stated)]
    return [said]


def rounding(language: Language, found: Rounding) -> str:
    """Say a rounding in words."""
    return language.count(f"rounding.{found.mode}", found.places)


def formula_text(formula: Formula | Computation, language: str) -> str:
    """Write a formula in UBL's names."""
    return in_language(formula.text, language) if isinstance(formula, Computation) else str(formula)
