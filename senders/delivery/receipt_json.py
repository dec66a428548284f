"""A receipt as JSON, for the journal and for programs, and back. The bytes of artefacts are not in it."""

import json
from typing import Any

from cuadre.engine.findings import Severity
from cuadre.senders.delivery.receipt import Receipt, RuleMessage, Status


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as plain data; of artefacts only the names and lengths."""
    data = receipt._asdict()
    data["status"] = receipt.status.value
    data["messages"] = [
        {"code": message.code, "severity": message.severity and message.severity.value, "text": message.text}
        for message in receipt.messages
    ]
    data["artefacts"] = {name: len(content) for name, content in receipt.artefacts.items()}
    return data


def write_receipt(receipt: Receipt) -> str:
    """Write a receipt as JSON in one line."""
    return json.dumps(receipt_data(receipt), ensure_ascii=False)


def read_receipt(text: str) -> Receipt:
    """Read what ``write_receipt`` wrote; it has no artefacts any more."""
    data = json.loads(text)
    messages = tuple(
        [
            RuleMessage(
                message["code"], message["severity"] and Severity(message["severity"]), message["text"]
            )
            for message in data["messages"]
        ]
    )
    return Receipt(**{**data, "status": Status(data["status"]), "messages": messages, "artefacts": {}})
