"""Requests to e-Misión; its answers are read in answers.py."""

from typing import Never

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import PayloadError, Request, Settings
from cuadre.senders.emision.kinds import POINTER, UTILITIES

_HEADERS = {
    "Authorization": "Bearer ${token}",
    "Content-Type": "application/json",
    "Accept": "application/json",
}


def send_request(document: Document, body: bytes, settings: Settings) -> Request:
    """Make the request that sends ``body``; ``settings.url`` is the address up to the version, ``…/v1``.

    Raises PayloadError where the document is not of public utilities: no other address is documented.
    """
    if document.type_code != UTILITIES:
        sentence = f"{POINTER}: /service/spd takes type {UTILITIES} only, not {document.type_code}"
        raise PayloadError(sentence, pointer=POINTER, code=document.type_code)
    return Request("POST", f"{settings.url.rstrip('/')}/service/spd", _HEADERS, body)


def no_query(document_id: str) -> Never:
    """Raise CuadreError: e-Misión documents no way to ask about a document."""
    sentence = (
        f"e-Misión documents no query, so nothing can be asked about {document_id}; "
        "look for it in e-Misión's own application before it is sent again"
    )
    raise CuadreError(sentence, sender="emision", document=document_id)
