"""``cuadre rule CODE``: the page of a rule."""

import argparse
from difflib import get_close_matches

from cuadre.engine.errors import UnknownNameError
from cuadre.rule_pages import page

HELP = "show what a rule asks for, its formula, and where to look first"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("code", metavar="CODE", help="a code such as FAU14, or a rule such as AU14")


def run(arguments: argparse.Namespace) -> int:
    """Print the page; raise UnknownNameError, with the nearest codes, where there is none."""
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - `cuadre --help` needs none of it

    rules = all_rules()
    wanted = arguments.code.lower()
    found = [rule for rule in rules if wanted in {rule.code.lower(), rule.rule.lower()}]
    if not found:
        near = get_close_matches(arguments.code.upper(), {rule.code for rule in rules}, n=3)
        sentence = f"there is no rule {arguments.code!r}" + (
            f"; did you mean {', '.join(near)}?" if near else ""
        )
        raise UnknownNameError(sentence, near=near)
    print(page([rule for rule in rules if rule.rule == found[0].rule], arguments.lang))
    return 0
