"""``cuadre render``: a document as UBL XML, from the model's JSON or from any document that can be read."""

import argparse
import sys
from pathlib import Path

from cuadre.cli.files import read_bytes
from cuadre.cli.key_command import add_secrets

HELP = "write a document as UBL XML; totals that are not stated are computed"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "path", metavar="INPUT", help="the model's JSON or any XML that cuadre reads, - for stdin"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="where to write (default: stdout)"
    )
    parser.add_argument(
        "--as-stated", action="store_true", help="write what is stated, though it be rejected"
    )
    parser.add_argument(
        "--to", choices=("xml", "json"), default="xml", help="the model's JSON instead of XML"
    )
    add_secrets(parser)


def run(arguments: argparse.Namespace) -> int:
    """Render; refuse, with exit code 1, a document whose stated figures would be rejected."""
    from cuadre.rendering import RefusedError, render_document  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

    secrets = find_secrets(arguments.technical_key, arguments.pin)
    data = read_bytes(arguments.path)
    try:
        rendered = render_document(data, secrets, as_stated=arguments.as_stated, to=arguments.to)
    except RefusedError as refused:
        print("cuadre: would be rejected, so nothing was written (--as-stated writes it):", file=sys.stderr)
        for finding in refused.findings:
            print(f"  {finding.code} {finding.message(arguments.lang)}", file=sys.stderr)
        return 1
    if arguments.output == "-":
        sys.stdout.buffer.write(rendered)
    else:
        Path(arguments.output).write_bytes(rendered)
    return 0
