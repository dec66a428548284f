"""Requests to an apidian server; its answers are read in answers.py."""

from urllib.parse import quote

from cuadre.engine.model.document import Document
from cuadre.senders.apidian.kinds import endpoint
from cuadre.senders.contract import PayloadError, Reference, Request, Settings

TEST_SET = "test_set_id"
_HEADERS = {
    "Authorization": "Bearer ${token}",
    "Content-Type": "application/json",
    "Accept": "application/json",
}


def send_request(document: Document, body: bytes, settings: Settings) -> Request:
    """Make the request that sends ``body``: synchronous, or asynchronous to a test set.

    ``settings.url`` is the server's address up to ``/api``.
    """
    steps = [endpoint(document)]
    test_set = settings.values.get(TEST_SET)
    if test_set:
        steps.append(quote(test_set, safe=""))
    return Request("POST", _url(settings, steps), _HEADERS, body)


def query_request(reference: Reference, settings: Settings) -> Request:
    """Make the request that asks about a document, by its ZipKey or else by its key.

    Raises PayloadError where neither is known: the server cannot be asked by number.
    """
    if reference.track_id:
        steps = ["status", "zip", quote(reference.track_id, safe="")]
    elif reference.key:
        steps = ["status", "document", quote(reference.key, safe="")]
    else:
        sentence = f"apidian is asked by ZipKey or by key, and neither is known of {reference.document_id}"
        raise PayloadError(sentence, pointer="", document=reference.document_id)
    return Request("POST", _url(settings, steps), _HEADERS, b"{}")


def _url(settings: Settings, steps: list[str]) -> str:
    return "/".join([settings.url.rstrip("/"), "ubl2.1", *steps])
