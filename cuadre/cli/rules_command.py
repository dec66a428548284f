"""``cuadre rules``: the list of rules, with severity, basis and coverage."""

import argparse
from collections import Counter

from cuadre.engine.errors import UnknownNameError
from cuadre.messages import text

HELP = "list the rules with their severity"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--select", default="", metavar="CODE", help="only codes that start so")
    parser.add_argument(
        "--fixable", action="store_true", help="only rules that check --fix or --unsafe-fixes fixes"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the list and a count."""
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - `cuadre --help` needs none of it

    wanted = arguments.select.upper()
    rules = [rule for rule in all_rules() if rule.code.upper().startswith(wanted)]
    if arguments.fixable:
        rules = [rule for rule in rules if rule.fix]
    if not rules:
        which = "no rule with a fix" if arguments.fixable else "no rule"
        sentence = f"{which} has a code that starts with {arguments.select!r}"
        raise UnknownNameError(sentence, near=[])
    for rule in rules:
        severity = text(f"severity.{rule.severity}", arguments.lang)
        kind = "" if rule.kind == "any" else text(f"kind.{rule.kind}", arguments.lang)
        fix = f"{text(f'fix.{rule.fix}', arguments.lang):9} " if arguments.fixable else ""
        print(f"{rule.code:8} {severity:12} {kind:12} {fix}{rule.title[arguments.lang]}")
    counts = Counter(rule.severity.value for rule in rules)
    summary = ", ".join(f"{number} {name}" for name, number in counts.items())
    print(f"\n{len(rules)} codes of {len({rule.rule for rule in rules})} rules: {summary}")
    return 0
