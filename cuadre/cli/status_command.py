"""``cuadre status``: ask a provider what came of a document, or say it where no provider can be asked."""

import argparse
from typing import TYPE_CHECKING

from cuadre.cli.receipts import exit_code, print_receipt
from cuadre.cli.settling import add_settling, settle_by_number, settles

if TYPE_CHECKING:
    from cuadre.sending import Desk

HELP = "ask a provider what came of a document, or settle what it cannot be asked about"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("document_id", metavar="DOCUMENT_ID", nargs="?", default="", help="prefix and number")
    parser.add_argument("--key", metavar="KEY", help="CUFE, CUDE, CUDS or clave de acceso")
    parser.add_argument("--track-id", metavar="ID", help="what the provider gave to ask with")
    parser.add_argument("--kind", default=None, help="its kind (default: the journal's, else invoice)")
    add_desk(parser)
    add_settling(parser)


def add_desk(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which provider, where, and with what."""
    parser.add_argument("--via", required=True, metavar="NAME", help="the provider")
    parser.add_argument("--url", metavar="URL", help="its address (else CUADRE_<PROVIDER>_URL)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="name=value", help="a setting of the provider"
    )
    parser.add_argument("--journal", metavar="FILE", help="journal (else CUADRE_JOURNAL, else the user's)")
    parser.add_argument(
        "--credentials", metavar="FILE", help="lines NAME=secret (else CUADRE_<PROVIDER>_<NAME>)"
    )
    parser.add_argument("--format", choices=("json", "text"), default="text", help="how to print the receipt")


def make_desk(arguments: argparse.Namespace) -> "Desk":
    """Open the desk that the options describe."""
    from cuadre.sending import open_desk, parse_settings  # noqa: PLC0415 - `cuadre --help` needs none of it

    return open_desk(
        arguments.via,
        url=arguments.url,
        values=parse_settings(arguments.set),
        journal=arguments.journal,
        credentials=arguments.credentials,
    )


def run(arguments: argparse.Namespace) -> int:
    """Ask, print the receipt: 0 accepted, 1 rejected, 2 not known or pending; settled as unsent is 0 too."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - as above
    from cuadre.senders.contract import Reference  # noqa: PLC0415 - as above

    if settles(arguments):
        return settle_by_number(arguments)
    number = arguments.document_id
    if not (number or arguments.key or arguments.track_id):
        sentence = "which document? give DOCUMENT_ID, --key or --track-id"
        raise CuadreError(sentence)
    desk = make_desk(arguments)
    kinds = [
        entry.subject.kind for entry in desk.journal.named(number) if entry.subject.provider == arguments.via
    ]
    kind = arguments.kind or (kinds[-1] if kinds else "invoice")
    receipt = desk.status(Reference(number, kind, arguments.key, arguments.track_id))
    print_receipt(number or arguments.key or arguments.track_id, receipt, arguments.format)
    return exit_code(receipt.status)
