"""An Ecuafact server: it numbers invoices itself, so it knows no repeats, and is asked by what it gave."""

from typing import Any

from .office import Answer, Booking, Call, Office, as_json

TOKEN = "tok-ecuafact-1"  # noqa: S105 - invented
_PATH = "/v1/invoice"
_STATUS = {
    "accepted": 100,
    "sent": 101,
    "waiting": 1,
    "draft": 0,
    "rejected": 10,
    "deleted": -1,
    "revoked": -77,
}


class EcuafactOffice(Office):
    """Takes invoices, and tells what became of them by id or by number."""

    half = ("invalid", b"detalles")

    kept = frozenset(_STATUS) | {"wrapped", "other status"}

    def asks(self, call: Call) -> bool:
        """Questions are GETs."""
        return call.method == "GET"

    def turned_away(self, call: Call) -> Answer | None:
        """Know one address, with an id behind it for questions, and one token."""
        head, _, name = call.path.partition(f"{_PATH}/")
        if not (call.path == _PATH and call.method == "POST") and not (not head and name and self.asks(call)):
            return self.refusal(404, call)
        return None if call.headers.get("tokenid") == TOKEN else self.refusal(401, call)

    def named(self, call: Call) -> tuple[str, str]:
        """Give a number: no two invoices have the same, whatever their bodies say."""
        del call
        next_one = len(self.booked) + 1
        return f"001-001-{next_one:09}", f"{next_one:049}"

    def track_id(self, number: str) -> str:
        """Return the id, which counts as the number does."""
        return str(_identity(number))

    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer 201 with the invoice, or an OperationResult."""
        if outcome == "invalid":
            return self._operation(400, "El documento no tiene detalles")
        invoice = _invoice(outcome, booking)
        if outcome == "wrapped":
            return as_json(201, {"Version": "1.1", "Content": invoice, "StatusCode": 201})
        del call
        return as_json(201, invoice)

    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer 200 with the invoice, or 404."""
        return self.refusal(404, call) if outcome == "missing" else as_json(200, _invoice(outcome, booking))

    def refusal(self, status: int, call: Call) -> Answer:
        """Answer with an OperationResult; a failure says where, with all that it knows."""
        return self._operation(status, f"{dict(call.headers)} {call.body.decode()}" if status == 500 else "")

    def garbled(self, answer: Answer) -> Answer:
        """Answer with the text of .NET's own object."""
        return answer._replace(body=b"StatusCode: 201, ReasonPhrase: 'Created', Version: 1.1")

    def _operation(self, status: int, detail: str) -> Answer:
        said: dict[str, Any] = {"StatusCode": status, "IsSuccess": False, "UserMessage": f"HTTP {status}"}
        return as_json(status, {**said, "DevMessage": detail, "MoreInfo": None})


def _invoice(outcome: str, booking: Booking) -> dict[str, Any]:
    code = {"wrapped": 100, "other status": 55}.get(outcome) or _STATUS[outcome]
    return {
        "Id": _identity(booking.number),
        "AccessKey": booking.key,
        "Status": code,
        "DocumentNumber": booking.number,
    }


def _identity(number: str) -> int:
    return int(number.rpartition("-")[2])
