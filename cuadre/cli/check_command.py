"""``cuadre check``: files, folders, patterns or standard input, against every rule."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cuadre.cli.files import expand, read_bytes
from cuadre.cli.helps import Helps
from cuadre.cli.key_command import add_secrets
from cuadre.cli.progress import Progress
from cuadre.engine.texts import in_language, say
from cuadre.formats.registry import format_names, write_report

if TYPE_CHECKING:
    from cuadre.options import Options
    from cuadre.report import DocumentReport, Report


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=helps["paths"])
    parser.add_argument("--format", choices=format_names(), default="text", help=helps["format"])
    parser.add_argument("--select", action="append", default=[], metavar="CODE", help=helps["select"])
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE", help=helps["ignore"])
    parser.add_argument(
        "--today",
        type=partial(_date, helps.language),
        default=None,
        metavar="DATE",
        help=helps["today"],
    )
    add_secrets(parser, helps)
    parser.add_argument("--as", dest="provider", metavar="NAME", help=helps["provider"])
    parser.add_argument("--schemas", metavar="PATH", help=helps["schemas"])
    parser.add_argument("--strict", action="store_true", help=helps["strict"])


def run(arguments: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    from cuadre.options import Options  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

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
            documents += _check(file, options).documents
            progress.step()
    report = Report(tuple(documents))
    print(write_report(report, arguments.format, arguments.lang, colour=sys.stdout.isatty()))
    return _exit_code(report, strict=arguments.strict)


def _check(file: str, options: "Options") -> "Report":
    """Check one file; one that cannot be opened does not keep the others from being checked."""
    from cuadre.checking import check  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.unreadable import missing_file  # noqa: PLC0415 - as above

    try:
        given = read_bytes(file)
    except OSError as error:
        return Report((missing_file(error, file),))
    return check(given, name=file, options=options)


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


def _date(language: str, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        message = in_language(say("cuadre.engine:no_date", value=value), language)
        raise argparse.ArgumentTypeError(message) from None
