"""An invented provider, Colibrí: JSON in, JSON out. It imports cuadre only, so a test can install it."""

import json
from typing import Any

from cuadre.engine.model.document import Document
from cuadre.engine.model.parties import Party, PartyTaxScheme
from cuadre.senders.contract import PayloadError, Reference, Request, Response, Settings
from cuadre.senders.delivery.receipt import Receipt, Status, parse_rule
from cuadre.senders.payloads.payload import PayloadReading, PayloadSource

_STATES = {
    "accepted": Status.ACCEPTED,
    "observed": Status.ACCEPTED_WITH_OBSERVATIONS,
    "rejected": Status.REJECTED,
    "invalid": Status.REJECTED,
    "waiting": Status.PENDING,
}


class Colibri:
    """The provider, as a plugin."""

    name = "colibri"
    title = "Colibrí Inventado"
    credentials: tuple[str, ...] = ("TOKEN", "PIN")
    settings: tuple[str, ...] = ("test_set_id",)
    sends = True

    def recognises(self, data: bytes) -> bool:
        """Look at the first key."""
        return data.lstrip().startswith(b'{"colibri"')

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Read number, supplier, key and notes."""
        given = json.loads(data)
        if "number" not in given:
            sentence = "no number"
            raise PayloadError(sentence, pointer="/number")
        scheme = PartyTaxScheme(company_id=given["supplier"])
        document = Document.model_validate(
            {
                "kind": given["kind"],
                "id": given["number"],
                "uuid": given.get("key"),
                "note": given.get("notes", []),
                "accounting_supplier_party": Party(party_tax_schemes=(scheme,)),
            }
        )
        return PayloadReading(document, PayloadSource(data.decode(), {("id",): ("number",)}, file))

    def write(self, document: Document) -> bytes:
        """Write number, supplier, key and notes."""
        party = document.accounting_supplier_party
        return json.dumps(
            {
                "colibri": 1,
                "kind": document.kind.value,
                "number": document.id,
                "supplier": party.company_id if party else "",
                "key": document.uuid,
                "notes": list(document.note),
            }
        ).encode()

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Post the payload with the PIN in it."""
        body = json.dumps({**json.loads(self.write(document)), "pin": "${PIN}"}).encode()
        return Request("POST", f"{settings.url}/documents", _HEADERS, body)

    def read_send(self, response: Response) -> Receipt:
        """Read ``state``; a status of HTTP that is no 200 says nothing about the document."""
        return _read(response)

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Ask by key where there is one, else by number."""
        name = reference.key or reference.document_id
        return Request("GET", f"{settings.url}/documents/{name}", _HEADERS)

    def read_query(self, response: Response) -> Receipt:
        """Read ``state``; ``missing`` is the only way to say that there is no such document."""
        return _read(response)


class RefreshingColibri(Colibri):
    """Colibrí with tokens that run out; it looks at them before it reads a document."""

    unread: tuple[int, ...] = (401,)

    def refresh_request(self, settings: Settings) -> Request:
        """Ask for a token, with the PIN."""
        return Request(
            "POST", f"{settings.url}/token", {"content-type": "application/json"}, b'{"pin":"${PIN}"}'
        )

    def read_refresh(self, response: Response) -> dict[str, str]:
        """Read the token."""
        return {"TOKEN": json.loads(response.body)["token"]}


_HEADERS = {"content-type": "application/json", "authorization": "Bearer ${TOKEN}"}


def _read(response: Response) -> Receipt:
    raw = response.body.decode()
    if response.status != 200:
        return Receipt(Status.UNKNOWN, "provider", provider_code=str(response.status), raw=raw)
    said: dict[str, Any] = json.loads(raw)
    state = said["state"]
    return Receipt(
        _STATES.get(state, Status.UNKNOWN),
        "provider" if state == "invalid" else "authority",
        key=said.get("key"),
        track_id=said.get("track"),
        messages=tuple([parse_rule(rule) for rule in said.get("rules", [])]),
        provider_code=state,
        duplicate=state == "taken",
        not_found=state == "missing",
        raw=raw,
    )


provider = Colibri()
