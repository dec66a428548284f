"""``cuadre completion``: the script with which a shell completes commands, options and file names."""

import argparse
from importlib import resources

from cuadre.cli.helps import Helps

SHELLS = ("bash", "zsh", "fish")


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("shell", choices=SHELLS, help=helps["shell"])


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    script = resources.files("cuadre.cli.completion").joinpath(f"cuadre.{arguments.shell}")
    print(script.read_text(encoding="utf-8"), end="")
    return 0
