"""An apidian server: DIAN's answer inside JSON, now or behind a ZipKey; its own failures come as HTTP 200."""

import json
from collections.abc import Callable
from typing import Any

from .office import ADVICE, NOTICE, REJECTION, REPEATED, Answer, Booking, Call, Office, as_json

TOKEN = "tok-apidian-1"  # noqa: S105 - invented
_PATH = "/api/ubl2.1"
_NIL = {"_attributes": {"nil": "true"}}
_JSON = {"content-type": "application/json", "accept": "application/json"}
_OF_DIAN: dict[str, tuple[str, str, Any]] = {
    "accepted": ("true", "00", _NIL),
    "observed": ("true", "00", {"string": NOTICE}),
    "rejected": ("false", "99", {"string": [REJECTION, ADVICE]}),
    "one error": ("false", "99", {"string": REJECTION}),
    "waiting": ("false", "98", _NIL),
    "missing": ("false", "66", _NIL),
    "zip fault": ("false", "89", _NIL),
    "contradiction": ("true", "99", {"string": REJECTION}),
    "taken": ("false", "99", {"string": REPEATED}),
    "taken unnamed": ("false", "99", {"string": REPEATED}),
}
"""IsValid, StatusCode and ErrorMessage: booleans are text, one error is text, and several are a list."""


class ApidianOffice(Office):
    """Takes credit notes, and answers about ZipKeys and keys."""

    kept = frozenset({"contradiction"})

    def keeps(self, call: Call, outcome: str) -> bool:
        """Keep for a ZipKey whatever DIAN will say; what the server refuses by itself is not kept."""
        later = call.path != f"{_PATH}/credit-note"
        return (later and outcome not in _BY_ITSELF) or super().keeps(call, outcome)

    def asks(self, call: Call) -> bool:
        """Questions are POSTs to an address of their own."""
        return "/status/" in call.path

    def turned_away(self, call: Call) -> Answer | None:
        """Know three addresses, one token and JSON."""
        known = ("credit-note", "status/zip/", "status/document/")
        if call.method != "POST" or not call.path.startswith(tuple([f"{_PATH}/{one}" for one in known])):
            return self.refusal(404, call)
        if call.headers.get("authorization") != f"Bearer {TOKEN}":
            return self.refusal(401, call)
        wrong = any(call.headers.get(name) != value for name, value in _JSON.items())
        return self.refusal(406, call) if wrong else None

    def named(self, call: Call) -> tuple[str, str]:
        """Read prefix and number; the server computes the CUDE."""
        said = json.loads(call.body)
        number = f"{said['prefix']}{said['number']}"
        return number, f"cude-{number}"

    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer now, or with a ZipKey where the address has a test set."""
        if outcome in _BY_ITSELF:
            return _BY_ITSELF[outcome](booking)
        cude = self.named(call)[1]
        if call.path != f"{_PATH}/credit-note":
            zip_key = f"repeat-{booking.number}" if outcome == self.repeats else booking.track_id
            result = {"ErrorMessageList": _NIL, "ZipKey": zip_key}
            return _said("SendTestSetAsync", result, cude=cude)
        return _said("SendBillSync", _of_dian(outcome, booking), cude=cude, invoicexml="PEEvPg==")

    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer about a ZipKey or a key; a repeat's ZipKey tells of rule 90."""
        by_zip = "/zip/" in call.path
        if by_zip and booking.number.startswith("repeat-"):
            booking = self.booked[booking.number.removeprefix("repeat-")]
            outcome = "taken"
        result = {"DianResponse": _of_dian(outcome, booking)}
        return _said("GetStatusZip" if by_zip else "GetStatus", result)

    def refusal(self, status: int, call: Call) -> Answer:
        """Answer as Laravel does: a message, and when it fails all of the request."""
        said: dict[str, Any] = {"message": "Unauthenticated." if status == 401 else f"HTTP {status}"}
        if status == 500:
            said["trace"] = [dict(call.headers), call.body.decode()]
        return as_json(status, said)

    def garbled(self, answer: Answer) -> Answer:
        """Print a warning of PHP before the JSON."""
        return answer._replace(body=b"<br />\n<b>Warning</b>: Undefined index\n" + answer.body)


def _of_dian(outcome: str, booking: Booking) -> dict[str, Any]:
    valid, code, errors = _OF_DIAN[outcome]
    return {
        "ErrorMessage": errors,
        "IsValid": valid,
        "StatusCode": code,
        "StatusDescription": "Procesado Correctamente.",
        "StatusMessage": _NIL,
        "XmlBase64Bytes": "PEFSLz4=",
        "XmlDocumentKey": _NIL if outcome in {"missing", "taken unnamed"} else booking.key,
    }


def _said(operation: str, result: dict[str, Any], **more: str) -> Answer:
    body = {f"{operation}Response": {f"{operation}Result": result}}
    envelope = {"Envelope": {"Header": {}, "Body": body}}
    said = {"success": True, "message": "Nota generada con éxito", "ResponseDian": envelope}
    return as_json(200, {**said, **more})


def _invalid(_booking: Booking) -> Answer:
    errors = {"customer.dv": ["falta", "no es un dígito"], "date": "no es una fecha"}
    return as_json(422, {"message": "Los datos no son válidos", "errors": errors})


_BY_ITSELF: dict[str, Callable[[Booking], Answer]] = {
    "invalid": _invalid,
    "down": lambda _: as_json(200, {"success": False, "message": "La DIAN no responde"}),
    "bare text": lambda _: as_json(200, "Undefined index: customer"),
    "sent before": lambda booking: as_json(
        200, {"success": False, "message": "Este documento ya fue enviado antes", "cude": booking.key}
    ),
}
"""What the server says by itself, without DIAN."""
