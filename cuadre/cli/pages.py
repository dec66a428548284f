"""Write the page of a rule, for the terminal and for docs/rules/."""

from collections.abc import Sequence

from cuadre.engine.element_names import ubl_name
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.regimes.registry import find_regime
from cuadre.messages import text
from cuadre.rules.registry import packs
from cuadre.rules.rule import Rule


def page(rules: Sequence[Rule], language: str) -> str:
    """Write the page of one rule in Markdown; ``rules`` are its codes, one for each kind of document."""
    first = rules[0]
    parts = [
        f"# {first.rule}: {first.title[language]}",
        f"## {text('page.formula', language)}\n\n    " + "\n    ".join(_formulas(first)),
        f"## {text('page.advice', language)}\n\n{first.advice[language]}",
        f"## {text('page.codes', language)}\n\n" + "\n".join(_code(rule, language) for rule in rules),
    ]
    return "\n\n".join(parts)


def _formulas(rule: Rule) -> Sequence[str]:
    """Write what must hold: the condition of a check, or every formula that a figure may follow."""
    if not rule.figure:
        return [rule.condition]
    regimes = [
        find_regime(one) for pack in packs() if pack.name == rule.pack for one in sorted(pack.countries)
    ]
    name = ubl_name(rule.figure.rpartition(".")[2])
    formulas = [f"{name} = {one}" for regime in regimes for one in regime.formulas[rule.figure]]
    return [*formulas, *(_tolerances(regime, rule.figure) for regime in regimes)]


def _tolerances(regime: Regime, figure: str) -> str:
    return ", ".join([one.name for one in regime.tolerances.get(figure, regime.tolerances[""])])


def _code(rule: Rule, language: str) -> str:
    kind = "" if rule.kind == "any" else f" ({text(f'kind.{rule.kind}', language)})"
    severity = text(f"severity.{rule.severity}", language)
    return f"- **{rule.code}**{kind}, {severity}: `{rule.element}`. {rule.source} [{rule.basis}]"
