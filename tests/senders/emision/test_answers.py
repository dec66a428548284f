"""Answers of e-Misión: the status code decides, whatever the texts say."""

import base64
import json
from typing import Any

import pytest

from cuadre.engine.findings import Severity
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.emision import PROVIDER

NOTICE = "Regla: FAQ07, Notificación: Descuento superior"
REJECTION = "Regla: FAU14, Rechazo: Valor a pagar"


def read(http: int, **document: Any) -> Receipt:  # noqa: ANN401 - any JSON
    """Read an answer about a document."""
    answer = {"status": "?", "message": "Mensaje", "document": document}
    return PROVIDER.read_send(Response(http, {}, json.dumps(answer).encode()))


def test_accepted_with_artefacts() -> None:
    """An acceptance has the key and the files, decoded; what is no base64 is left out."""
    receipt = read(
        200,
        statusCode=6,
        uuid="cude1",
        zipBase64Bytes=base64.b64encode(b"PK").decode(),
        pdfBase64Bytes=base64.encodebytes(b"%PDF" * 40).decode(),
        appResponseBase64Bytes="no base64!",
        attachedDocumentBase64Bytes=base64.b64encode(b"<a/>").decode(),
    )
    assert (receipt.status, receipt.stage, receipt.key) == (Status.ACCEPTED, "authority", "cude1")
    assert receipt.artefacts == {"zip": b"PK", "pdf": b"%PDF" * 40, "attached_document": b"<a/>"}


@pytest.mark.parametrize("name", ["Errors", "errors"])
def test_accepted_with_observations(name: str) -> None:
    """An acceptance with a rule in either list has observations."""
    receipt = read(200, statusCode="6", **{name: [NOTICE]})
    assert (receipt.status, receipt.messages[0].code) == (Status.ACCEPTED_WITH_OBSERVATIONS, "FAQ07")


@pytest.mark.parametrize("http", [200, 422])
@pytest.mark.parametrize("name", ["Errors", "errors"])
def test_rejected(http: int, name: str) -> None:
    """Code 11 is DIAN's rejection, with its rules, whatever the description says."""
    receipt = read(http, statusCode=11, statusDescription="Documento validado", **{name: [REJECTION, NOTICE]})
    assert (receipt.status, receipt.stage, receipt.provider_code) == (Status.REJECTED, "authority", "11")
    assert [message.severity for message in receipt.messages] == [Severity.REJECT, Severity.NOTIFY]


def test_rejected_with_notifications_only() -> None:
    """A rejection for which every message is a notification stays one, and the reason says so."""
    receipt = read(422, statusCode=11, Errors=[NOTICE, NOTICE])
    assert receipt.status is Status.REJECTED
    assert "notification" in (receipt.reason or "")
    assert "notification" not in (read(422, statusCode=11, Errors=[]).reason or "")


def test_duplicate() -> None:
    """Rule 90 says that DIAN has it: nothing is known of this send, and it is a duplicate."""
    receipt = read(422, statusCode=11, Errors=["Regla: 90, Rechazo: Documento procesado anteriormente."])
    assert (receipt.status, receipt.duplicate) == (Status.UNKNOWN, True)


def test_refused_by_the_provider() -> None:
    """Code 13 is e-Misión's own validation: texts by field, then the rest, each once."""
    receipt = read(
        422,
        statusCode=13,
        errors=["Falta el nombre.", "Falta algo."],
        detailedErrors={"customer.name": ["Falta el nombre."], "number": "Repetido."},
    )
    assert (receipt.status, receipt.stage) == (Status.REJECTED, "provider")
    assert [message.text for message in receipt.messages] == [
        "customer.name: Falta el nombre.",
        "number: Repetido.",
        "Falta algo.",
    ]


@pytest.mark.parametrize("http", [301, 400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("code", [6, 11, 13, None])
def test_other_http_statuses(http: int, code: int | None) -> None:
    """Without 200 or 422 nothing is known of the document, whatever the body says."""
    assert read(http, statusCode=code).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("http", "code"), [(422, 6), (200, 7), (200, None), (422, "once"), (200, True), (200, 6.5), (200, [6])]
)
def test_codes_that_say_nothing(http: int, code: object) -> None:
    """An unknown code, or an acceptance as an error, leaves the document unknown and is said."""
    receipt = read(http, statusCode=code)
    assert receipt.status is Status.UNKNOWN
    assert f"HTTP {http}" in (receipt.reason or "")


@pytest.mark.parametrize(
    "body",
    [b"", b"<html></html>", b"[]", b"6", b'"ok"', b"null", b"{", b"\xff\xfe", b'{"document": []}', b"{}"],
)
def test_what_is_no_answer(body: bytes) -> None:
    """An empty body, a page or another JSON value says nothing, and is kept."""
    receipt = PROVIDER.read_send(Response(200, {}, body))
    assert (receipt.status, receipt.raw) == (Status.UNKNOWN, body.decode("utf-8", "replace"))
