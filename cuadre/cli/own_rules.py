"""The option ``--rules``: folders with rules of one's own, for a command that runs or lists rules."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from cuadre.cli.helps import Helps


def add_rules(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the option."""
    parser.add_argument(
        "--rules",
        dest="rule_folders",
        action="append",
        default=[],
        metavar="FOLDER",
        help=helps["rule_folder"],
    )


def load_own_rules(arguments: argparse.Namespace, configured: Sequence[Path] = ()) -> None:
    """Load the folders of the configuration, then those that are given; raise as ``load_rules`` does."""
    folders = [*configured, *arguments.rule_folders]
    if folders:
        from cuadre.rule_folders import load_rules  # noqa: PLC0415 - most runs name no folder

        for folder in folders:
            load_rules(folder)
