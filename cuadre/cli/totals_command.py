"""``cuadre totals``: stated beside recomputed, and how any figure came about."""

import argparse
from decimal import Decimal

from cuadre.cli.files import read_bytes
from cuadre.engine.figures import Figure, Trace
from cuadre.engine.scalars import format_amount
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
        figure._replace(stated=was.get(figure.path))
        for figure in shown.figures
        if arguments.all or figure.path[0] != "lines"
    ]
    print(_table(figures, arguments.lang))
    return 0


def _table(figures: list[Figure], language: str) -> str:
    heads = [text(f"column.{name}", language) for name in ("figure", "stated", "computed", "difference")]
    rows = [
        [format_path(figure.path), _amount(figure.stated), _amount(figure.value), _difference(figure)]
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for row in [heads, *rows]
    )


def _amount(value: Decimal | None) -> str:
    return "–" if value is None else format_amount(value)


def _difference(figure: Figure) -> str:
    difference = figure.difference
    return "" if not difference else f"{difference:+f}"


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
