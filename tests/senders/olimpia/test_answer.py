"""Answers of Olimpia, JSON and XML, as receipts and in full."""

import datetime as dt
import json
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import Receipt, Status
from cuadre.senders.olimpia import PROVIDER, Moment, read_status
from cuadre.senders.olimpia.status_answer import Person, StatusParty, moment

HERE = Path(__file__).parent
_CORPUS = Path(os.environ.get("CUADRE_CORPUS") or HERE.parent.parent.parent.parent / "shared" / "corpus")
_SEEDS = list(_CORPUS.parent.glob("seeds/002_*.txt"))


def fixture(name: str) -> bytes:
    """Return a fixture's bytes."""
    return (HERE / "fixtures" / name).read_bytes()


def read(body: bytes, http: int = 200) -> Receipt:
    """Read an answer to a query."""
    return PROVIDER.read_query(Response(http, {}, body))


def said(**values: object) -> Receipt:
    """Read an answer that says so much."""
    return read(json.dumps({"cufe": "c1", **values}).encode())


@pytest.mark.parametrize("name", ["answer.json", "answer.xml"])
def test_receipt(name: str) -> None:
    """An acceptance with notifications has observations; the buyer's refusal changes nothing of it."""
    receipt = read(fixture(name))
    assert (receipt.status, receipt.stage, receipt.key, receipt.provider_code) == (
        Status.ACCEPTED_WITH_OBSERVATIONS,
        "authority",
        "5f3c9e",
        "EXITOSO",
    )
    assert [(one.code.lower(), one.severity, one.text) for one in receipt.messages] == [
        ("faj43b", Severity.NOTIFY, "Nombre no corresponde"),
        ("faq07", Severity.NOTIFY, "Descuento"),
    ]
    assert (receipt.buyer_status, receipt.raw) == ("rejected", fixture(name).decode())


def test_both_formats_say_the_same() -> None:
    """JSON and XML of one document are one answer."""
    assert read_status(fixture("answer.json")) == read_status(fixture("answer.xml"))


@pytest.mark.parametrize("name", ["answer.json", "answer.xml"])
def test_in_full(name: str) -> None:
    """Amounts, flags and people are read under names of any case."""
    answer = read_status(fixture(name))
    assert (answer.file_type_code, answer.prefix, answer.number) == (2, "NC", "204")
    assert (str(answer.total), str(answer.iva_total)) == ("119000.10", "19000.1")
    assert (answer.is_accepted_by_the_client, answer.is_contingency) == (False, False)
    assert (answer.related_document_number, answer.dian_rejected_cause[0]) == (None, "03")
    assert answer.supplier == StatusParty(
        "Acueducto del Río ESP",
        "31",
        "900123456",
        "8",
        "facturas@acueducto.example",
        "601 555 0101",
        (Person("Ana Ruiz", "ana@acueducto.example", "601 555 0105"),),
    )
    assert answer.acquirer is not None
    assert answer.acquirer.people == (
        Person("Inés Mora", "ines@ribera.example", "300 555 0103"),
        Person("Juan Rey", None, "300 555 0104"),
    )


def test_moments() -> None:
    """Seven decimals of a second are kept in the text, and six of them in the datetime."""
    moments = read_status(fixture("answer.xml")).moments
    bogota = dt.timezone(dt.timedelta(hours=-5))
    assert moments["issuedate"] == Moment(
        "2026-11-02T09:30:15.1234567-05:00",
        dt.datetime(2026, 11, 2, 9, 30, 15, 123456, tzinfo=bogota),
    )
    assert moments["xmlgenerationdate"].at == dt.datetime(2026, 11, 2, 14, 30, 16, tzinfo=dt.UTC)
    sent = moments["xmlsendingdate"].at
    assert sent is not None
    assert (sent.tzinfo, sent.hour) == (None, 9)
    assert "pdfgenerationdate" not in moments


@settings(deadline=None, derandomize=True, database=None)
@given(
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1)),  # noqa: DTZ001 - the zone is written below
    st.integers(0, 7),
    st.sampled_from(["", "Z", "-05:00"]),
)
def test_any_moment(when: dt.datetime, digits: int, zone: str) -> None:
    """Whatever the number of decimals, the datetime is the text cut to the microsecond."""
    fraction = f"{when.microsecond:06}7"[:digits]
    text = when.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + (f".{fraction}" if fraction else "") + zone
    found = moment(text)
    assert found.text == text
    assert found.at is not None
    expected = when.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    assert found.at.replace(tzinfo=None) == expected


@pytest.mark.parametrize("text", ["", "ayer", "2026-13-01T00:00:00", "2026-11-02", "2026-11-02T25:00:00Z"])
def test_no_moment(text: str) -> None:
    """What is no date and time keeps its text."""
    assert moment(text) == Moment(text, None)


@pytest.mark.parametrize(
    ("word", "status", "stage"),
    [
        ("EXITOSO", Status.ACCEPTED, "authority"),
        (" exitoso ", Status.ACCEPTED, "authority"),
        ("FALLIDO", Status.REJECTED, "authority"),
        ("RECIBIDO", Status.PENDING, "provider"),
        ("VALIDANDO", Status.PENDING, "provider"),
        ("SIN INFORMACION", Status.PENDING, "provider"),
        ("Sin  información", Status.PENDING, "provider"),
        (None, Status.PENDING, "provider"),
        ("", Status.PENDING, "provider"),
        ("ERROR", Status.UNKNOWN, "provider"),
        ("OTRO", Status.UNKNOWN, "provider"),
        ("NO EXITOSO", Status.UNKNOWN, "provider"),
    ],
)
def test_statuses(word: str | None, status: Status, stage: str) -> None:
    """DIAN's status decides; a word that is not documented says nothing."""
    receipt = said(dianStatus=word)
    assert (receipt.status, receipt.stage) == (status, stage)


