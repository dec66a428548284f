"""The request for a document's status, in three formats."""

import json
from urllib.parse import parse_qs

import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.senders.contract import Reference, Request, Response, Settings, register
from cuadre.senders.olimpia import PROVIDER
from cuadre.senders.payloads.xml_text import read_xml

MODELS = "http://schemas.datacontract.org/2004/07/APIRestUBL21.Models"


def ask(kind: str = "invoice", number: str = "SETP990", **values: str) -> Request:
    """Make a request with settings."""
    return PROVIDER.query_request(Reference(number, kind), Settings("https://olimpia.example/api/", values))


def test_registers() -> None:
    """It is a provider that can only be asked."""
    provider = register("olimpia", PROVIDER)
    assert (provider.sends, provider.settings) == (False, ("format", "prefix", "auth_header"))


def test_json() -> None:
    """JSON is the default, with prefix and number in one."""
    request = ask()
    assert (request.method, request.url) == ("POST", "https://olimpia.example/api/GetDocumentStatus")
    assert json.loads(request.body) == {"fileTypeCode": 1, "documentPrefixAndNumber": "SETP990"}
    assert request.headers == {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Authorization": "${authorization}",
    }


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("invoice", 1),
        ("credit_note", 2),
        ("debit_note", 3),
        ("support_document", 4),
        ("support_document_adjustment", 5),
    ],
)
def test_kinds(kind: str, number: int) -> None:
    """Each kind has Olimpia's number."""
    assert json.loads(ask(kind).body)["fileTypeCode"] == number


@pytest.mark.parametrize("prefix", ["", "SETP"])
def test_xml(prefix: str) -> None:
    """XML has the namespace of the data contract, and its elements in the order of the alphabet."""
    request = ask(format="xml", prefix=prefix)
    root = read_xml(request.body)
    said = [(child.name, child.text) for child in root.children]
    expected = (
        [("fileTypeCode", "1"), ("number", "990"), ("prefix", "SETP")]
        if prefix
        else [("documentPrefixAndNumber", "SETP990"), ("fileTypeCode", "1")]
    )
    assert root.name == f"{{{MODELS}}}DocumentStatus"
    assert said == [(f"{{{MODELS}}}{name}", text) for name, text in expected]
    assert request.headers["Content-Type"] == "application/xml"


def test_xml_is_escaped() -> None:
    """A number that holds marks of XML stays a number."""
    root = read_xml(ask(number='<a>&"1', format="xml").body)
    assert root.children[0].text == '<a>&"1'


def test_form() -> None:
    """A form has the same fields."""
    request = ask(number="A&B 1", format="form", prefix="A&B ")
    assert parse_qs(request.body.decode()) == {"fileTypeCode": ["1"], "prefix": ["A&B "], "number": ["1"]}
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("name", "header"), [("X-Api-Key", {"X-Api-Key": "${authorization}"}), ("", {})])
def test_authorization(name: str, header: dict[str, str]) -> None:
    """The credential goes into the header that is named, or into none."""
    headers = dict(ask(auth_header=name).headers)
    del headers["Content-Type"], headers["Accept"]
    assert headers == header


@pytest.mark.parametrize(
    ("kind", "values", "named"),
    [
        ("equivalent_document", {}, "kind"),
        ("nothing", {}, "kind"),
        ("invoice", {"format": "yaml"}, "setting"),
        ("invoice", {"prefix": "FE"}, "setting"),
        ("invoice", {"prefix": "SETP990"}, "setting"),
        ("invoice", {"auth_header": "A: b\r\nC"}, "setting"),
    ],
)
def test_refused(kind: str, values: dict[str, str], named: str) -> None:
    """What Olimpia cannot be asked is an error that names the cause."""
    with pytest.raises(CuadreError) as caught:
        ask(kind, **values)
    assert named in caught.value.detail


def test_only_asked() -> None:
    """It recognises no payload, and reads, writes and sends none."""
    document = Document(kind=DocumentKind.INVOICE)
    assert not PROVIDER.recognises(b"{}")
    for call in (
        lambda: PROVIDER.read(b"{}"),
        lambda: PROVIDER.write(document),
        lambda: PROVIDER.send_request(document, Settings("")),
        lambda: PROVIDER.read_send(Response(200, {}, b"{}")),
    ):
        with pytest.raises(CuadreError) as caught:
            call()
        assert caught.value.detail == {"sender": "olimpia"}
