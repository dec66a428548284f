"""``cuadre check``: files, folders, patterns or standard input, against every rule."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TextIO

from cuadre.cli.check_files import FileChecks
from cuadre.cli.configured import add_configuration, configured
from cuadre.cli.files import Files, expand
from cuadre.cli.helps import Helps
from cuadre.cli.key_command import add_secrets
from cuadre.cli.known_findings import KnownFindings, add_baseline
from cuadre.cli.own_rules import add_rules, load_own_rules
from cuadre.cli.reports import add_reports, needs, write_reports
from cuadre.engine.errors import CuadreError, UsageError
from cuadre.engine.findings import Severity
from cuadre.engine.texts import in_language, say

if TYPE_CHECKING:
    from cuadre.cli.fixing import Fixer
    from cuadre.config.configuration import Configuration
    from cuadre.config.merging import FileOptions
    from cuadre.engine.regimes.co.numbering import NumberingResolution
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
    parser.add_argument("--numbering", action="append", default=[], metavar="FILE", help=helps["numbering"])
    add_secrets(parser, helps)
    parser.add_argument("--as", dest="provider", metavar="NAME", help=helps["provider"])
    parser.add_argument("--schemas", metavar="PATH", help=helps["schemas"])
    parser.add_argument("--fail-on", choices=("reject", "notify", "lint"), help=helps["fail_on"])
    parser.add_argument("--strict", action="store_true", help=helps["strict"])
    add_baseline(parser, helps)
    add_configuration(parser, helps)
    parser.add_argument("--force-exclude", action="store_true", help=helps["force_exclude"])
    parser.add_argument("--exit-zero", action="store_true", help=helps["exit_zero"])
    fixes = parser.add_mutually_exclusive_group()
    fixes.add_argument("--fix", action="store_true", help=helps["fix"])
    fixes.add_argument("--diff", action="store_true", help=helps["diff"])
    parser.add_argument("--unsafe-fixes", action="store_true", help=helps["unsafe_fixes"])


def run(arguments: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    from cuadre.report import Report  # noqa: PLC0415 - `cuadre --help` needs none of it

    needed = needs(arguments)
    configuration = configured(arguments)
    load_own_rules(arguments, configuration.rules)
    known = KnownFindings(arguments, configuration)
    options = _options(arguments, configuration)
    files = expand(arguments.paths, configuration, force_exclude=arguments.force_exclude)
    fixer = _fixer(arguments, options)
    documents = FileChecks(files, options, fixer, needed).run(sys.stderr)
    if not arguments.force_exclude:
        _require_documents(documents, files, arguments.paths)
    documents = known.left_out(documents)
    report = Report(tuple(documents), dict(files.passed_by))
    if fixer is not None:
        _say(fixer, sys.stdout if arguments.fix and arguments.format in {None, "text"} else sys.stderr)
    if arguments.diff:
        unreadable = any(document.verdict == "unreadable" for document in documents)
        return 2 if unreadable else int(bool(fixer and fixer.diffs))
    write_reports(report, arguments)
    code = 2 if fixer is not None and fixer.failed else exit_code(report, _fails_on(arguments, configuration))
    return 0 if code == 1 and arguments.exit_zero else code


def _options(arguments: argparse.Namespace, configuration: "Configuration") -> "FileOptions":
    from cuadre.config.merging import options_of  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above
    from cuadre.selection import codes_in  # noqa: PLC0415 - as above

    return options_of(
        configuration,
        today=arguments.today or dt.datetime.now(tz=_BOGOTA).date(),
        select=codes_in(",".join(arguments.select)),
        ignore=codes_in(",".join(arguments.ignore)),
        secrets=find_secrets(arguments.technical_key, arguments.pin),
        numbering=_numbering(arguments.numbering),
        schemas=arguments.schemas,
        provider=arguments.provider,
    )


def _numbering(files: Sequence[str]) -> "tuple[NumberingResolution, ...]":
    if not files:
        return ()
    from cuadre.numbering_files import read_numbering  # noqa: PLC0415 - most runs name no resolution

    return tuple([one for file in files for one in read_numbering(file)])


def _fixer(arguments: argparse.Namespace, options: "FileOptions") -> "Fixer | None":
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


def _require_documents(documents: Sequence["DocumentReport"], files: Files, paths: Sequence[str]) -> None:
    """Raise CuadreError where there was nothing to check: that is no success."""
    if not documents:
        passed = tuple([say(f"cuadre:passed.{kind}", count=count) for kind, count in files.passed_by.items()])
        sentence = say("cuadre:no_document", path=" ".join(paths), passed=passed)
        raise CuadreError(sentence, passed_by=dict(files.passed_by))


def _fails_on(arguments: argparse.Namespace, configuration: "Configuration") -> Severity:
    """Return the mildest severity that fails: ``--strict`` means the mildest of all."""
    if arguments.strict:
        return Severity.LINT
    if arguments.fail_on is not None:
        return Severity(arguments.fail_on)
    return configuration.fail_on or Severity.REJECT


def exit_code(report: "Report", fails_on: Severity) -> int:
    """Return 2 where a document, or a layer of one, could not be checked, whatever the others say."""
    documents = report.documents
    if any(layer.status == "failed" for document in documents for layer in document.layers):
        return 2
    if any(document.verdict in {"not_checked", "unreadable"} for document in documents):
        return 2
    if any(document.verdict == "rejected" for document in documents):
        return 1
    from cuadre.severity import severe  # noqa: PLC0415 - `cuadre --help` needs none of it

    return int(bool(severe(report.findings, fails_on)))


_BOGOTA = dt.timezone(dt.timedelta(hours=-5))
"""Colombia has one time zone and no summer time."""


def _date(language: str, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        message = in_language(say("cuadre.engine:no_date", value=value), language)
        raise argparse.ArgumentTypeError(message) from None
