"""The provider behind the contract: what it recognises, what it sends, and what it cannot be asked."""

import json

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.senders.contract import PayloadError, Reference, Response, Settings, register
from cuadre.senders.emision import PROVIDER

from .bodies import body, exact


def test_registers() -> None:
    """It is a provider that sends."""
    provider = register("emision", PROVIDER)
    assert (provider.sends, provider.credentials, provider.settings) == (True, ("token",), ())


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (body("water"), True),
        (b"\xef\xbb\xbf" + body("gas"), True),
        (b'{"legal_monetary_totals": {}, "document_type_code": "60"}', True),
        (b'{"legal_monetary_totals": {}, "type_document_id": 1}', False),
        (b'{"legal_monetary_totals": {}, "type_document_id": 16, "spd_extensions": []}', False),
        (b'{"spd_extensions": []}', False),
        (b"<Invoice>", False),
        (b"", False),
    ],
)
def test_recognises(data: bytes, known: bool) -> None:  # noqa: FBT001 - a table
    """A body has its totals and its codes under e-Misión's own keys."""
    assert PROVIDER.recognises(data) is known


def test_request() -> None:
    """A document is posted to /service/spd with a placeholder for the token, and the body as it was."""
    document = PROVIDER.read(body("water")).document
    request = PROVIDER.send_request(document, Settings("https://emision.example/api/v1/"))
    assert (request.method, request.url) == ("POST", "https://emision.example/api/v1/service/spd")
    assert request.headers == {
        "Authorization": "Bearer ${token}",
        "Content-Type": "application/json",
        "Accept": "application/json",
    }
    assert exact(request.body) == exact(body("water"))
    assert json.loads(request.body)["number"] == 4410


def test_other_documents_are_not_sent() -> None:
    """The address takes documents of public utilities only."""
    invoice = Document(kind=DocumentKind.INVOICE, type_code="01", id="F1")
    with pytest.raises(PayloadError) as caught:
        PROVIDER.send_request(invoice, Settings("https://emision.example"))
    assert caught.value.detail["pointer"] == "/document_type_code"


def test_no_query() -> None:
    """No query is documented, and that is said rather than guessed."""
    with pytest.raises(CuadreError) as asked:
        PROVIDER.query_request(Reference("SPD1", "equivalent_document"), Settings("https://emision.example"))
    with pytest.raises(CuadreError) as read:
        PROVIDER.read_query(Response(200, {}, b"{}"))
    assert asked.value.detail == {"sender": "emision", "document": "SPD1"}
    assert read.value.detail["sender"] == "emision"
