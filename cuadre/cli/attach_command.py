"""``cuadre attach``: put a signed document and DIAN's answer into the container that the buyer receives."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from cuadre.cli.files import read_bytes

HELP = "put a signed document and DIAN's answer into an AttachedDocument, the container for the buyer"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("signed", metavar="SIGNED", help="the signed XML that DIAN accepted, or - for stdin")
    parser.add_argument(
        "--response", required=True, metavar="ANSWER", help="DIAN's answer to it: an ApplicationResponse"
    )
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="where to write the container")
    parser.add_argument("--id", metavar="ID", help="number of the container (default: that of the document)")


def run(arguments: argparse.Namespace) -> int:
    """Write the container, issued now in Bogotá; warn where the document has no signature."""
    from cuadre.ubl.mapping.extensions import SIGNATURE  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.ubl.reading.tree import parse_xml  # noqa: PLC0415 - as above
    from cuadre.ubl.writing.attach import Container, attach  # noqa: PLC0415 - as above

    signed, response = read_bytes(arguments.signed), read_bytes(arguments.response)
    now = dt.datetime.now(tz=_BOGOTA)
    container = Container(arguments.id, now.date(), f"{now:%H:%M:%S}-05:00")
    Path(arguments.output).write_bytes(attach(signed, response, container))
    print(f"{arguments.output}: written")
    if next(parse_xml(signed).iter(SIGNATURE), None) is None:
        print(f"cuadre: warning: {arguments.signed} has no signature", file=sys.stderr)
    return 0


_BOGOTA = dt.timezone(dt.timedelta(hours=-5))
