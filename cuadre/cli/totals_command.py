"""``cuadre totals``: stated beside recomputed, and how any figure came about."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from cuadre.cli.files import read_bytes
from cuadre.engine.figures import Figure, Trace
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.source import format_path
from cuadre.messages import text

HELP = "show the figures as stated and as recomputed, and explain any of them"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="PATH", help="a document, or - for stdin")
    parser.add_argument(
        "--explain", metavar="FIGURE", nargs="?", const="payable_amount", help="trace one figure"
    )
    parser.add_argument(
        "--from-inputs", action="store_true", help="compute from quantities, prices and rates"
    )
    parser.add_argument("--locale", metavar="NAME", help="write amounts as in es_CO, es_EC or another locale")
    parser.add_argument("--all", action="store_true", help="show the figures of the lines too")


def run(arguments: argparse.Namespace) -> int:
    """Print the table or the trace."""
    from cuadre.checking import fill, recompute  # noqa: PLC0415 - `cuadre --help` needs none of it

    data = read_bytes(arguments.path)
    stated = recompute(data)
    shown = recompute(fill(data)) if arguments.from_inputs else stated
    if arguments.explain is not None:
        print(_trace(shown.explain(arguments.explain)))
        return 0
    was = {figure.path: figure.stated for figure in stated.figures}
    figures = [
        replace(figure, stated=was.get(figure.path))
        for figure in shown.figures
        if arguments.all or figure.path[0] != "lines"
    ]
    print(_table(figures, arguments.lang, _writer(arguments.locale)))
    return 0


Writer = Callable[[Decimal], str]


def _writer(locale: str | None) -> Writer:
    """Choose how amounts are written: as documents do, or as people of a country do."""
    if locale is None:
        return format_amount
    from cuadre.numbers import find_locale, localised  # noqa: PLC0415 - babel is loaded where it is asked for

    found = find_locale(locale)
    return lambda value: localised(value, found)


def _table(figures: list[Figure], language: str, write: Writer) -> str:
    heads = [text(f"column.{name}", language) for name in ("figure", "stated", "computed", "difference")]
    rows = [heads]
    for figure in figures:
        stated = "–" if figure.stated is None else write(figure.stated)
        rows.append([format_path(figure.path), stated, write(figure.value), _difference(figure, write)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )


def _difference(figure: Figure, write: Writer) -> str:
    difference = figure.difference
    return "" if not difference else ("+" if difference > 0 else "") + write(difference)


def _trace(trace: Trace) -> str:
    lines = [
        f"{trace.path} = {format_amount(trace.value)}" + _stated(trace),
        f"  {trace.formula}",
        f"  = {trace.expression}",
        f"  = {format_amount(trace.exact)}, rounded {trace.rounding}",
    ]
    lines += [
        f"    {part.sign} {format_amount(part.value)}  {format_path(part.path)}" for part in trace.inputs
    ]
    return "\n".join(lines)


def _stated(trace: Trace) -> str:
    return "" if trace.stated is None else f" (stated {format_amount(trace.stated)})"
