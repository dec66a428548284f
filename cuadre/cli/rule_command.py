"""``cuadre rule CODE``: the page of a rule."""

import argparse
from difflib import get_close_matches

from cuadre.cli.helps import Helps
from cuadre.cli.own_rules import add_rules, load_own_rules
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.texts import say
from cuadre.rule_pages import page


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("code", metavar="CODE", help=helps["code"])
    add_rules(parser, helps)


def run(arguments: argparse.Namespace) -> int:
    """Print the page; raise UnknownNameError, with the nearest codes, where there is none."""
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - `cuadre --help` needs none of it

    load_own_rules(arguments)
    rules = all_rules()
    wanted = arguments.code.lower()
    found = [rule for rule in rules if wanted in {rule.code.lower(), rule.rule.lower()}]
    if not found:
        near = get_close_matches(arguments.code.upper(), {rule.code for rule in rules}, n=3)
        sentence = say("cuadre:no_rule", code=arguments.code)
        if near:
            sentence = say("cuadre:did_you_mean", sentence=sentence, near=tuple(near))
        raise UnknownNameError(sentence, near=near)
    print(page([rule for rule in rules if rule.rule == found[0].rule], arguments.lang))
    return 0
