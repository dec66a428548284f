"""e-Misión's answers read into one receipt: ``statusCode`` decides, its description never does."""

import binascii
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, Literal

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import DUPLICATE_RULE, Receipt, RuleMessage, Status, judged, parse_rule
from cuadre.senders.delivery.receipt_limits import raw_text
from cuadre.senders.emision.loose_json import read_loose

_OK, _INVALID = range(200, 300), 422
ACCEPTED, REJECTED, REFUSED = "6", "11", "13"
"""The three codes that are documented; 13 is e-Misión's own validation."""
_ARTEFACTS = {
    "zipBase64Bytes": "zip",
    "pdfBase64Bytes": "pdf",
    "appResponseBase64Bytes": "application_response",
    "attachedDocumentBase64Bytes": "attached_document",
}


def read_answer(response: Response) -> Receipt:
    """Read the answer to a send; one that cannot be understood, or contradicts itself, is ``unknown``."""
    raw = raw_text(response.body)
    said = f"HTTP {response.status}"
    try:
        answer = read_loose(response.body)
    except CuadreError as error:
        return Receipt(Status.UNKNOWN, "transport", reason=f"{said}: {error}", raw=raw)
    if not isinstance(answer, dict):
        return Receipt(Status.UNKNOWN, "transport", reason=f"{said}: no JSON object", raw=raw)
    if response.status not in (*_OK, _INVALID):
        reason = f"{said}: {_text(answer.get('message'))}"
        return Receipt(Status.UNKNOWN, "provider", reason=reason, raw=raw)
    document = answer.get("document")
    receipt = _of_document(document if isinstance(document, dict) else {}, response.status)
    reason = receipt.reason or f"{said}: {_text(answer.get('message'))}"
    return receipt._replace(reason=reason, raw=raw)


def _of_document(document: dict[str, Any], http: int) -> Receipt:
    code = _text(document.get("statusCode"))
    rules = tuple([parse_rule(text) for name in ("Errors", "errors") for text in _texts(document.get(name))])
    receipt = Receipt(
        Status.UNKNOWN,
        "provider",
        key=_text(document.get("uuid")) or None,
        provider_code=code or None,
        artefacts=_artefacts(document),
    )
    if code == ACCEPTED and http in _OK:
        return receipt._replace(
            stage="authority", status=judged(accepted=True, messages=rules), messages=rules
        )
    if code == REJECTED:
        return _rejected(receipt, rules)
    if code == REFUSED:
        return receipt._replace(status=Status.REJECTED, messages=tuple(_field_errors(document)))
    return receipt._replace(messages=rules, reason=f"HTTP {http} with statusCode {code or 'absent'}")


def _rejected(receipt: Receipt, rules: tuple[RuleMessage, ...]) -> Receipt:
    """Make the receipt of a rejection by DIAN; a document that DIAN has already is another matter."""
    stage: Literal["authority"] = "authority"
    receipt = receipt._replace(stage=stage, status=Status.REJECTED, messages=rules)
    if any(rule.code == DUPLICATE_RULE for rule in rules):
        return receipt._replace(status=Status.UNKNOWN, duplicate=True)
    if rules and all(rule.severity is Severity.NOTIFY for rule in rules):
        reason = "rejected (statusCode 11), though every message is a notification: ask the provider"
        return receipt._replace(reason=reason)
    return receipt


def _field_errors(document: dict[str, Any]) -> Iterator[RuleMessage]:
    """Take e-Misión's own validation apart: texts by field, then those that no field has."""
    detailed, seen = document.get("detailedErrors"), set()
    for field, value in detailed.items() if isinstance(detailed, dict) else ():
        for text in _texts(value):
            seen.add(text)
            yield RuleMessage("", None, f"{field}: {text}")
    for name in ("errors", "Errors"):
        for text in _texts(document.get(name)):
            if text not in seen:
                seen.add(text)
                yield RuleMessage("", None, text)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""


def _texts(value: object) -> list[str]:
    members = value if isinstance(value, list) else [value]
    return [text for member in members if (text := _text(member))]


def _artefacts(document: dict[str, Any]) -> dict[str, bytes]:
    """Return what is given as base64; what is not, is left out."""
    found = {}
    for name, meaning in _ARTEFACTS.items():
        value = document.get(name)
        if isinstance(value, str) and value:
            try:
                found[meaning] = b64decode(value.replace("\r", "").replace("\n", ""), validate=True)
            except (binascii.Error, ValueError):
                continue
    return found
