"""Every shape of SS Integral's answers, and what is concluded from each."""

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Status
from cuadre.senders.ssintegral import PROVIDER

from .documents import answered, of_dian

REJECTED = "Regla: DSAJ24a, Rechazo: no es el esperado"
NOTIFIED = "Regla: DSAS01, Notificación: revise"
REPEATED = "Regla: 90, Rechazo: Documento procesado anteriormente."
ZIP = "<RespuestaHabilitacion><ExtensionData /><ZipKey>zip-1</ZipKey></RespuestaHabilitacion>"
NIL = '<RespuestaProduccion xsi:nil="true" />'


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (of_dian("true", "00"), Status.ACCEPTED),
        (of_dian("true", "00", NOTIFIED), Status.ACCEPTED_WITH_OBSERVATIONS),
        (of_dian("true", "99"), Status.ACCEPTED),
        (of_dian("1", "00"), Status.ACCEPTED),
        (of_dian("false", "99", REJECTED), Status.REJECTED),
        (of_dian("false", "", REJECTED), Status.REJECTED),
        (of_dian("false", "66", REJECTED), Status.REJECTED),
        (of_dian("false", "", "Regla: X1 sin severidad"), Status.REJECTED),
        (of_dian("false", "77"), Status.REJECTED),
        (of_dian("false", ""), Status.PENDING),
        (of_dian("false", "98"), Status.PENDING),
        (of_dian("false", "66"), Status.PENDING),
        (of_dian("false", "89"), Status.UNKNOWN),
        (of_dian("false", "0"), Status.UNKNOWN),
        (of_dian("false", "99", REPEATED), Status.UNKNOWN),
        (NIL + ZIP, Status.PENDING),
        (ZIP, Status.PENDING),
        ("<RespuestaProduccion><IsValid>false</IsValid></RespuestaProduccion>" + ZIP, Status.PENDING),
        (of_dian("true", "00") + ZIP, Status.ACCEPTED),
        (NIL + "<StatusCode>00</StatusCode>", Status.ACCEPTED),
        (
            NIL + f"<StatusCode>00</StatusCode><ErrorMessage>{NOTIFIED}</ErrorMessage>",
            "accepted_with_observations",
        ),
        (NIL + f"<StatusCode>99</StatusCode><ErrorMessage>{REJECTED}</ErrorMessage>", Status.REJECTED),
        (NIL + f"<StatusCode>99</StatusCode><ErrorMessage>{REPEATED}</ErrorMessage>", Status.UNKNOWN),
        (NIL + "<StatusCode>98</StatusCode>", Status.PENDING),
        (NIL + "<StatusCode>89</StatusCode>", Status.UNKNOWN),
        (NIL + "<Descripcion>Documento procesado con éxito</Descripcion>", Status.UNKNOWN),
        (of_dian("false", "99", REJECTED) + "<StatusCode>00</StatusCode>", Status.REJECTED),
        ("", Status.UNKNOWN),
    ],
)
def test_status(result: str, status: str) -> None:
    """IsValid decides, then the ZipKey, then the flat code; a sentence never does."""
    assert PROVIDER.read_send(answered(result)).status == status


def test_messages_and_artefacts() -> None:
    """The nested list of rules, the CUDS among four keys, and the files are in the receipt."""
    keys = "<CUFE>f</CUFE><CUDE>e</CUDE><xml>PHg+</xml><FacturaPDF>JVBERg==</FacturaPDF>"
    receipt = PROVIDER.read_send(
        answered(keys + of_dian("false", "99", REJECTED, NOTIFIED) + "<CUNE>n</CUNE><CUDS>s</CUDS>")
    )
    assert receipt.key == "s"
    assert [(m.code, m.severity) for m in receipt.messages] == [
        ("DSAJ24A", Severity.REJECT),
        ("DSAS01", Severity.NOTIFY),
    ]
    assert receipt.artefacts == {"xml": b"<x>", "pdf": b"%PDF", "application_response": b"<a/>"}
    assert receipt.provider_code == "99"


