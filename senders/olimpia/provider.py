"""The provider object: Olimpia's status query behind the contract of ``cuadre.senders``."""

from typing import Never

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import Reference, Request, Response, Settings
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.olimpia.query import AUTH_HEADER, FORMAT, PREFIX, query_request
from cuadre.senders.olimpia.receipts import read_receipt
from cuadre.senders.payloads.payload import PayloadReading


class Olimpia:
    """Olimpia IT (APIRestUBL21), which can only be asked about documents: what it takes is not documented."""

    name = "olimpia"
    title = "Olimpia IT, status of documents"
    credentials = ("authorization",)
    settings = (FORMAT, PREFIX, AUTH_HEADER)
    sends = False

    def recognises(self, data: bytes) -> bool:
        """Say no: Olimpia has no payload."""
        del data
        return False

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Raise CuadreError: Olimpia has no payload."""
        del data, file
        _refuse("has no payload to read")

    def write(self, document: Document) -> bytes:
        """Raise CuadreError: Olimpia has no payload."""
        del document
        _refuse("has no payload to write")

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Raise CuadreError: Olimpia can only be asked."""
        del document, settings
        _refuse("sends nothing")

    def read_send(self, response: Response) -> Receipt:
        """Raise CuadreError: Olimpia can only be asked."""
        del response
        _refuse("sends nothing")

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Make the request that asks about a document by its number, as JSON, XML or a form."""
        return query_request(reference, settings)

    def read_query(self, response: Response) -> Receipt:
        """Read the answer to a query, JSON or XML."""
        return read_receipt(response)


def _refuse(what: str) -> Never:
    sentence = f"olimpia {what}: it can only be asked about a document"
    raise CuadreError(sentence, sender="olimpia")


PROVIDER = Olimpia()
