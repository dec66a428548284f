"""The invented provider's server, for which every question and every failure is possible; it gives tokens."""

import json
from collections import deque
from typing import Any

from .office import ADVICE, NOTICE, REJECTION, REPEATED, Answer, Booking, Call, Office, as_json

_RULES = {
    "observed": [NOTICE],
    "rejected": [REJECTION, ADVICE],
    "invalid": ["supplier is not registered"],
    "taken": [REPEATED],
}


class ColibriOffice(Office):
    """JSON, with what came of a document in ``state``."""

    def __init__(self) -> None:
        super().__init__()
        self.token = "tok-colibri-1"  # noqa: S105 - invented
        self.tokens_given = 0

    def asks(self, call: Call) -> bool:
        """Questions are GETs."""
        return call.method == "GET"

    def script_for(self, call: Call) -> deque[str]:
        """Give a token whatever is told."""
        return deque() if call.path.endswith("/token") else super().script_for(call)

    def turned_away(self, call: Call) -> Answer | None:
        """Give a token to who knows the PIN; take documents from who has it only."""
        if call.path.endswith("/token"):
            self.tokens_given += 1
            return as_json(200, {"token": self.token} if json.loads(call.body)["pin"] else {})
        known = self.asks(call) or call.headers["authorization"] == f"Bearer {self.token}"
        return None if known else as_json(401, {"state": "unauthorised"})

    def named(self, call: Call) -> tuple[str, str]:
        """Read number and key; a document that states none is given one."""
        said = json.loads(call.body)
        return said["number"], said.get("key") or f"key-{said['number']}"

    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Say the state, the key and the rules."""
        del call
        said: dict[str, Any] = {"state": outcome, "key": booking.key, "rules": _RULES.get(outcome, [])}
        return as_json(200, said)

    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Say the same, or that there is no such document."""
        return (
            as_json(200, {"state": "missing"}) if outcome == "missing" else self.reply(call, outcome, booking)
        )

    def refusal(self, status: int, call: Call) -> Answer:
        """Say the status, and repeat the request."""
        return as_json(status, {"state": str(status), "echo": call.body.decode()})

    def garbled(self, answer: Answer) -> Answer:
        """Answer with a page."""
        return answer._replace(body=b"<html>colibri")
