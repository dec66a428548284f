"""Every shape of an answer becomes one receipt; no answer is a traceback."""

import json
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.findings import Severity
from cuadre.senders.apidian import PROVIDER
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Receipt, Status

_REJECT = "Regla: FAU04, Rechazo: No corresponde"
_NOTIFY = "Regla: FAD09c, Notificación: Fecha distinta"
_REPEATED = "Regla: 90, Rechazo: Documento procesado anteriormente."
_NIL = {"_attributes": {"nil": "true"}}


def _response(body: object, status: int = 200) -> Response:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, {"Content-Type": "application/json"}, data)


def _dian(result: dict[str, Any], call: str = "SendBillSync") -> dict[str, Any]:
    return {"Envelope": {"Header": {}, "Body": {f"{call}Response": {f"{call}Result": result}}}}


def _sync(valid: object, code: object, errors: object = None, **more: object) -> dict[str, Any]:
    result = {"IsValid": valid, "StatusCode": code, "ErrorMessage": errors, "XmlDocumentKey": "abc", **more}
    return {"success": True, "message": "generada con éxito", "ResponseDian": _dian(result)}


def _send(body: object, status: int = 200) -> Receipt:
    return PROVIDER.read_send(_response(body, status))


@pytest.mark.parametrize(
    ("valid", "code", "errors", "status", "rules"),
    [
        ("true", "00", _NIL, Status.ACCEPTED, []),
        (True, "00", None, Status.ACCEPTED, []),
        ("true", "00", {"string": _NOTIFY}, Status.ACCEPTED_WITH_OBSERVATIONS, ["FAD09C"]),
        ("true", "00", {"string": [_NOTIFY, _NOTIFY]}, Status.ACCEPTED_WITH_OBSERVATIONS, ["FAD09C"] * 2),
        ("true", "", [], Status.ACCEPTED, []),
        ("false", "99", {"string": _REJECT}, Status.REJECTED, ["FAU04"]),
        (False, "99", {"string": [_NOTIFY, _REJECT]}, Status.REJECTED, ["FAD09C", "FAU04"]),
        ("false", 99, _REJECT, Status.REJECTED, ["FAU04"]),
        ("false", "98", None, Status.PENDING, []),
        ("false", "66", None, Status.PENDING, []),
        ("false", "", None, Status.PENDING, []),
        ("false", _NIL, None, Status.PENDING, []),
        ("false", "89", None, Status.UNKNOWN, []),
        ("false", "0", None, Status.UNKNOWN, []),
        ("false", "00", None, Status.UNKNOWN, []),
        ("true", "99", None, Status.UNKNOWN, []),
        (_NIL, "00", None, Status.UNKNOWN, []),
        ("quizá", "", None, Status.UNKNOWN, []),
    ],
)
def test_what_dian_says(
    valid: object, code: object, errors: object, status: Status, rules: list[str]
) -> None:
    """IsValid and StatusCode decide, in every spelling; a contradiction is unknown."""
    receipt = _send(_sync(valid, code, errors))
    assert (receipt.status, receipt.stage) == (status, "authority")
    assert [message.code for message in receipt.messages] == rules
    assert receipt.key == "abc"


def test_a_rule_is_taken_apart() -> None:
    """A rule string has a code, a severity and a text."""
    (message,) = _send(_sync("false", "99", {"string": _REJECT})).messages
    assert (message.code, message.severity, message.text) == ("FAU04", Severity.REJECT, "No corresponde")


def test_texts_never_decide() -> None:
    """A message that speaks of success, or of rejection, changes nothing."""
    rejected = _sync("false", "99", None, StatusDescription="Procesado Correctamente")
    accepted = _sync("true", "00", None, StatusDescription="Validación contiene errores: Rechazo")
    assert _send(rejected).status is Status.REJECTED
    assert _send(accepted).status is Status.ACCEPTED


def test_rule_90_is_a_duplicate() -> None:
    """A document that DIAN has already is to be asked about, not taken for rejected."""
    receipt = _send(_sync("false", "99", {"string": _REPEATED}))
    assert (receipt.status, receipt.duplicate, receipt.key) == (Status.UNKNOWN, True, "abc")


def test_a_duplicate_of_the_server() -> None:
    """The server's own check for repeats answers with a text and the key."""
    answer = {"success": False, "message": "Este documento ya fue enviado anteriormente, CUFE", "cufe": "ff"}
    receipt = _send(answer)
    assert (receipt.status, receipt.duplicate, receipt.key) == (Status.UNKNOWN, True, "ff")


@pytest.mark.parametrize("success", [False, "false"])
def test_success_false_is_unknown(success: object) -> None:
    """DIAN down, a certificate or a plan: HTTP 200, and nothing known of the document."""
    receipt = _send({"success": success, "message": "El certificado está vencido"})
    assert (receipt.status, receipt.stage, receipt.duplicate) == (Status.UNKNOWN, "provider", False)


def test_an_asynchronous_send_is_pending() -> None:
    """A test set answers with a ZipKey to ask with."""
    answer = {
        "success": True,
        "ResponseDian": _dian({"ErrorMessageList": _NIL, "ZipKey": "z-1"}, "SendTestSetAsync"),
        "cufe": "ff",
    }
    receipt = _send(answer)
    assert (receipt.status, receipt.track_id, receipt.key) == (Status.PENDING, "z-1", "ff")


