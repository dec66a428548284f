"""Receipts on the command line: as text or JSON, and as an exit code."""

import argparse
import json
from typing import TYPE_CHECKING

from cuadre.messages import text

if TYPE_CHECKING:
    from cuadre.senders.delivery.receipt import Receipt

_CODES = {"accepted": 0, "accepted_with_observations": 0, "rejected": 1}


def exit_code(status: str) -> int:
    """Return 0 for an acceptance, 1 for a rejection, 2 for what is not known yet."""
    return _CODES.get(status, 2)


def print_receipt(
    number: str, receipt: "Receipt", arguments: argparse.Namespace, state: str | None = None
) -> None:
    """Print a receipt; with the journal's ``state`` where that says more than the status."""
    from cuadre.senders.delivery.receipt_json import receipt_data  # noqa: PLC0415 - `cuadre --help` needs none of it

    if arguments.format == "json":
        facts = {"document_id": number} | ({"state": state} if state else {})
        print(json.dumps({**facts, **receipt_data(receipt)}, ensure_ascii=False))
    else:
        said = text(f"state.{state or receipt.status}", arguments.lang)
        print("\n".join([f"{number}: {said}", *_details(receipt, arguments.lang)]))


def _details(receipt: "Receipt", language: str) -> list[str]:
    stage = receipt.stage
    facts = {
        "key": receipt.key,
        "track_id": receipt.track_id,
        "provider_code": receipt.provider_code,
        "buyer": receipt.buyer_status,
        "stage": None if stage == "authority" else text(f"stage.{stage}", language),
        "reason": receipt.reason,
    }
    lines = [f"  {text(f'receipt.{name}', language)}: {value}" for name, value in facts.items() if value]
    return lines + [f"  {message.code} {message.text}".rstrip() for message in receipt.messages]
