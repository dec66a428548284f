"""``cuadre diff``: the figures of two documents side by side."""

import argparse
import json
from typing import TYPE_CHECKING

from cuadre.cli.columns import columns, signed
from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.engine.model.scalars import format_amount
from cuadre.formats.words import plain
from cuadre.messages import amount_writer, text

if TYPE_CHECKING:
    from decimal import Decimal

    from cuadre.figure_differences import FigurePair


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("first", metavar="A", help=helps["document"])
    parser.add_argument("second", metavar="B", help=helps["diff.second"])
    parser.add_argument("--all", action="store_true", help=helps["diff.all"])
    parser.add_argument("--format", choices=("text", "json"), default="text", help=helps["table_format"])


def run(arguments: argparse.Namespace) -> int:
    """Print what differs; the exit code is 1 where anything does, as of ``diff``."""
    from cuadre.figure_differences import figure_pairs  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.reading import read_figures  # noqa: PLC0415 - as above

    first, second = [read_figures(read_bytes(file), file) for file in (arguments.first, arguments.second)]
    pairs = list(figure_pairs(first, second))
    shown = [pair for pair in pairs if arguments.all or pair.differs]
    if arguments.format == "json":
        print(json.dumps([_data(pair) for pair in shown], indent=2))
    elif shown:
        print(_table(shown, (arguments.first, arguments.second), arguments.lang))
    else:
        print(text("diff.same", arguments.lang, count=len(pairs)))
    return int(any(pair.differs for pair in pairs))


def _table(pairs: "list[FigurePair]", names: tuple[str, str], language: str) -> str:
    write = amount_writer(language)

    def shown(value: "Decimal | None") -> str:
        return "–" if value is None else write(value)

    heads = [text("column.figure", language), *map(plain, names), text("column.difference", language)]
    rows = [heads]
    for pair in pairs:
        difference = signed(write(pair.difference)) if pair.differs else ""
        rows.append([pair.path, shown(pair.first), shown(pair.second), difference])
    return columns(rows)


def _data(pair: "FigurePair") -> dict[str, str | None]:
    return {
        "path": pair.path,
        "first": None if pair.first is None else format_amount(pair.first),
        "second": None if pair.second is None else format_amount(pair.second),
        "difference": format_amount(pair.difference),
    }
