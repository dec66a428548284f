"""Every shape of Ecuafact's answers, and what is concluded from each."""

import json

import pytest

from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Status
from cuadre.senders.ecuafact import PROVIDER

KEY = "2011202601179000000000110010010000000011234567811"


def invoice(status: object, code: int = 201) -> Response:
    """Make the answer that holds an invoice."""
    body = {"Id": 71, "AccessKey": KEY, "Status": status, "DocumentNumber": "001-001-000000001"}
    return Response(code, {}, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("said", "status", "stage"),
    [
        (100, Status.ACCEPTED, "authority"),
        (101, Status.ACCEPTED, "authority"),
        ("100", Status.ACCEPTED, "authority"),
        (0, Status.PENDING, "provider"),
        (1, Status.PENDING, "authority"),
        (10, Status.REJECTED, "authority"),
        (-1, Status.REJECTED, "provider"),
        (-77, Status.REJECTED, "authority"),
        (5, Status.UNKNOWN, "provider"),
        (None, Status.UNKNOWN, "provider"),
        (True, Status.UNKNOWN, "provider"),
        ("autorizado", Status.UNKNOWN, "provider"),
    ],
)
@pytest.mark.parametrize("code", [200, 201])
def test_status(said: object, status: Status, stage: str, code: int) -> None:
    """The invoice's status decides, in an answer to a send as to a question."""
    reader = PROVIDER.read_send if code == 201 else PROVIDER.read_query
    receipt = reader(invoice(said, code))
    assert (receipt.status, receipt.stage, receipt.key, receipt.track_id) == (status, stage, KEY, "71")


def test_wrapped_invoice() -> None:
    """An invoice inside a message of HTTP is found."""
    inner = {"Id": 3, "AccessKey": KEY, "Status": 1}
    body = {"Version": "1.1", "Content": inner, "StatusCode": 201, "IsSuccessStatusCode": True}
    receipt = PROVIDER.read_send(Response(201, {}, json.dumps(body).encode()))
    assert (receipt.status, receipt.track_id) == (Status.PENDING, "3")


@pytest.mark.parametrize("status", [201, 400, 401, 404, 500])
def test_operation_result(status: int) -> None:
    """An OperationResult says nothing about the document, whatever it calls itself."""
    body = {
        "StatusCode": status,
        "IsSuccess": True,
        "DevMessage": "null reference",
        "UserMessage": "No se pudo emitir",
        "MoreInfo": None,
    }
    receipt = PROVIDER.read_send(Response(status, {}, json.dumps(body).encode()))
    assert (receipt.status, receipt.stage, receipt.provider_code) == (Status.UNKNOWN, "provider", str(status))
    assert [message.text for message in receipt.messages] == ["No se pudo emitir", "null reference"]


def test_the_servers_own_validation() -> None:
    """HTTP 400 that calls itself a failure refused the invoice before it was stored; a query's never does."""
    body = {"StatusCode": 400, "IsSuccess": False, "DevMessage": "sin detalle", "UserMessage": "Inválido"}
    response = Response(400, {}, json.dumps(body).encode())
    receipt = PROVIDER.read_send(response)
    assert (receipt.status, receipt.stage) == (Status.REJECTED, "provider")
    assert [message.text for message in receipt.messages] == ["Inválido", "sin detalle"]
    assert PROVIDER.read_query(response).status is Status.UNKNOWN
    assert PROVIDER.read_send(response._replace(status=500)).status is Status.UNKNOWN


def test_invoice_with_an_error_status() -> None:
    """An invoice that comes with an error of HTTP is no answer about it."""
    assert PROVIDER.read_send(invoice(100, 500)).status is Status.UNKNOWN


@pytest.mark.parametrize("body", [b"", b"<html>down</html>", b"[]", b'"ok"', b"\xff"])
def test_no_answer(body: bytes) -> None:
    """What is no JSON object says nothing."""
    receipt = PROVIDER.read_send(Response(502, {}, body))
    assert (receipt.status, receipt.stage) == (Status.UNKNOWN, "transport")


def test_raw_has_no_token() -> None:
    """A server that repeats the request is not repeated."""
    body = json.dumps({"UserMessage": "x", "TokenId": "hush"}).encode()
    receipt = PROVIDER.read_send(Response(401, {}, body))
    assert "hush" not in receipt.raw
    assert "UserMessage" in receipt.raw
