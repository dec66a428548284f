"""``cuadre send``: check a document, send it once whatever fails on the way, and say what came of it."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cuadre.cli.files import read_bytes
from cuadre.cli.key_command import add_secrets
from cuadre.cli.receipts import exit_code, print_receipt
from cuadre.cli.status_command import add_desk, make_desk

if TYPE_CHECKING:
    from cuadre.engine.model.document import Document
    from cuadre.rendering import RefusedError
    from cuadre.sending import Desk

HELP = "send a document through a provider, once, and say what came of it"
_BOGOTA = dt.timezone(dt.timedelta(hours=-5))


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="PATH", nargs="?", help="a document, or - for stdin")
    add_desk(parser)
    parser.add_argument("--dry-run", action="store_true", help="print the request and send nothing")
    parser.add_argument("--force", action="store_true", help="send what check would reject")
    parser.add_argument(
        "--resume", action="store_true", help="ask first about all that is in doubt or pending"
    )
    parser.add_argument("--as", dest="provider", metavar="NAME", help="read a payload as this provider's")
    add_secrets(parser)


def run(arguments: argparse.Namespace) -> int:
    """Send: 0 where it is accepted, 1 where it is rejected or was refused, 2 where it is not known."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.rendering import RefusedError  # noqa: PLC0415 - as above
    from cuadre.senders.delivery.journal_entry import AlreadySentError  # noqa: PLC0415 - as above

    if arguments.path is None and not arguments.resume:
        sentence = "nothing to send: give PATH, or --resume"
        raise CuadreError(sentence)
    try:
        if arguments.dry_run:
            return _show_request(arguments)
        desk = make_desk(arguments)
        code = _resume(desk, arguments) if arguments.resume else 0
        return code if arguments.path is None else max(code, _send(desk, arguments))
    except RefusedError as refused:
        _print_findings(refused, arguments.lang)
    except AlreadySentError as sent:
        print(f"cuadre: {sent}", file=sys.stderr)
    return 1


def _send(desk: "Desk", arguments: argparse.Namespace) -> int:
    document = _document(arguments)
    receipt = desk.send(document)
    print_receipt(document.id or "", receipt, arguments.format)
    return exit_code(receipt.status)


def _resume(desk: "Desk", arguments: argparse.Namespace) -> int:
    from cuadre.senders.delivery.journal_entry import State  # noqa: PLC0415 - as above

    resumed = desk.resume()
    for one in resumed:
        state = one.state if one.state is State.UNSENT else None
        print_receipt(one.entry.subject.document_id, one.receipt, arguments.format, state)
    return max((exit_code(one.receipt.status) for one in resumed), default=0)


def _document(arguments: argparse.Namespace) -> "Document":
    from cuadre.secrets import find_secrets  # noqa: PLC0415 - as above
    from cuadre.sending import sendable  # noqa: PLC0415 - as above

    secrets = find_secrets(arguments.technical_key, arguments.pin)
    today = dt.datetime.now(tz=_BOGOTA).date()
    data = read_bytes(arguments.path)
    return sendable(
        data,
        arguments.path,
        secrets,
        today=today,
        provider=arguments.provider,
        force=arguments.force,
    )


def _show_request(arguments: argparse.Namespace) -> int:
    """Print the request that would leave; it needs no secrets, no journal and no network."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - as above
    from cuadre.senders.contract import find  # noqa: PLC0415 - as above
    from cuadre.sending import find_settings, parse_settings, request_of  # noqa: PLC0415 - as above

    if arguments.path is None:
        sentence = "--dry-run needs PATH"
        raise CuadreError(sentence)
    provider = find(arguments.via)
    settings = find_settings(provider, arguments.url, parse_settings(arguments.set))
    request = request_of(_document(arguments), provider, settings)
    body = request.body.decode("utf-8", "replace")
    if arguments.format == "json":
        print(json.dumps({**request._asdict(), "headers": dict(request.headers), "body": body}, indent=2))
        return 0
    heads: Sequence[str] = [f"{name}: {value}" for name, value in request.headers.items()]
    print("\n".join([f"{request.method} {request.url}", *heads, "", body]))
    return 0


def _print_findings(refused: "RefusedError", language: str) -> None:
    print("cuadre: would be rejected, so nothing was sent (--force sends it):", file=sys.stderr)
    for finding in refused.findings:
        print(f"  {finding.code} {finding.message(language)}", file=sys.stderr)
