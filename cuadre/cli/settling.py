"""``cuadre status --settle``: tell the journal what a person found out; nothing is asked."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.receipts import print_receipt

if TYPE_CHECKING:
    from cuadre.senders.delivery.journal import Journal

_STATES = ("accepted", "rejected", "unsent")
_NOWHERE = "https://provider.invalid"
"""A provider makes its question for an address. Whether it has one is all that counts here."""


def add_settling(parser: argparse.ArgumentParser) -> None:
    """Add the options of settling."""
    group = parser.add_argument_group("settle what is in doubt, without asking")
    group.add_argument("--settle", choices=_STATES, help="what you found out about the document")
    group.add_argument("--reason", metavar="TEXT", help="how you know; it stays in the journal")
    group.add_argument("--supplier", metavar="ID", help="whose it is, where two companies have the number")
    group.add_argument("--force", action="store_true", help="settle it though the provider can be asked")


def settles(arguments: argparse.Namespace) -> bool:
    """Tell whether to settle; raise CuadreError for options that do not go together."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - `cuadre --help` needs none of it

    if arguments.settle is None:
        if arguments.reason or arguments.supplier or arguments.force:
            sentence = "--reason, --supplier and --force are for --settle"
            raise CuadreError(sentence)
        return False
    if not arguments.document_id or arguments.track_id:
        sentence = "--settle needs DOCUMENT_ID, and takes no --track-id"
        raise CuadreError(sentence)
    return True


def settle_by_number(arguments: argparse.Namespace) -> int:
    """Settle and print what is noted: 0 accepted or unsent, 1 rejected."""
    from cuadre.senders.contract import find  # noqa: PLC0415 - as above
    from cuadre.senders.delivery.journal_entry import State  # noqa: PLC0415 - as above
    from cuadre.senders.delivery.lookup import find_subject  # noqa: PLC0415 - as above
    from cuadre.senders.delivery.settling import Statement, settle  # noqa: PLC0415 - as above
    from cuadre.sending import find_settings, parse_settings  # noqa: PLC0415 - as above

    number, provider = arguments.document_id, find(arguments.via)
    settings = find_settings(provider, arguments.url or _NOWHERE, parse_settings(arguments.set))
    journal = _journal(arguments.journal)
    subject = find_subject(journal, provider.name, number, arguments.kind, arguments.supplier)
    statement = Statement(State(arguments.settle), arguments.key, arguments.reason)
    settled = settle(journal, subject, statement, provider, settings, force=arguments.force)
    print_receipt(number, settled.receipt, arguments.format, settled.state)
    return 1 if settled.state is State.REJECTED else 0


def _journal(file: str | None) -> "Journal":
    """Open the journal; one that is not there knows nothing, and is not made."""
    from cuadre.senders.delivery.journal import Journal, JournalError  # noqa: PLC0415 - as above
    from cuadre.sending import default_journal  # noqa: PLC0415 - as above

    path = Path(file or default_journal())
    if not path.exists():
        sentence = f"{path}: there is no such journal"
        raise JournalError(sentence, file=str(path))
    return Journal(path)
