"""``cuadre rules``: the list of rules, with severity, and how much of the whole catalogue is decided here."""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cuadre.cli.columns import columns
from cuadre.cli.configured import add_configuration, configured
from cuadre.cli.helps import Helps
from cuadre.cli.own_rules import add_rules, load_own_rules
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.texts import say
from cuadre.messages import text

if TYPE_CHECKING:
    from cuadre.catalogue.entries import Entry
    from cuadre.rules.rule import Rule


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("--select", default="", metavar="CODE", help=helps["select"])
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--fixable", action="store_true", help=helps["fixable"])
    which.add_argument("--all", action="store_true", help=helps["all"])
    which.add_argument("--coverage", action="store_true", help=helps["coverage"])
    parser.add_argument("--format", choices=("text", "json"), default="text", help=helps["table_format"])
    add_rules(parser, helps)
    add_configuration(parser, helps)


def run(arguments: argparse.Namespace) -> int:
    """Print the list and a count, or what ``--coverage`` counts."""
    load_own_rules(arguments, configured(arguments).rules)
    if arguments.coverage:
        _print_coverage(arguments)
    elif arguments.all or arguments.format == "json":
        _print_entries(arguments)
    else:
        _print_rules(arguments)
    return 0


def _print_rules(arguments: argparse.Namespace) -> None:
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - `cuadre --help` needs none of it

    everything = all_rules()
    rules = [rule for rule in everything if _is_chosen(rule, arguments)]
    _require(rules, arguments)
    width = max(len(rule.pack) for rule in everything)
    for rule in rules:
        severity = text(f"severity.{rule.severity}", arguments.lang)
        kind = "" if rule.kind == "any" else text(f"kind.{rule.kind}", arguments.lang)
        fix = f"{text(f'fix.{rule.fix}', arguments.lang):9} " if arguments.fixable else ""
        print(f"{rule.code:8} {severity:12} {kind:12} {fix}{rule.pack:{width}} {rule.title[arguments.lang]}")
    counts = Counter(text(f"of_severity.{rule.severity}", arguments.lang) for rule in rules)
    names = len({rule.rule for rule in rules})
    print(
        "\n" + text("rules", arguments.lang, codes=len(rules), rules=names, summary=_summary(counts)),
    )


def _is_chosen(rule: "Rule", arguments: argparse.Namespace) -> bool:
    begins = rule.code.upper().startswith(arguments.select.upper())
    return begins and bool(rule.fix or not arguments.fixable)


def _print_entries(arguments: argparse.Namespace) -> None:
    """Print the whole catalogue, or as data those rules of it that were asked for."""
    from cuadre.catalogue.entries import HERE, entries  # noqa: PLC0415 - only these options need it
    from cuadre.catalogue.titles import decided_name  # noqa: PLC0415 - as above
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - as above

    found = [one for one in entries() if one.code.upper().startswith(arguments.select.upper())]
    if not arguments.all:
        chosen = {(rule.code, rule.kind) for rule in all_rules() if _is_chosen(rule, arguments)}
        found = [one for one in found if one.decided == HERE and (one.code, one.kind) in chosen]
    _require(found, arguments)
    if arguments.format == "json":
        print(json.dumps([_data(one, arguments.lang) for one in found], indent=2, ensure_ascii=False))
        return
    rows = [
        [
            one.code,
            text(f"severity.{one.severity}", arguments.lang),
            "" if one.kind == "any" else text(f"kind.{one.kind}", arguments.lang),
            decided_name(one.decided, arguments.lang),
            one.title[arguments.lang],
        ]
        for one in found
    ]
    print(columns(rows, left=5))
    counts = Counter(decided_name(one.decided, arguments.lang) for one in found)
    print("\n" + text("catalogue", arguments.lang, codes=len(found), summary=_summary(counts)))


def _data(one: "Entry", language: str) -> dict[str, str]:
    return {
        "code": one.code,
        "rule": one.rule,
        "kind": one.kind,
        "severity": one.severity.value,
        "decided": one.decided,
        "source": one.source,
        "title": one.title[language],
    }


def _print_coverage(arguments: argparse.Namespace) -> None:
    from cuadre.catalogue.coverage import (  # noqa: PLC0415 - only this option needs it
        coverage_rows,
        coverage_tables,
        found_values,
    )
    from cuadre.catalogue.titles import decided_meaning, decided_name  # noqa: PLC0415 - as above

    if arguments.format == "json":
        print(json.dumps(coverage_rows(), indent=2))
        return
    for table in coverage_tables(arguments.lang):
        print(columns(table) + "\n")
    lang = arguments.lang
    print(columns([[decided_name(one, lang), decided_meaning(one, lang)] for one in found_values()], left=2))


def _summary(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _require(found: Sequence[object], arguments: argparse.Namespace) -> None:
    """Refuse a beginning that no code has."""
    if not found:
        sentence = say("cuadre:no_code", beginning=arguments.select)
        raise UnknownNameError(sentence, near=[])
