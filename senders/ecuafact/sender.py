"""Requests to Ecuafact; its answers are read in answers.py."""

import re
from urllib.parse import quote

from cuadre.senders.contract import Options, PayloadError, Reference, Request

_HEADERS = {"TokenId": "${token}", "Content-Type": "application/json", "Accept": "application/json"}
_NUMBER = re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{9}")


def send_request(body: bytes, options: Options) -> Request:
    """Make the request that sends ``body``; ``options.url`` is the server's address up to its host."""
    return Request("POST", _url(options), _HEADERS, body)


def query_request(reference: Reference, options: Options) -> Request:
    """Make the request that reads an invoice, by Ecuafact's id or else by its number.

    Raises PayloadError where neither is known: the server cannot be asked by access key.
    """
    name = reference.track_id or (reference.document_id if _NUMBER.fullmatch(reference.document_id) else "")
    if not name:
        known = reference.document_id
        sentence = f"Ecuafact is asked by its id or by a number 001-001-000000001, and {known!r} is none"
        raise PayloadError(sentence, pointer="", document=known)
    headers = {key: value for key, value in _HEADERS.items() if key != "Content-Type"}
    return Request("GET", f"{_url(options)}/{quote(name, safe='')}", headers)


def _url(options: Options) -> str:
    return f"{options.url.rstrip('/')}/v1/invoice"
