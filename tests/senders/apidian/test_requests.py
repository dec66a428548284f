"""Requests: where each kind of document goes, and how it is asked about."""

import pytest

from cuadre.senders.apidian import PROVIDER
from cuadre.senders.contract import PayloadError, Provider, Reference, Settings, register

from .bodies import CORPUS_FILES, Body, load, needs_corpus, own, read

_URL = "https://apidian.example/api"
_ENDPOINTS = [
    ({"type_document_id": 1}, "invoice"),
    ({"type_document_id": 2}, "invoice-export"),
    ({"type_document_id": 3}, "invoice-contingency"),
    ({"type_document_id": 12}, "invoice-contingency-4"),
    ({"type_document_id": 4}, "credit-note"),
    ({"type_document_id": 5}, "debit-note"),
    ({"type_document_id": 11}, "support-document"),
    ({"type_document_id": 13}, "sd-credit-note"),
    ({"type_document_id": 15}, "eqdoc"),
    ({"type_document_id": 24, "type_operation_id": 28}, "eqdoc"),
    ({"type_document_id": 25}, "debit-note"),
    ({"type_document_id": 26}, "credit-note"),
    ({"type_document_id": 1, "type_operation_id": 9}, "invoice-aiu"),
    ({"type_document_id": 1, "noteAIU": "x"}, "invoice-aiu"),
    ({"type_document_id": 1, "invoice_lines": [{"agentparty": 1}]}, "invoice-mandate"),
]


def test_it_is_a_provider() -> None:
    """The object fulfils the contract."""
    provider: Provider = PROVIDER
    assert register("apidian", provider) is provider


@pytest.mark.parametrize(("body", "endpoint"), _ENDPOINTS)
def test_endpoints(body: Body, endpoint: str) -> None:
    """Each kind of document has an endpoint; a test set makes the send asynchronous."""
    document = read(body).document
    sync = PROVIDER.send_request(document, Settings(_URL + "/"))
    assert (sync.method, sync.url) == ("POST", f"{_URL}/ubl2.1/{endpoint}")
    test = PROVIDER.send_request(document, Settings(_URL, {"test_set_id": "a/b"}))
    assert test.url == f"{_URL}/ubl2.1/{endpoint}/a%2Fb"


def test_the_body_and_the_headers() -> None:
    """What is sent is the payload; the token is a place to put it."""
    request = PROVIDER.send_request(read(own("invoice")).document, Settings(_URL))
    assert load(request.body) == own("invoice")
    assert request.headers["Authorization"] == "Bearer ${token}"
    assert request.headers["Content-Type"] == request.headers["Accept"] == "application/json"
    assert PROVIDER.credentials == ("token",)


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        (Reference("PRU1", "invoice", "ab", "zip-1"), "status/zip/zip-1"),
        (Reference("PRU1", "invoice", "ab"), "status/document/ab"),
        (Reference("PRU1", "invoice", None, "a b"), "status/zip/a%20b"),
    ],
)
def test_queries(reference: Reference, path: str) -> None:
    """A document is asked about by its ZipKey, and else by its key."""
    assert PROVIDER.query_request(reference, Settings(_URL)).url == f"{_URL}/ubl2.1/{path}"


def test_a_query_without_a_key() -> None:
    """The server cannot be asked by number."""
    with pytest.raises(PayloadError) as caught:
        PROVIDER.query_request(Reference("PRU1", "invoice"), Settings(_URL))
    assert caught.value.detail["document"] == "PRU1"


@pytest.mark.corpus
@needs_corpus
def test_public_bodies_go_where_their_authors_send_them() -> None:
    """The endpoint is that of the public collection; batches, previews and the like are other services."""
    wrong = []
    for path in CORPUS_FILES:
        case = load(path.read_bytes())
        given = case["_endpoint"].removeprefix("/api/ubl2.1/").removesuffix("/{testSetId}")
        given = given.removeprefix("add-to-batch/").removesuffix("/batch1").removesuffix("/preeliminar-view")
        url = PROVIDER.send_request(read(case["payload"]).document, Settings(_URL)).url
        if url.rpartition("/")[2] != given and given != "regeneratepdf":
            wrong.append((path.stem, given, url))
    assert wrong == []
