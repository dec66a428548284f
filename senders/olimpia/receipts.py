"""An answer of Olimpia made into a receipt: ``dianStatus`` decides, and the buyer has an axis of its own."""

import re

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import DUPLICATE_RULE, Receipt, RuleMessage, Status, parse_rule
from cuadre.senders.delivery.receipt_limits import raw_text
from cuadre.senders.olimpia.answer_text import read_answer, text_of
from cuadre.senders.payloads.reading import PayloadValue

_OK = 200
_STATUSES = {
    "EXITOSO": Status.ACCEPTED,
    "FALLIDO": Status.REJECTED,
    "RECIBIDO": Status.PENDING,
    "VALIDANDO": Status.PENDING,
    "SIN INFORMACION": Status.PENDING,
    "SIN INFORMACIÓN": Status.PENDING,
    "": Status.PENDING,
    "ERROR": Status.UNKNOWN,
}
_BUYER = {"APROBADO": "accepted", "RECHAZADO": "rejected", "ENVIADO": "sent"}
_OWN = ("dianstatus", "filetypecodeid", "cufe", "number")
"""Names that an answer has, with null or with a value; an object without any is something else."""
_NEXT_RULE = re.compile(r"(?=\bRegla\s*:)", re.IGNORECASE)
_NOTIFICATION = re.compile(r"notificaci[oó]n", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read_receipt(response: Response) -> Receipt:
    """Read the answer to a query; an empty one, a page, or one that cannot be understood is ``unknown``."""
    raw = raw_text(response.body)
    said = f"HTTP {response.status}"
    if response.status != _OK:
        return Receipt(Status.UNKNOWN, "transport", reason=said, raw=raw)
    try:
        node = read_answer(response.body)
    except CuadreError as error:
        return Receipt(Status.UNKNOWN, "transport", reason=f"{said}: {error}", raw=raw)
    if not isinstance(node.value, dict) or not any(name in node.value for name in _OWN):
        reason = f"{said}: the answer says nothing of a document"
        return Receipt(Status.UNKNOWN, "provider", reason=reason, raw=raw)
    return _of(node)._replace(raw=raw)


def _of(node: PayloadValue) -> Receipt:
    said = _SPACE.sub(" ", text_of(node.get("dianstatus"))).upper()
    status = _STATUSES.get(said, Status.UNKNOWN)
    reasons = text_of(node.get("dianreasons"))
    messages = _messages(reasons)
    duplicate = status is Status.REJECTED and any(one.code == DUPLICATE_RULE for one in messages)
    if duplicate:
        status = Status.UNKNOWN
    elif status is Status.ACCEPTED and (_NOTIFICATION.search(reasons) or any(one.code for one in messages)):
        status = Status.ACCEPTED_WITH_OBSERVATIONS
    return Receipt(
        status,
        "authority" if said in {"EXITOSO", "FALLIDO"} else "provider",
        key=text_of(node.get("cufe")) or None,
        messages=messages,
        provider_code=said or None,
        buyer_status=_buyer(node),
        duplicate=duplicate,
        reason=f"dianStatus is {said}" if said else "dianStatus is absent: DIAN's answer is not known",
    )


def _messages(reasons: str) -> tuple[RuleMessage, ...]:
    """Take apart a text that may hold several rules."""
    parts = [part.strip(" \t\r\n|;,") for part in _NEXT_RULE.split(reasons)]
    return tuple([parse_rule(part) for part in parts if part])


def _buyer(node: PayloadValue) -> str | None:
    """Tell what the buyer answered: the boolean decides, else the word; a word of its own stays as it is."""
    accepted = node.get("isacceptedbytheclient")
    known = {"true": "accepted", "1": "accepted", "false": "rejected", "0": "rejected"}
    if accepted is not None and (found := known.get(str(accepted.value).strip().lower())):
        return found
    word = text_of(node.get("clientstatus"))
    return _BUYER.get(word.upper(), word) or None
