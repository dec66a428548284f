"""Requests to Ecuafact; its answers are read in answers.py."""

from urllib.parse import quote

from cuadre.senders.contract import PayloadError, Reference, Request, Settings

_HEADERS = {"TokenId": "${token}", "Content-Type": "application/json", "Accept": "application/json"}


def send_request(body: bytes, settings: Settings) -> Request:
    """Make the request that sends ``body``; ``settings.url`` is the server's address up to its host."""
    return Request("POST", _url(settings), _HEADERS, body)


def query_request(reference: Reference, settings: Settings) -> Request:
    """Make the request that reads an invoice, by Ecuafact's id, or by the number that Ecuafact gave it.

    Both are track ids here. The number of a Document is the caller's own, and the server's invoice of that
    number may be another one; nor can it be asked by access key. Raises PayloadError without a track id.
    """
    if not reference.track_id:
        known = reference.document_id
        sentence = f"Ecuafact is asked by the id or the number that it gave, and none is known of {known}"
        raise PayloadError(sentence, pointer="", document=known)
    headers = {key: value for key, value in _HEADERS.items() if key != "Content-Type"}
    return Request("GET", f"{_url(settings)}/{quote(reference.track_id, safe='')}", headers)


def _url(settings: Settings) -> str:
    return f"{settings.url.rstrip('/')}/v1/invoice"
