"""``cuadre check``: files, folders, patterns or standard input, against every rule."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TextIO

from cuadre.cli.files import expand, read_bytes
from cuadre.cli.helps import Helps
from cuadre.cli.key_command import add_secrets
from cuadre.cli.own_rules import add_rules, load_own_rules
from cuadre.cli.progress import Progress
from cuadre.cli.reports import add_reports, shows_source, write_reports
from cuadre.engine.errors import UsageError
from cuadre.engine.texts import in_language, say

if TYPE_CHECKING:
    from cuadre.cli.fixing import Fixer
    from cuadre.options import Options
    from cuadre.report import DocumentReport, Report


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=helps["paths"])
    add_reports(parser, helps)
    parser.add_argument("--select", action="append", default=[], metavar="CODE", help=helps["select"])
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE", help=helps["ignore"])
    add_rules(parser, helps)
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
    parser.add_argument("--exit-zero", action="store_true", help=helps["exit_zero"])
    fixes = parser.add_mutually_exclusive_group()
    fixes.add_argument("--fix", action="store_true", help=helps["fix"])
    fixes.add_argument("--diff", action="store_true", help=helps["diff"])
    parser.add_argument("--unsafe-fixes", action="store_true", help=helps["unsafe_fixes"])


def run(arguments: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    from cuadre.options import Options  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

    with_source = shows_source(arguments)
    load_own_rules(arguments)
    files = expand(arguments.paths)
    options = Options(
        today=arguments.today or dt.datetime.now(tz=_BOGOTA).date(),
        select=_codes(arguments.select),
        ignore=_codes(arguments.ignore),
        secrets=find_secrets(arguments.technical_key, arguments.pin),
        schemas=arguments.schemas,
        provider=arguments.provider,
    )
    fixer = _fixer(arguments, options)
    documents: list[DocumentReport] = []
    with Progress(len(files), sys.stderr) as progress:
        for file in files:
            documents += _check(file, options, fixer, with_source=with_source).documents
            progress.step()
    report = Report(tuple(documents))
    if fixer is not None:
        _say(fixer, sys.stdout if arguments.fix and arguments.format in {None, "text"} else sys.stderr)
    if arguments.diff:
        unreadable = any(document.verdict == "unreadable" for document in documents)
        return 2 if unreadable else int(bool(fixer and fixer.diffs))
    write_reports(report, arguments)
    code = 2 if fixer is not None and fixer.failed else _exit_code(report, strict=arguments.strict)
    return 0 if code == 1 and arguments.exit_zero else code


def _fixer(arguments: argparse.Namespace, options: "Options") -> "Fixer | None":
    if not arguments.fix and not arguments.diff:
        if arguments.unsafe_fixes:
            raise UsageError(say("cuadre:unsafe_alone"), given="--unsafe-fixes")
        return None
    from cuadre.cli.fixing import Fixer  # noqa: PLC0415 - a check needs none of it

    return Fixer(options, arguments.lang, unsafe=arguments.unsafe_fixes, write=arguments.fix)


def _say(fixer: "Fixer", stream: TextIO) -> None:
    """Print the diffs, and what was fixed and what was not; a report in a format has stdout to itself."""
    for shown in fixer.diffs:
        print(shown)
    for line in fixer.said:
        print(line, file=stream)


def _check(file: str, options: "Options", fixer: "Fixer | None", *, with_source: bool) -> "Report":
    """Check one file; one that cannot be opened does not keep the others from being checked."""
    from cuadre.checking import check  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.report import Report  # noqa: PLC0415 - as above
    from cuadre.unreadable import missing_file  # noqa: PLC0415 - as above

    try:
        given = read_bytes(file)
    except OSError as error:
        return Report((missing_file(error, file),))
    if fixer is not None:
        given = fixer.fix(file, given)
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


def _date(language: str, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        message = in_language(say("cuadre.engine:no_date", value=value), language)
        raise argparse.ArgumentTypeError(message) from None