def test_an_asynchronous_send_that_was_not_taken() -> None:
    """Without a ZipKey nothing is known; what DIAN says is kept."""
    errors = {"XmlParamsResponseTrackId": {"Success": "false", "ProcessedMessage": "El set no existe"}}
    result = {"ErrorMessageList": errors, "ZipKey": _NIL}
    receipt = _send({"success": True, "ResponseDian": _dian(result, "SendTestSetAsync")})
    assert (receipt.status, receipt.track_id) == (Status.UNKNOWN, None)
    assert [message.text for message in receipt.messages] == ["El set no existe"]


def test_the_servers_own_validation() -> None:
    """HTTP 422 never reached DIAN: a rejection by the provider, field by field."""
    answer = {
        "message": "The given data was invalid.",
        "errors": {"customer.dv": ["falta", "otra"], "date": "mal"},
    }
    receipt = _send(answer, 422)
    assert (receipt.status, receipt.stage) == (Status.REJECTED, "provider")
    assert [message.text for message in receipt.messages] == [
        "customer.dv: falta",
        "customer.dv: otra",
        "date: mal",
    ]
    assert PROVIDER.read_query(_response(answer, 422)).status is Status.UNKNOWN


def test_an_echo_is_no_answer() -> None:
    """The body comes back with HTTP 200: whatever names of DIAN's answer it has, nothing is known."""
    result = {"IsValid": "true", "StatusCode": "00", "ZipKey": "z-1", "XmlDocumentKey": "abc"}
    echo = {"number": 5, "cufe": "key-of-another", "spd": result, "ErrorMessage": _REPEATED}
    for read_answer in (PROVIDER.read_send, PROVIDER.read_query):
        receipt = read_answer(_response(echo))
        assert (receipt.status, receipt.key, receipt.track_id) == (Status.UNKNOWN, None, None)
        assert (receipt.duplicate, receipt.not_found) == (False, False)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 429, 500, 502, 503])
def test_other_answers_are_unknown(status: int) -> None:
    """Credentials, limits and failures say nothing of the document, whatever the body says."""
    for body in (_sync("true", "00"), {"message": "Unauthenticated."}, b"<html></html>", b""):
        assert _send(body, status).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b'"Undefined index: x"',
        b"Fatal error",
        b"[" * 90_000,
        b"{}",
        b'{"a":1,"a":2}',
    ],
)
@pytest.mark.parametrize("status", [200, 422])
def test_what_is_no_answer_is_unknown(body: bytes, status: int) -> None:
    """Malformed answers are receipts too; an empty object is the server's, and says nothing."""
    receipt = PROVIDER.read_send(_response(body, status))
    expected = Status.REJECTED if (body, status) == (b"{}", 422) else Status.UNKNOWN
    assert receipt.status is expected
    assert PROVIDER.read_query(_response(body, status)).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("call", "status", "not_found"),
    [("GetStatus", Status.UNKNOWN, True), ("GetStatusZip", Status.PENDING, False)],
)
def test_queries(call: str, status: Status, not_found: object) -> None:
    """A query's answer has one more level; an unknown ZipKey is pending, an unknown key is not there."""
    result = {"DianResponse": {"IsValid": "true", "StatusCode": "00", "XmlDocumentKey": "k"}}
    receipt = PROVIDER.read_query(_response({"success": True, "ResponseDian": _dian(result, call)}))
    assert (receipt.status, receipt.key) == (Status.ACCEPTED, "k")
    unknown = {"DianResponse": {"IsValid": "false", "StatusCode": "66", "XmlDocumentKey": _NIL}}
    receipt = PROVIDER.read_query(_response({"ResponseDian": _dian(unknown, call)}))
    assert (receipt.status, receipt.provider_code, receipt.not_found) == (status, "66", not_found)
    assert not PROVIDER.read_send(_response({"ResponseDian": _dian(unknown, call)})).not_found


def test_artefacts() -> None:
    """Files come as base64; what is none is left out."""
    answer = _sync("true", "00", None, XmlBase64Bytes=b64encode(b"<AR/>").decode())
    answer |= {"invoicexml": b64encode(b"<I/>").decode(), "attacheddocument": "***", "pdf": None}
    assert _send(answer).artefacts == {"application_response": b"<AR/>", "xml": b"<I/>"}


def test_no_secret_stays_in_the_raw_answer() -> None:
    """A token or a password that the server repeats is not kept."""
    receipt = _send({"api_token": "s3cret", "password": 's3"cret', "x": "Bearer s3cret.s3cret", "y": "kept"})
    assert "s3" not in receipt.raw
    assert "kept" in receipt.raw


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["IsValid", "StatusCode", "ErrorMessage", "string", "ZipKey", "success", "errors", "pdf"]
            ),
            inner,
            max_size=4,
        )
    ),
)


@given(_JSON, st.sampled_from([200, 401, 422, 500]))
def test_no_answer_raises(body: object, status: int) -> None:
    """Whatever stands in an answer, there is a receipt."""
    for read in (PROVIDER.read_send, PROVIDER.read_query):
        assert isinstance(read(_response(body, status)), Receipt)
