"""Write the page of a rule, for the terminal and for docs/rules/."""

from collections.abc import Sequence

from cuadre.messages import text
from cuadre.rules.rule import Rule


def page(rules: Sequence[Rule], language: str) -> str:
    """Write the page of one rule in Markdown; ``rules`` are its codes, one for each kind of document."""
    first = rules[0]
    parts = [
        f"# {first.rule}: {first.title[language]}",
        f"## {text('page.formula', language)}\n\n    {first.formula}",
        f"## {text('page.advice', language)}\n\n{first.advice[language]}",
        f"## {text('page.codes', language)}\n\n" + "\n".join(_code(rule, language) for rule in rules),
    ]
    return "\n\n".join(parts)


def _code(rule: Rule, language: str) -> str:
    kind = "" if rule.kind == "any" else f" ({text(f'kind.{rule.kind}', language)})"
    severity = text(f"severity.{rule.severity}", language)
    return f"- **{rule.code}**{kind}, {severity}: `{rule.element}`. {rule.source} [{rule.basis}]"
