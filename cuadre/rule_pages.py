"""Write the page of a rule, for the terminal and for docs/rules/."""

from collections.abc import Sequence

from cuadre.engine.element_names import ubl_name
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.texts import in_language
from cuadre.messages import amount_writer, text
from cuadre.rule_packs import is_ours
from cuadre.rules.registry import packs
from cuadre.rules.rule import Rule


def page(rules: Sequence[Rule], language: str) -> str:
    """Write the page of one rule in Markdown; ``rules`` are its codes, one for each kind of document."""
    first = rules[0]
    found = [pack for pack in packs() if pack.name == first.pack]
    regimes = [find_regime(country) for pack in found for country in sorted(pack.countries) if first.figure]
    sources = [source for pack in found for source in pack.sources.get(first.rule, ())]
    sources += [regime.line_extension.__module__ for regime in regimes]
    parts = {
        "pack": f"`{first.pack}`" if found and not is_ours(first.pack) else "",
        "formula": "    " + "\n    ".join(_formulas(first, regimes)),
        "tolerance": _tolerances(first, regimes, language),
        "advice": first.advice[language],
        "fix": text(f"page.fix.{first.fix}", language) if first.fix else "",
        "codes": "\n".join([_code(rule, language) for rule in rules]),
        "sources": "\n".join([f"- `{source}`" for source in sources]),
    }
    sections = [
        f"## {text(f'page.{title}', language)}\n\n{content}" for title, content in parts.items() if content
    ]
    return "\n\n".join([f"# {first.rule}: {first.title[language]}", *sections])


def _formulas(rule: Rule, regimes: Sequence[Regime]) -> Sequence[str]:
    """Write what must hold: the condition of a check, or every formula that a figure may follow."""
    name = ubl_name(rule.figure.rpartition(".")[2])
    formulas = [f"{name} = {formula}" for regime in regimes for formula in regime.formulas[rule.figure]]
    return formulas or [rule.condition]


def _tolerances(rule: Rule, regimes: Sequence[Regime], language: str) -> str:
    found = [regime.tolerances.get(rule.figure, regime.tolerances[""]) for regime in regimes]
    write = amount_writer(language)
    return ", ".join([in_language(one.name, language, write) for several in found for one in several])


def _code(rule: Rule, language: str) -> str:
    kind = "" if rule.kind == "any" else f" ({text(f'kind.{rule.kind}', language)})"
    severity = text(f"severity.{rule.severity}", language)
    return f"- **{rule.code}**{kind}, {severity}: `{rule.element}`. {rule.source} [{rule.basis}]"