@pytest.mark.parametrize(
    ("word", "reasons", "status", "codes"),
    [
        ("EXITOSO", "Notificacion sin regla", Status.ACCEPTED_WITH_OBSERVATIONS, [""]),
        ("EXITOSO", "Procesado Correctamente.", Status.ACCEPTED, [""]),
        ("EXITOSO", None, Status.ACCEPTED, []),
        ("FALLIDO", "Regla: FAU14, Rechazo: a;Regla: FAU04, Rechazo: b", Status.REJECTED, ["FAU14", "FAU04"]),
        ("RECIBIDO", "Regla: FAU14, Rechazo: a", Status.PENDING, ["FAU14"]),
    ],
)
def test_reasons(word: str, reasons: str | None, status: Status, codes: list[str]) -> None:
    """Reasons tell an acceptance from one with observations, and decide nothing else."""
    receipt = said(dianStatus=word, dianReasons=reasons)
    assert (receipt.status, [message.code for message in receipt.messages]) == (status, codes)


def test_duplicate() -> None:
    """A failure by rule 90 is of a second send: of the document itself nothing is known."""
    receipt = said(dianStatus="FALLIDO", dianReasons="Regla: 90, Rechazo: Documento procesado anteriormente.")
    assert (receipt.status, receipt.duplicate) == (Status.UNKNOWN, True)


@pytest.mark.parametrize(
    ("accepted", "word", "buyer"),
    [
        (True, None, "accepted"),
        (False, None, "rejected"),
        (None, None, None),
        (None, "ENVIADO", "sent"),
        (None, "aprobado", "accepted"),
        (True, "RECHAZADO", "accepted"),
        ("false", "", "rejected"),
        ("quizás", "Leído", "Leído"),
    ],
)
@pytest.mark.parametrize("dian", ["EXITOSO", "FALLIDO", None])
def test_buyer(accepted: object, word: str | None, buyer: str | None, dian: str | None) -> None:
    """The buyer's answer is an axis of its own: the boolean decides, then the word."""
    receipt = said(isAcceptedByTheClient=accepted, clientStatus=word, dianStatus=dian)
    assert (receipt.buyer_status, receipt.status) == (buyer, said(dianStatus=dian).status)


def test_nulls() -> None:
    """A document that is not known is answered with nulls, which is no proof that it is not there."""
    nulls = b'{"fileTypeCodeId": null, "cufe": null, "dianStatus": null}'
    xml = b"""<StatusResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
        <dianStatus i:nil="true"/></StatusResponse>"""
    for receipt in (read(nulls), read(xml)):
        assert (receipt.status, receipt.not_found, receipt.key) == (Status.PENDING, False, None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  ",
        b"null",
        b"[]",
        b'"EXITOSO"',
        b"{}",
        b'{"Message": "An error has occurred."}',
        b'{"dianStatus": "EXITOSO"',
        b"<html><body>EXITOSO</body></html>",
        b"<!DOCTYPE html><html></html>",
        b"<StatusResponse><dianStatus>EXITOSO</dianStatus>",
        b"<StatusResponse/>",
        b"<StatusResponse>EXITOSO</StatusResponse>",
        b'<!DOCTYPE a [<!ENTITY b "EXITOSO">]><StatusResponse><dianStatus>&b;</dianStatus></StatusResponse>',
        b"\xff\xfe\x00",
        b'{"dianStatus": "EXITOSO", "dianStatus": "FALLIDO"}',
    ],
)
def test_what_is_no_answer(body: bytes) -> None:
    """An empty, malformed or foreign answer says nothing of the document."""
    receipt = read(body)
    assert (receipt.status, receipt.raw) == (Status.UNKNOWN, body.decode("utf-8", "replace"))


@pytest.mark.parametrize("http", [201, 302, 400, 401, 403, 404, 429, 500, 503])
def test_other_http_statuses(http: int) -> None:
    """Only a 200 speaks of a document."""
    assert read(fixture("answer.json"), http).status is Status.UNKNOWN


def test_odd_values_do_not_hide_the_status() -> None:
    """What is not of its type stops the full answer, and not the receipt."""
    body = b'{"dianStatus": "EXITOSO", "total": "mucho", "acquirer": "nadie"}'
    assert read(body).status is Status.ACCEPTED
    with pytest.raises(CuadreError):
        read_status(body)


@pytest.mark.corpus
@pytest.mark.skipif(not _SEEDS, reason=f"no seeds at {_CORPUS.parent / 'seeds'}: set $CUADRE_CORPUS")
def test_samples_of_the_seed() -> None:
    """The two samples of the seed are one answer, with the case of every name as it is."""
    text = _SEEDS[0].read_text(encoding="utf-8")
    samples = [
        re.search(pattern, text, re.DOTALL)
        for pattern in (r'\{ "fileTypeCodeId".*?"note": "[^"]*" \}', "<StatusResponse.*?</StatusResponse>")
    ]
    answers = [read_status(sample[0].encode()) for sample in samples if sample]
    assert len(answers) == 2
    assert answers[0] == answers[1]
    answer = answers[0]
    assert answer.supplier is not None
    assert answer.supplier.people[0].email == "sample string 2"
    assert (answer.supplier.email, answer.total, len(answer.moments)) == ("sample string 8", Decimal(1), 9)
