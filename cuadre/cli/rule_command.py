"""``cuadre rule CODE``: the page of a rule."""

import argparse

from cuadre.cli.configured import add_configuration, configured
from cuadre.cli.helps import Helps
from cuadre.cli.own_rules import add_rules, load_own_rules
from cuadre.rule_pages import page


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("code", metavar="CODE", help=helps["code"])
    add_rules(parser, helps)
    add_configuration(parser, helps)


def run(arguments: argparse.Namespace) -> int:
    """Print the page; raise UnknownNameError, with the nearest codes, where there is none."""
    from cuadre.rule_packs import rules_named  # noqa: PLC0415 - `cuadre --help` needs none of it

    load_own_rules(arguments, configured(arguments).rules)
    print(page(rules_named(arguments.code), arguments.lang))
    return 0