def test_key_of_dian_stands_in() -> None:
    """Without a CUDS the key is that of DIAN's answer; a CUFE never is."""
    assert PROVIDER.read_send(answered("<CUFE>f</CUFE>" + of_dian("true", "00"))).key == "key-of-dian"
    assert PROVIDER.read_send(answered("<CUFE>f</CUFE>" + NIL)).key is None


def test_outer_message_is_one_text() -> None:
    """Beside a nil answer the rules come as one text and are taken apart."""
    text = f"<StatusCode>99</StatusCode><ErrorMessage>{REJECTED}\n{NOTIFIED}; {NOTIFIED}</ErrorMessage>"
    receipt = PROVIDER.read_send(answered(NIL + text))
    assert [message.code for message in receipt.messages] == ["DSAJ24A", "DSAS01", "DSAS01"]


def test_duplicate() -> None:
    """A document that DIAN has already is neither accepted nor rejected here."""
    receipt = PROVIDER.read_send(answered(of_dian("false", "99", REPEATED)))
    assert (receipt.duplicate, receipt.status) == (True, Status.UNKNOWN)


def test_zip_key_is_kept() -> None:
    """The ZipKey is the track id, and the errors of a test set are messages."""
    errors = (
        "<RespuestaHabilitacion><ErrorMessageList><XmlParamsResponseTrackId>"
        f"<ProcessedMessage>{NOTIFIED}</ProcessedMessage></XmlParamsResponseTrackId></ErrorMessageList>"
        "<ZipKey>zip-2</ZipKey></RespuestaHabilitacion>"
    )
    receipt = PROVIDER.read_send(answered(NIL + errors))
    assert (receipt.track_id, receipt.messages[0].code) == ("zip-2", "DSAS01")


FAULT_11 = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>'
    "<faultcode>soap:Server</faultcode><faultstring>no authentication</faultstring><detail />"
    "</soap:Fault></soap:Body></soap:Envelope>"
)
FAULT_12 = (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>'
    '<s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="es">caído</s:Text></s:Reason>'
    "</s:Fault></s:Body></s:Envelope>"
)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [(FAULT_11, "soap:Server", "no authentication"), (FAULT_12, "s:Receiver", "caído")],
)
def test_faults(text: str, code: str, said: str) -> None:
    """A fault of either version says nothing about the document."""
    receipt = PROVIDER.read_send(Response(500, {}, text.encode()))
    assert (receipt.status, receipt.stage) == (Status.UNKNOWN, "provider")
    assert (receipt.provider_code, receipt.messages[0].text) == (code, said)


@pytest.mark.parametrize(
    "body", [b"", b"<html>down</html>", b"Service Unavailable", b"<!DOCTYPE html><p>x</p>"]
)
def test_no_answer(body: bytes) -> None:
    """What is no SOAP says nothing about the document."""
    receipt = PROVIDER.read_send(Response(503, {}, body))
    assert (receipt.status, receipt.stage) == (Status.UNKNOWN, "transport")


def test_raw_has_no_credentials() -> None:
    """A server that repeats the request is not repeated."""
    echoed = (
        "<Clave>hush</Clave><a:Pin xmlns:a='x'>hush</a:Pin><PasswordCertificado>hush</PasswordCertificado>"
    )
    receipt = PROVIDER.read_send(answered(of_dian("true", "00") + echoed))
    assert "hush" not in receipt.raw
    assert "key-of-dian" in receipt.raw


def test_broken_artefact_is_left_out() -> None:
    """A file that is no base64 spoils nothing else."""
    receipt = PROVIDER.read_send(answered(of_dian("true", "00") + "<FacturaPDF>%%%</FacturaPDF>"))
    assert "pdf" not in receipt.artefacts
    assert receipt.status is Status.ACCEPTED


def test_no_answer_to_a_query() -> None:
    """There is no answer to a question that cannot be asked."""
    with pytest.raises(CuadreError):
        PROVIDER.read_query(answered(of_dian("true", "00")))
