"""``cuadre tables``: an installation's own tables of ids, taken from what its server lists."""

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.columns import columns
from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.engine.texts import say
from cuadre.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cuadre.senders.own_tables import OwnTable, TakesTables

_MOST = 20
"""How many of the ids that differ are named of one table."""


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("provider", metavar="PROVIDER", help=helps["provider"])
    parser.add_argument("--from", dest="listing", required=True, metavar="FILE|FOLDER", help=helps["from"])
    parser.add_argument("-o", "--output", metavar="FOLDER", help=helps["output"])


def run(arguments: argparse.Namespace) -> int:
    """Write the tables as CSV, and say what was taken and how it differs from the shipped tables."""
    provider = _provider(arguments.provider)
    tables = provider.take_tables(_files(arguments.listing))
    folder = Path(arguments.output or f"{provider.name}-tables")
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        _write(folder / f"{table.name}.csv", table)
    print(_summary(tables, arguments.lang))
    for line in _differences(tables, arguments.lang):
        print(line)
    variable = provider.tables_variable
    print(text("tables.written", arguments.lang, folder=folder, variable=variable))
    return 0


def _provider(name: str) -> "TakesTables":
    from cuadre.engine.errors import UnknownNameError  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.senders.contract import find, providers  # noqa: PLC0415 - as above
    from cuadre.senders.own_tables import TakesTables  # noqa: PLC0415 - as above

    provider = find(name)
    if not isinstance(provider, TakesTables):
        known = [one for one, other in providers().items() if isinstance(other, TakesTables)]
        sentence = say("cuadre:takes_no_tables", provider=name, known=tuple(known))
        raise UnknownNameError(sentence, near=known)
    return provider


def _files(given: str) -> dict[str, bytes]:
    """Read the file, or every JSON file of the folder."""
    paths = sorted(Path(given).glob("*.json")) if given != "-" and Path(given).is_dir() else [given]
    return {str(path): read_bytes(str(path)) for path in paths}


def _write(path: Path, table: "OwnTable") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "code"])
        writer.writerows(table.codes.items())


def _summary(tables: "Sequence[OwnTable]", language: str) -> str:
    heads = [
        text("tables.table", language),
        text("tables.ids", language),
        text("tables.without_code", language),
        text("tables.changed", language),
        text("tables.added", language),
        text("tables.missing", language),
        text("tables.unseen", language),
    ]
    rows = [heads]
    for table in tables:
        counts = (len(table.codes), table.without_code, *map(len, (table.changed, table.added)))
        rows.append([table.name, *map(str, (*counts, len(table.missing), len(table.unseen)))])
    return columns(rows)


def _differences(tables: "Sequence[OwnTable]", language: str) -> list[str]:
    """Name the ids that mean something else than in the shipped tables, and the codes that are in none."""
    lines = []
    for table in tables:
        of_table = [
            text("tables.id_changed", language, table=table.name, id=one, own=table.codes[one], shipped=was)
            for one in table.changed
            if (was := table.shipped[one])
        ]
        of_table += [
            text("tables.id_unseen", language, table=table.name, id=one, own=table.codes[one])
            for one in table.unseen
            if one not in table.changed
        ]
        more = len(of_table) - _MOST
        lines += of_table[:_MOST]
        if more > 0:
            lines.append(text("tables.more", language, table=table.name, count=more))
    return lines
