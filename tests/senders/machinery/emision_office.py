"""An e-Misión server: ``statusCode`` in JSON that is not always JSON; it can be sent to, and not be asked."""

import json
from typing import Any

from .office import ADVICE, NOTICE, REJECTION, REPEATED, Answer, Booking, Call, Office, as_json

TOKEN = "tok-emision-1"  # noqa: S105 - invented
_PATH = "/api/v1/service/spd"
_ERRORS = {
    "rejected": [REJECTION, ADVICE],
    "one error": [REJECTION],
    "notices only": [ADVICE, NOTICE],
    "taken": [REPEATED],
}


class EmisionOffice(Office):
    """Takes documents of public utilities; no other address is documented."""

    kept = frozenset({"as documented", "without code"})

    def asks(self, call: Call) -> bool:
        """Say no: nothing can be asked."""
        del call
        return False

    def turned_away(self, call: Call) -> Answer | None:
        """Know one address and one token."""
        if (call.method, call.path) != ("POST", _PATH):
            return self.refusal(404, call)
        known = call.headers.get("authorization") == f"Bearer {TOKEN}"
        return None if known and call.headers["accept"] == "application/json" else self.refusal(401, call)

    def named(self, call: Call) -> tuple[str, str]:
        """Read prefix and number; e-Misión computes the CUDE."""
        said = json.loads(call.body)
        number = f"{said['prefix']}{said['number']}"
        return number, f"cude-{number}"

    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer with one of the three codes; the description speaks of success whatever it is."""
        del call
        document: dict[str, Any] = {"number": booking.number, "statusDescription": "Validado con éxito"}
        if outcome in _ERRORS:
            return _said(422, {**document, "statusCode": 11, "Errors": _ERRORS[outcome]})
        if outcome == "invalid":
            return _loosely(422, {**document, "statusCode": 13, **_FIELDS})
        files = {"uuid": booking.key, "pdfBase64Bytes": "JVBERg==", "zipBase64Bytes": "UEs="}
        if outcome == "without code":
            return _said(200, {**document, **files})
        accepted = {**document, "statusCode": 6, **files}
        if outcome == "as documented":
            return _loosely(200, accepted)
        return _said(200, accepted | ({"errors": [NOTICE]} if outcome == "observed" else {}))

    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Raise: nobody can ask."""
        del call, outcome, booking
        raise NotImplementedError

    def refusal(self, status: int, call: Call) -> Answer:
        """Answer with a message and without a document, and when it fails with the request."""
        echo = {"request": [dict(call.headers), call.body.decode()]} if status == 500 else {}
        return as_json(status, {"status": "error", "message": f"HTTP {status}", **echo})


_FIELDS = {
    "errors": ["El país falta.", "El régimen falta."],
    "detailedErrors": {"customer.country_id": ["El país falta."]},
}


def _said(status: int, document: dict[str, Any]) -> Answer:
    return as_json(status, {"status": "?", "message": "Enviado", "document": document})


def _loosely(status: int, document: dict[str, Any]) -> Answer:
    """Write JSON as the documentation prints it: remarks, a semicolon for a colon, a comma too many."""
    answer = _said(status, document)
    text = answer.body.decode().replace('"Enviado",', '"Enviado", // what happened\n')
    text = text.replace('"zipBase64Bytes":', '"zipBase64Bytes";').replace('"]', '",]')
    return answer._replace(body=text.encode())
