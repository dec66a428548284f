"""The answers of an apidian server read into one receipt: booleans and codes decide, messages never do."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, Literal

from cuadre.engine.errors import CuadreError
from cuadre.engine.json_reading import read_json
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import DUPLICATE_RULE, Receipt, RuleMessage, Status, judged, parse_rule
from cuadre.senders.delivery.receipt_limits import raw_text

_OK, _INVALID = 200, 422
_REJECTED = {"99"}
_NOT_KNOWN = "66"
_PENDING = {"", _NOT_KNOWN, "98"}
"""In process; and 66, a track id that DIAN does not know, or does not know yet."""
_BY_KEY = "GetStatusResult"
_FAULTS = {"0", _NOT_KNOWN, "89", "98", "99"}
"""Codes that contradict a document that is said to be valid."""
_SENT_BEFORE = re.compile(
    r"ya\s+fue\s+(?:enviad|procesad)o|(?:enviad|procesad)o\s+anteriormente", re.IGNORECASE
)
_ARTEFACTS = {
    "invoicexml": "xml",
    "unsignedinvoicexml": "unsigned_xml",
    "zipinvoicexml": "zip",
    "zipbase64": "zip",
    "pdf": "pdf",
    "pdfbase64": "pdf",
    "attacheddocument": "attached_document",
    "appresponse": "application_response",
    "rptafe": "response",
    "reqfe": "request",
}
_KEYS = ("cufe", "cude", "cuds")
_SOAP, _SUCCESS = "ResponseDian", "success"
"""Where the server puts DIAN's answer, and what every answer of its own has."""
_SECRET = re.compile(
    r'("(?:api_?token|token|access_token|password|certificate|pin)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^,}\s]+)'
    r"|(Bearer\s+)[\w.~+/=-]+",
    re.IGNORECASE,
)


def read_send(response: Response) -> Receipt:
    """Read the answer to a send: HTTP 422 is the server's own validation, which DIAN never saw."""
    receipt, answer = _read(response)
    if response.status != _INVALID or not isinstance(answer, dict):
        return receipt
    return receipt._replace(status=Status.REJECTED, messages=tuple(_field_errors(answer)))


def read_query(response: Response) -> Receipt:
    """Read the answer to a query; one that is no answer of DIAN says nothing of the document.

    DIAN answers 66 for what it does not know. A ZipKey that it gave out itself it will know later, so
    that is pending; a document's own key is not there.
    """
    receipt, answer = _read(response)
    by_key = any(_BY_KEY in part for part in _of_soap(answer))
    if receipt.status is Status.PENDING and receipt.provider_code == _NOT_KNOWN and by_key:
        return receipt._replace(status=Status.UNKNOWN, not_found=True)
    return receipt


def _read(response: Response) -> tuple[Receipt, object]:
    """Read any answer; one that cannot be understood is ``unknown``."""
    text = raw_text(response.body)
    raw = _SECRET.sub(lambda found: f'{found[1]}"…"' if found[1] else f"{found[2]}…", text)
    try:
        answer = read_json(response.body)
    except CuadreError as error:
        answer = None
        reason = f"HTTP {response.status}: {error}"
    else:
        reason = f"HTTP {response.status}: {_message(answer)}"
    if response.status != _OK or not isinstance(answer, dict):
        receipt = Receipt(Status.UNKNOWN, "provider" if isinstance(answer, dict) else "transport")
    else:
        receipt = _of_document(answer)
    return receipt._replace(raw=raw, reason=receipt.reason or reason), answer


