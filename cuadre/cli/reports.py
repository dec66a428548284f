"""The options of a command that writes reports: in which formats, where to, and in which colours."""

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.helps import Helps
from cuadre.engine.errors import UsageError
from cuadre.engine.texts import say
from cuadre.formats.registry import find_format, format_names, format_needs, write_report

if TYPE_CHECKING:
    from cuadre.report import Report

_STDOUT = "-"


def add_reports(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options."""
    parser.add_argument("--format", choices=format_names(), help=helps["format"])
    parser.add_argument(
        "--output",
        type=_target,
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help=helps["output"],
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help=helps["color"],
    )
    parser.add_argument("--quiet", action="store_true", help=helps["quiet"])
    parser.add_argument("--statistics", action="store_true", help=helps["statistics"])


def targets(arguments: argparse.Namespace) -> list[tuple[str, str]]:
    """List the formats to write, each with its file; the one to print is the last.

    Raises UsageError where two are to be printed, and UnknownNameError for a format that is not installed.
    """
    chosen: list[tuple[str, str]] = list(arguments.output)
    if arguments.format is not None:
        chosen.append((arguments.format, _STDOUT))
    files = [(name, file) for name, file in chosen if file != _STDOUT]
    printed = [(name, file) for name, file in chosen if file == _STDOUT] or [("text", _STDOUT)]
    if len(printed) > 1:
        raise UsageError(say("cuadre:one_printed", names=tuple([name for name, _ in printed])))
    for name, _ in files:
        find_format(name)
    find_format(printed[0][0])
    return [*files, *printed]


def needs(arguments: argparse.Namespace) -> frozenset[str]:
    """Tell what the formats that are written need besides the findings; raise as ``targets`` does."""
    return frozenset().union(*[format_needs(name) for name, _ in targets(arguments)])


def write_reports(report: "Report", arguments: argparse.Namespace) -> None:
    """Write each file and print one report; raise OSError where a file cannot be written."""
    for name, file in targets(arguments):
        if file == _STDOUT:
            _print(report, name, arguments)
        else:
            written = write_report(report, name, arguments.lang)
            Path(file).write_text(written + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def _print(report: "Report", name: str, arguments: argparse.Namespace) -> None:
    """Print a report, and the counts after it; they are no part of a report for machines."""
    colour = _colour(arguments.color)
    if name == "text":
        from cuadre.formats.screen import Screen  # noqa: PLC0415 - no other format has a width
        from cuadre.formats.text_report import show  # noqa: PLC0415 - as above

        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        print(show(report, arguments.lang, Screen(colour, width), quiet=arguments.quiet))
    else:
        print(write_report(report, name, arguments.lang, colour=colour))
    if arguments.statistics and report.findings:
        from cuadre.formats.statistics import statistics  # noqa: PLC0415 - only who counts needs it

        print(statistics(report, arguments.lang), file=sys.stdout if name == "text" else sys.stderr)


def _colour(choice: str) -> bool:
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"


def _target(value: str) -> tuple[str, str]:
    name, sign, file = value.partition("=")
    if not (name and sign and file):
        message = f"{value!r} is not FORMAT=FILE, such as sarif=cuadre.sarif"
        raise argparse.ArgumentTypeError(message)
    return name, file
