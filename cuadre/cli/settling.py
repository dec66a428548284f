"""``cuadre status --settle``: tell the journal what a person found out; nothing is asked."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.helps import Helps
from cuadre.cli.receipts import print_receipt
from cuadre.engine.texts import say

if TYPE_CHECKING:
    from cuadre.senders.delivery.journal import Journal

_STATES = ("accepted", "rejected", "unsent")
_NOWHERE = "https://provider.invalid"
"""A provider makes its question for an address. Whether it has one is all that counts here."""


def add_settling(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of settling."""
    group = parser.add_argument_group(helps["settling"])
    group.add_argument("--settle", choices=_STATES, help=helps["settle"])
    group.add_argument("--reason", metavar="TEXT", help=helps["reason"])
    group.add_argument("--supplier", metavar="ID", help=helps["supplier"])
    group.add_argument("--force", action="store_true", help=helps["force"])


def settles(arguments: argparse.Namespace) -> bool:
    """Tell whether to settle; raise CuadreError for options that do not go together."""
    from cuadre.engine.errors import CuadreError  # noqa: PLC0415 - `cuadre --help` needs none of it

    if arguments.settle is None:
        if arguments.reason or arguments.supplier or arguments.force:
            sentence = say("cuadre:only_for_settle")
            raise CuadreError(sentence)
        return False
    if not arguments.document_id or arguments.track_id:
        sentence = say("cuadre:settle_needs")
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
    print_receipt(number, settled.receipt, arguments, settled.state)
    return 1 if settled.state is State.REJECTED else 0


def _journal(file: str | None) -> "Journal":
    """Open the journal; one that is not there knows nothing, and is not made."""
    from cuadre.senders.delivery.journal import Journal, JournalError  # noqa: PLC0415 - as above
    from cuadre.sending import default_journal  # noqa: PLC0415 - as above

    path = Path(file or default_journal())
    if not path.exists():
        sentence = say("cuadre:no_journal", path=path)
        raise JournalError(sentence, file=str(path))
    return Journal(path)
