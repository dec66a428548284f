"""``cuadre attach``: put a signed document and DIAN's answer into the container that the buyer receives."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.messages import text


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("signed", metavar="SIGNED", help=helps["signed"])
    parser.add_argument("--response", required=True, metavar="ANSWER", help=helps["response"])
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=helps["output"])
    parser.add_argument("--id", metavar="ID", help=helps["id"])


def run(arguments: argparse.Namespace) -> int:
    """Write the container, issued now in Bogotá; warn where the document has no signature."""
    from cuadre.ubl.mapping.extensions import SIGNATURE  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.ubl.reading.tree import parse_xml  # noqa: PLC0415 - as above
    from cuadre.ubl.writing.attach import Container, attach  # noqa: PLC0415 - as above

    signed, response = read_bytes(arguments.signed), read_bytes(arguments.response)
    now = dt.datetime.now(tz=_BOGOTA)
    container = Container(arguments.id, now.date(), f"{now:%H:%M:%S}-05:00")
    Path(arguments.output).write_bytes(attach(signed, response, container))
    print(text("written", arguments.lang, file=arguments.output))
    if next(parse_xml(signed).iter(SIGNATURE), None) is None:
        fault = text("not_signed", arguments.lang, file=arguments.signed)
        print(f"cuadre: {text('warning', arguments.lang, fault=fault)}", file=sys.stderr)
    return 0


_BOGOTA = dt.timezone(dt.timedelta(hours=-5))
