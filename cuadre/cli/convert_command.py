"""``cuadre convert``: a document from one format into another."""

import argparse
import sys
from pathlib import Path

from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.messages import text


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="IN", help=helps["document"])
    parser.add_argument("--to", required=True, metavar="NAME|ubl|json", help=helps["to"])
    parser.add_argument("--as", dest="provider", metavar="NAME", help=helps["provider"])
    parser.add_argument("-o", "--output", metavar="OUT", default="-", help=helps["output"])


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
        said = text("left_out", arguments.lang, provider=left.provider, paths=paths)
        print(f"cuadre: {said}", file=sys.stderr)
    return 0
