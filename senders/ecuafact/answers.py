"""Ecuafact's answers read into one receipt: the invoice's status decides, sentences never do."""

import re
from typing import Any, Literal, NamedTuple

from cuadre.engine.errors import CuadreError
from cuadre.engine.json_reading import read_json
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Receipt, RuleMessage, Status
from cuadre.senders.delivery.receipt_limits import raw_text

Stage = Literal["provider", "authority", "transport"]
_SUCCESS, _INVALID = range(200, 300), 400
_SECRET = re.compile(r'("(?:TokenId|Token|Authorization|Password)"\s*:\s*)"(?:[^"\\]|\\.)*"?', re.IGNORECASE)


class _Meaning(NamedTuple):
    status: Status
    stage: Stage
    text: str


_MEANINGS = {
    100: _Meaning(Status.ACCEPTED, "authority", "authorised by SRI"),
    101: _Meaning(Status.ACCEPTED, "authority", "authorised by SRI"),
    0: _Meaning(Status.PENDING, "provider", "a draft: not sent to SRI"),
    1: _Meaning(Status.PENDING, "authority", "issued, and SRI has not answered"),
    10: _Meaning(Status.REJECTED, "authority", "rejected"),
    -1: _Meaning(Status.REJECTED, "provider", "deleted"),
    -77: _Meaning(Status.REJECTED, "authority", "revoked"),
}


def read_send(response: Response) -> Receipt:
    """Read the answer to a send: HTTP 400 with an OperationResult is the server's own validation.

    It comes before anything is stored, so SRI never saw the invoice, and it may be corrected and sent again.
    """
    receipt, answer = _read(response)
    if response.status == _INVALID and isinstance(answer, dict) and answer.get("IsSuccess") is False:
        return receipt._replace(status=Status.REJECTED)
    return receipt


def read_query(response: Response) -> Receipt:
    """Read the answer to a query; one that is no invoice says nothing of the document."""
    return _read(response)[0]


def _read(response: Response) -> tuple[Receipt, object]:
    """Read any answer: an invoice, or an OperationResult that says why there is none."""
    text = raw_text(response.body)
    raw = _SECRET.sub(lambda found: f'{found[1]}"…"', text)
    try:
        answer = read_json(response.body)
    except CuadreError as error:
        return Receipt(Status.UNKNOWN, "transport", reason=f"HTTP {response.status}: {error}", raw=raw), None
    if not isinstance(answer, dict):
        reason = f"HTTP {response.status}: the answer is no object"
        return Receipt(Status.UNKNOWN, "transport", reason=reason, raw=raw), answer
    invoice = _invoice(answer)
    if response.status in _SUCCESS and invoice is not None:
        return _of_invoice(invoice)._replace(raw=raw), answer
    return _of_operation(answer, response.status)._replace(raw=raw), answer


def _invoice(answer: dict[str, Any]) -> dict[str, Any] | None:
    """Find the invoice: the answer itself, or what a wrapped answer has in it."""
    inner = [answer, *(value for value in answer.values() if isinstance(value, dict))]
    return next((one for one in inner if one.get("AccessKey") or "Id" in one), None)


def _of_invoice(invoice: dict[str, Any]) -> Receipt:
    code = _integer(invoice.get("Status"))
    identity = invoice.get("Id")
    meaning = _MEANINGS.get(code) if code is not None else None
    if meaning is None:
        unnamed = f"the status {invoice.get('Status')!r} is not known"
        meaning = _Meaning(Status.UNKNOWN, "provider", unnamed)
    return Receipt(
        meaning.status,
        meaning.stage,
        key=_text(invoice.get("AccessKey")) or None,
        track_id=_text(identity) or None,
        provider_code=None if code is None else str(code),
        reason=meaning.text,
    )


def _of_operation(answer: dict[str, Any], status: int) -> Receipt:
    """Read an OperationResult: nothing is known of the document, whatever its sentences say."""
    texts = [_text(answer.get(name)) for name in ("UserMessage", "DevMessage", "Message", "MoreInfo")]
    said = list(dict.fromkeys(text for text in texts if text))
    code = _text(answer.get("StatusCode"))
    return Receipt(
        Status.UNKNOWN,
        "provider",
        messages=tuple([RuleMessage("", None, text) for text in said]),
        provider_code=code or None,
        reason=f"HTTP {status}: {said[0] if said else 'no invoice in the answer'}",
    )


def _integer(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""
