"""``cuadre totals``: stated beside recomputed, and how any figure came about."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cuadre.cli.columns import columns
from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.messages import amount_writer, text

if TYPE_CHECKING:
    from cuadre.engine.figures import Figure, Trace


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="PATH", help=helps["document"])
    parser.add_argument(
        "--explain", metavar="FIGURE", nargs="?", const="payable_amount", help=helps["explain"]
    )
    parser.add_argument("--from-inputs", action="store_true", help=helps["from_inputs"])
    parser.add_argument("--locale", metavar="NAME", help=helps["locale"])
    parser.add_argument("--all", action="store_true", help=helps["all"])


def run(arguments: argparse.Namespace) -> int:
    """Print the table or the trace."""
    from cuadre.checking import fill, recompute  # noqa: PLC0415 - `cuadre --help` needs none of it

    data, write = read_bytes(arguments.path), _writer(arguments.locale, arguments.lang)
    stated = recompute(data)
    shown = recompute(fill(data)) if arguments.from_inputs else stated
    if arguments.explain is not None:
        print(_trace(shown.explain(arguments.explain), arguments.lang, write))
        return 0
    was = {figure.path: figure.stated for figure in stated.figures}
    figures = [
        replace(figure, stated=was.get(figure.path))
        for figure in shown.figures
        if arguments.all or figure.path[0] != "lines"
    ]
    print(_table(figures, arguments.lang, write))
    return 0


Writer = Callable[[Decimal], str]


def _writer(locale: str | None, language: str) -> Writer:
    """Choose how amounts are written: as people of the language do, or those of a locale."""
    if locale is None:
        return amount_writer(language)
    from cuadre.numbers import find_locale, localised  # noqa: PLC0415 - babel is loaded where it is asked for

    found = find_locale(locale)
    return lambda value: localised(value, found)


def _table(figures: list["Figure"], language: str, write: Writer) -> str:
    from cuadre.engine.source import format_path  # noqa: PLC0415 - as above

    heads = [text(f"column.{name}", language) for name in ("figure", "stated", "computed", "difference")]
    rows = [heads]
    for figure in figures:
        stated = "–" if figure.stated is None else write(figure.stated)
        rows.append([format_path(figure.path), stated, write(figure.value), _difference(figure, write)])
    return columns(rows)


def _difference(figure: "Figure", write: Writer) -> str:
    difference = figure.difference
    return "" if not difference else ("+" if difference > 0 else "") + write(difference)


def _trace(trace: "Trace", language: str, write: Writer) -> str:
    from cuadre.engine.computation import write_expression  # noqa: PLC0415 - as above
    from cuadre.engine.source import format_path  # noqa: PLC0415 - as above
    from cuadre.engine.texts import in_language  # noqa: PLC0415 - as above

    stated = "" if trace.stated is None else " " + text("trace.stated", language, value=write(trace.stated))
    rounding = {"mode": trace.rounding.mode, "places": trace.rounding.places}
    lines = [
        f"{trace.path} = {write(trace.value)}{stated}",
        f"  {in_language(trace.formula, language)}",
        f"  = {write_expression(trace.expression, language, write)}",
        f"  = {text('trace.rounded', language, value=write(trace.exact), **rounding)}",
    ]
    lines += [f"    {part.sign} {write(part.value)}  {format_path(part.path)}" for part in trace.inputs]
    return "\n".join(lines)
