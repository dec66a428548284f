"""``cuadre status``: ask a provider what came of a document."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cuadre.senders.receipt import Receipt
    from cuadre.sending import Desk

HELP = "ask a provider what came of a document"
_CODES = {"accepted": 0, "accepted_with_observations": 0, "rejected": 1}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("document_id", metavar="DOCUMENT_ID", nargs="?", default="", help="prefix and number")
    parser.add_argument("--key", metavar="KEY", help="CUFE, CUDE, CUDS or clave de acceso")
    parser.add_argument("--track-id", metavar="ID", help="what the provider gave to ask with")
    parser.add_argument("--kind", default=None, help="its kind (default: the journal's, else invoice)")
    add_desk(parser)


def add_desk(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which provider, where, and with what."""
    parser.add_argument("--via", required=True, metavar="NAME", help="the provider")
    parser.add_argument("--url", metavar="URL", help="its address (else CUADRE_<PROVIDER>_URL)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="name=value", help="an option of the provider"
    )
    parser.add_argument("--journal", metavar="FILE", help="journal (else CUADRE_JOURNAL, else the user's)")
    parser.add_argument(
        "--credentials", metavar="FILE", help="lines NAME=secret (else CUADRE_<PROVIDER>_<NAME>)"
    )
    parser.add_argument("--format", choices=("json", "text"), default="text", help="how to print the receipt")


def make_desk(arguments: argparse.Namespace) -> "Desk":
    """Open the desk that the options describe."""
    from cuadre.sending import open_desk, settings  # noqa: PLC0415 - `cuadre --help` needs none of it

    return open_desk(
        arguments.via,
        url=arguments.url,
        values=settings(arguments.set),
        journal=arguments.journal,
        credentials=arguments.credentials,
    )


def run(arguments: argparse.Namespace) -> int:
    """Ask, print the receipt: 0 accepted, 1 rejected, 2 not known or pending."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - as above
    from cuadre.senders.contract import Reference  # noqa: PLC0415 - as above

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
    print_receipts([(number or arguments.key or arguments.track_id, receipt)], arguments.format)
    return exit_code(receipt.status)


def exit_code(status: str) -> int:
    """Return 0 for an acceptance, 1 for a rejection, 2 for what is not known yet."""
    return _CODES.get(status, 2)


def print_receipts(receipts: "Sequence[tuple[str, Receipt]]", style: str) -> None:
    """Print receipts, each with the number of its document: as text, or as one JSON object a line."""
    from cuadre.senders.receipt_json import receipt_data  # noqa: PLC0415 - as above

    for number, receipt in receipts:
        if style == "json":
            print(json.dumps({"document_id": number, **receipt_data(receipt)}, ensure_ascii=False))
        else:
            print("\n".join([f"{number}: {receipt.status}", *_details(receipt)]))


def _details(receipt: "Receipt") -> list[str]:
    facts = {
        "key": receipt.key,
        "track id": receipt.track_id,
        "provider's code": receipt.provider_code,
        "buyer": receipt.buyer_status,
        "said by": receipt.stage if receipt.stage != "authority" else None,
        "reason": receipt.reason,
    }
    lines = [f"  {name}: {value}" for name, value in facts.items() if value]
    return lines + [f"  {message.code} {message.text}".rstrip() for message in receipt.messages]
