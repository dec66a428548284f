"""Receipts on the command line: as text or JSON, and as an exit code."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cuadre.senders.delivery.receipt import Receipt

_CODES = {"accepted": 0, "accepted_with_observations": 0, "rejected": 1}


def exit_code(status: str) -> int:
    """Return 0 for an acceptance, 1 for a rejection, 2 for what is not known yet."""
    return _CODES.get(status, 2)


def print_receipt(number: str, receipt: "Receipt", style: str, state: str | None = None) -> None:
    """Print a receipt; with the journal's ``state`` where that says more than the status."""
    from cuadre.senders.delivery.receipt_json import receipt_data  # noqa: PLC0415 - `cuadre --help` needs none of it

    if style == "json":
        facts = {"document_id": number} | ({"state": state} if state else {})
        print(json.dumps({**facts, **receipt_data(receipt)}, ensure_ascii=False))
    else:
        print("\n".join([f"{number}: {state or receipt.status}", *_details(receipt)]))


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
