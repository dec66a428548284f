"""``cuadre convert``: a document from one format into another."""

import argparse
import sys
from pathlib import Path

from cuadre.cli.files import read_bytes

HELP = "write a document in another format: UBL, the model's JSON, or a provider's payload"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="IN", help="a document, or - for stdin")
    parser.add_argument("--to", required=True, metavar="NAME|ubl|json", help="the format")
    parser.add_argument("--as", dest="provider", metavar="NAME", help="read a payload as this provider's")
    parser.add_argument("-o", "--output", metavar="OUT", default="-", help="where to write (default: stdout)")


def run(arguments: argparse.Namespace) -> int:
    """Convert; what a format cannot hold is an error, and what only another provider says is named."""
    from cuadre.sending import convert  # noqa: PLC0415 - `cuadre --help` needs none of it

    written = convert(read_bytes(arguments.path), arguments.to, arguments.provider)
    if arguments.output == "-":
        sys.stdout.buffer.write(written.data)
    else:
        Path(arguments.output).write_bytes(written.data)
    for left in written.left_out:
        paths = ", ".join(left.paths)
        print(f"cuadre: left out, since only {left.provider} has a place for it: {paths}", file=sys.stderr)
    return 0
