"""An Olimpia server: GetDocumentStatus as JSON, as XML and as a form; what it does not know has nulls."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from .office import ADVICE, NOTICE, REJECTION, REPEATED, Answer, Booking, Call, Office, as_json

AUTHORIZATION = "Bearer tok-olimpia-1"
_PATH = "/GetDocumentStatus"
_SPACE = "http://schemas.datacontract.org/2004/07/APIRestUBL21.Models"
_ANSWERS: dict[str, dict[str, Any]] = {
    "accepted": {"dianStatus": "EXITOSO", "dianReasons": "Procesado Correctamente."},
    "observed": {"dianStatus": "EXITOSO", "dianReasons": NOTICE},
    "rejected": {"dianStatus": "FALLIDO", "dianReasons": f"{REJECTION} {ADVICE}"},
    "received": {"dianStatus": "RECIBIDO"},
    "waiting": {"dianStatus": "VALIDANDO"},
    "no information": {"dianStatus": "SIN INFORMACION"},
    "error": {"dianStatus": "ERROR"},
    "taken": {"dianStatus": "FALLIDO", "dianReasons": REPEATED},
    "buyer refuses": {"dianStatus": "EXITOSO", "isAcceptedByTheClient": False, "clientStatus": "RECHAZADO"},
    "missing": {"dianStatus": None, "cufe": None, "number": None, "fileTypeCodeId": None},
}


class OlimpiaOffice(Office):
    """Says what became of documents that others sent."""

    def asks(self, call: Call) -> bool:
        """Say yes: nothing can be sent."""
        del call
        return True

    def turned_away(self, call: Call) -> Answer | None:
        """Know one address and one header."""
        if (call.method, call.path) != ("POST", _PATH):
            return self.refusal(404, call)
        return None if call.headers.get("authorization") == AUTHORIZATION else self.refusal(401, call)

    def name_asked(self, call: Call) -> str:
        """Read prefix and number, apart or together, in three formats."""
        values = _READERS[call.headers["content-type"]](call.body.decode())
        if not 1 <= int(values["fileTypeCode"]) <= 5:
            raise ValueError
        return values.get("documentPrefixAndNumber") or values["prefix"] + values["number"]

    def named(self, call: Call) -> tuple[str, str]:
        """Raise: nothing can be sent."""
        raise NotImplementedError

    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Raise: nothing can be sent."""
        raise NotImplementedError

    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer with 200 whatever it is, in the format that is wanted."""
        known = {"fileTypeCodeId": 1, "cufe": booking.key, "number": booking.number, "total": 1000.5}
        said = {**known, "issueDate": "2026-11-20T10:30:00.1234567-05:00", **_ANSWERS[outcome]}
        return _xml(said) if call.headers["accept"] == "application/xml" else as_json(200, said)

    def refusal(self, status: int, call: Call) -> Answer:
        """Answer as .NET's Web API does: a message, and when it fails an exception that knows the request."""
        said = {"Message": f"HTTP {status}"}
        if status == 500:
            said["ExceptionMessage"] = f"{dict(call.headers)} {call.body.decode()}"
        return as_json(status, said)


def _xml(said: dict[str, Any]) -> Answer:
    nil = '<{0} i:nil="true" />'
    parts = [nil.format(n) if v is None else f"<{n}>{_text(v)}</{n}>" for n, v in sorted(said.items())]
    spaces = f'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="{_SPACE}"'
    text = f"<StatusResponse {spaces}>{''.join(parts)}</StatusResponse>"
    return Answer(200, text.encode(), "application/xml; charset=utf-8")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


_READERS: dict[str, Callable[[str], dict[str, str]]] = {
    "application/json": json.loads,
    "application/xml": lambda text: dict(re.findall(r"<(\w+)>([^<]*)</\1>", text)),
    "application/x-www-form-urlencoded": lambda text: dict(parse_qsl(text)),
}
