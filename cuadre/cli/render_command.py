"""``cuadre render``: a document as UBL XML, from the model's JSON or from any document that can be read."""

import argparse
import sys
from pathlib import Path

from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.cli.key_command import add_secrets
from cuadre.messages import said, text


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="INPUT", help=helps["document"])
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help=helps["output"])
    parser.add_argument("--as-stated", action="store_true", help=helps["as_stated"])
    parser.add_argument("--to", choices=("xml", "json"), default="xml", help=helps["to"])
    add_secrets(parser, helps)


def run(arguments: argparse.Namespace) -> int:
    """Render; refuse, with exit code 1, a document whose stated figures would be rejected."""
    from cuadre.rendering import RefusedError, render_document  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above

    secrets = find_secrets(arguments.technical_key, arguments.pin)
    data = read_bytes(arguments.path)
    try:
        rendered = render_document(data, secrets, as_stated=arguments.as_stated, to=arguments.to)
    except RefusedError as refused:
        print(f"cuadre: {text('not_written', arguments.lang)}", file=sys.stderr)
        for finding in refused.findings:
            print(f"  {finding.code} {said(finding, arguments.lang)}", file=sys.stderr)
        return 1
    if arguments.output == "-":
        sys.stdout.buffer.write(rendered)
    else:
        Path(arguments.output).write_bytes(rendered)
    return 0
