"""The provider object: Ecuafact's payload and sender behind the contract of ``cuadre.senders``."""

from cuadre.engine.model.document import Document
from cuadre.senders.contract import Reference, Request, Response, Settings
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.ecuafact.answers import read_query, read_send
from cuadre.senders.ecuafact.field_map import ADDITIONAL
from cuadre.senders.ecuafact.payload import NAME, SPELLING, read_payload
from cuadre.senders.ecuafact.sender import query_request, send_request
from cuadre.senders.ecuafact.writing import write_body
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.leftovers import leftovers_of, put_back
from cuadre.senders.payloads.payload import PayloadReading

_STARTS = (b"{", b"\xef\xbb\xbf{")
_OWN_KEYS = (b'"SubtotalVat', b'"Details"')


class Ecuafact:
    """Ecuafact's invoices. The server numbers them: the number of a Document is the caller's own."""

    name = NAME
    title = "Ecuafact"
    credentials = ("token",)
    settings: tuple[str, ...] = ()
    sends = True

    def recognises(self, data: bytes) -> bool:
        """Tell whether ``data`` is a JSON object with Ecuafact's subtotals and details."""
        start = data[:64].lstrip(b" \t\r\n")
        return start.startswith(_STARTS) and all(key in data for key in _OWN_KEYS)

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Read a body; raise PayloadError or DocumentError, with the pointer, where it cannot."""
        return read_payload(data, file)

    def write(self, document: Document) -> bytes:
        """Write a body; one that was read comes back as it was, but for what was changed since.

        Raises PayloadError, with the pointer, for what the format cannot hold.
        """
        leftovers = leftovers_of(document, NAME)
        spelling = ADDITIONAL[1] if leftovers.get(SPELLING) == ADDITIONAL[1] else ADDITIONAL[0]
        return write_json(put_back(write_body(document, spelling), leftovers))

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Make the request that sends a document; one that says no status is issued, and not a draft."""
        return send_request(self.write(document), settings)

    def read_send(self, response: Response) -> Receipt:
        """Read the answer to a send; HTTP 400 is the server's own validation, which SRI never saw."""
        return read_send(response)

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Make the request that reads an invoice, by Ecuafact's id."""
        return query_request(reference, settings)

    def read_query(self, response: Response) -> Receipt:
        """Read the answer to a query."""
        return read_query(response)


PROVIDER = Ecuafact()
