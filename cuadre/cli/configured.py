"""The configuration of a command: the nearest file, another one, or none."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.helps import Helps

if TYPE_CHECKING:
    from cuadre.config.configuration import Configuration


def add_configuration(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options that choose it."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--config", metavar="FILE", help=helps["config"])
    which.add_argument("--no-config", action="store_true", help=helps["no_config"])


def configured(arguments: argparse.Namespace) -> "Configuration":
    """Read the configuration; its language holds unless ``--lang`` was given.

    Raises ConfigurationError where it is wrong.
    """
    from cuadre.config.configuration import Configuration  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.config.discovery import find_configuration, load_configuration  # noqa: PLC0415 - as above

    if arguments.no_config:
        return Configuration()
    if arguments.config is not None:
        found = load_configuration(Path(arguments.config))
    else:
        found = find_configuration(Path.cwd())
    if found.lang is not None and not arguments.lang_given:
        arguments.lang = found.lang
    return found
