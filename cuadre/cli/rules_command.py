"""``cuadre rules``: the list of rules, with severity, basis and coverage."""

import argparse
from collections import Counter

from cuadre.cli.configured import add_configuration, configured
from cuadre.cli.helps import Helps
from cuadre.cli.own_rules import add_rules, load_own_rules
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.texts import say
from cuadre.messages import text


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("--select", default="", metavar="CODE", help=helps["select"])
    parser.add_argument("--fixable", action="store_true", help=helps["fixable"])
    add_rules(parser, helps)
    add_configuration(parser, helps)


def run(arguments: argparse.Namespace) -> int:
    """Print the list and a count."""
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - `cuadre --help` needs none of it

    load_own_rules(arguments, configured(arguments).rules)
    wanted = arguments.select.upper()
    everything = all_rules()
    rules = [rule for rule in everything if rule.code.upper().startswith(wanted)]
    if arguments.fixable:
        rules = [rule for rule in rules if rule.fix]
    if not rules:
        sentence = say("cuadre:no_code", beginning=arguments.select)
        raise UnknownNameError(sentence, near=[])
    width = max(len(rule.pack) for rule in everything)
    for rule in rules:
        severity = text(f"severity.{rule.severity}", arguments.lang)
        kind = "" if rule.kind == "any" else text(f"kind.{rule.kind}", arguments.lang)
        fix = f"{text(f'fix.{rule.fix}', arguments.lang):9} " if arguments.fixable else ""
        print(f"{rule.code:8} {severity:12} {kind:12} {fix}{rule.pack:{width}} {rule.title[arguments.lang]}")
    counts = Counter(text(f"of_severity.{rule.severity}", arguments.lang) for rule in rules)
    summary = ", ".join(f"{number} {name}" for name, number in counts.items())
    names = len({rule.rule for rule in rules})
    print("\n" + text("rules", arguments.lang, codes=len(rules), rules=names, summary=summary))
    return 0