def _of_document(answer: dict[str, Any]) -> Receipt:
    """Read what DIAN answered; where it was not asked or did not, what the server says itself."""
    result = next((part for part in _of_soap(answer) if "IsValid" in part), None)
    track_id = next((found for part in _of_soap(answer) if (found := _text(part.get("ZipKey")))), None)
    if result is not None:
        receipt = _of_dian(result)
    elif track_id is not None:
        receipt = Receipt(Status.PENDING, "authority", track_id=track_id)
    else:
        errors = [_text(part.get("ProcessedMessage")) for part in _of_soap(answer)]
        messages = tuple([parse_rule(error) for error in errors if error])
        repeated = (
            _boolean(answer.get(_SUCCESS)) is False and _SENT_BEFORE.search(_message(answer)) is not None
        )
        stage: Literal["provider", "authority"] = "authority" if messages else "provider"
        receipt = Receipt(Status.UNKNOWN, stage, messages=messages, duplicate=repeated)
    # A body may have such a key too, so an echo of it is none of the server's answers.
    own = answer if _SUCCESS in answer else {}
    own_key = next((_text(own.get(name)) for name in _KEYS if _text(own.get(name))), None)
    return receipt._replace(
        key=receipt.key or own_key,
        artefacts={**_artefacts(answer), **receipt.artefacts},
    )


def _of_dian(result: dict[str, Any]) -> Receipt:
    code = _text(result.get("StatusCode"))
    messages = tuple([parse_rule(text) for text in _error_texts(result.get("ErrorMessage"))])
    valid = _boolean(result.get("IsValid"))
    duplicate = valid is not True and any(message.code == DUPLICATE_RULE for message in messages)
    response = _decoded(result.get("XmlBase64Bytes"))
    return Receipt(
        Status.UNKNOWN if duplicate else _status(valid, code, messages),
        "authority",
        key=_text(result.get("XmlDocumentKey")) or None,
        messages=messages,
        provider_code=code or None,
        duplicate=duplicate,
        artefacts={} if response is None else {"application_response": response},
        reason=_text(result.get("StatusDescription")) or _text(result.get("StatusMessage")) or None,
    )


def _status(valid: bool | None, code: str, messages: tuple[RuleMessage, ...]) -> Status:  # noqa: FBT001 - DIAN's IsValid
    """Conclude from IsValid and StatusCode; where they contradict each other nothing is known."""
    if valid is True and code not in _FAULTS:
        return judged(accepted=True, messages=messages)
    if valid is False and code in _REJECTED:
        return judged(accepted=False, messages=messages)
    return Status.PENDING if valid is False and code in _PENDING else Status.UNKNOWN


def _boolean(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).strip().lower())


def _text(value: object) -> str:
    """Return text; what is nil in the SOAP answer comes as an object or as null."""
    return value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""


def _message(answer: object) -> str:
    return _text(answer.get("message")) if isinstance(answer, dict) else _text(answer)


def _error_texts(value: object) -> list[str]:
    """Return DIAN's rule strings: one comes as text, several as a list, in ``string`` or without it."""
    if isinstance(value, dict):
        value = value.get("string")
    members = value if isinstance(value, list) else [value]
    return [text for member in members if (text := _text(member))]


def _field_errors(answer: dict[str, Any]) -> Iterator[RuleMessage]:
    """Take the server's own validation apart: by field one text, or several."""
    errors = answer.get("errors")
    if not isinstance(errors, dict):
        text = _message(answer)
        if text:
            yield RuleMessage("", None, text)
        return
    for field, texts in errors.items():
        for text in _error_texts(texts):
            yield RuleMessage("", None, f"{field}: {text}")


def _of_soap(answer: object) -> Iterator[dict[str, Any]]:
    """List the objects in DIAN's answer; what else repeats its names, such as an echo, says nothing."""
    waiting = [answer.get(_SOAP) if isinstance(answer, dict) else None]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += reversed(value.values())
        elif isinstance(value, list):
            waiting += reversed(value)


def _artefacts(answer: dict[str, Any]) -> dict[str, bytes]:
    found = {}
    for name, meaning in _ARTEFACTS.items():
        content = _decoded(answer.get(name))
        if content is not None and meaning not in found:
            found[meaning] = content
    return found


def _decoded(value: object) -> bytes | None:
    if not isinstance(value, str) or not value:
        return None
    try:
        return b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
