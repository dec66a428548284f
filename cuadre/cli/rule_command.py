"""``cuadre rule CODE``: the page of a rule, or of a code that only the authority can decide."""

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
    from cuadre.rule_packs import find_rules  # noqa: PLC0415 - `cuadre --help` needs none of it

    load_own_rules(arguments, configured(arguments).rules)
    rules = find_rules(arguments.code)
    print(page(rules, arguments.lang) if rules else _page_of_another(arguments))
    return 0


def _page_of_another(arguments: argparse.Namespace) -> str:
    """Write the page of a code that no pack has."""
    from cuadre.catalogue.entries import entries_named  # noqa: PLC0415 - only such a code needs the catalogue
    from cuadre.catalogue.pages import entry_page  # noqa: PLC0415 - as above

    return entry_page(entries_named(arguments.code), arguments.lang)
