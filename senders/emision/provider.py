"""The provider object: e-Misión's payload and sender behind the contract of ``cuadre.senders``."""

from cuadre.engine.findings import Finding
from cuadre.engine.model.document import Document
from cuadre.senders.contract import Reference, Request, Response, Settings
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.emision.answers import read_answer
from cuadre.senders.emision.payload import read_payload, write_payload
from cuadre.senders.emision.remarks import remarks
from cuadre.senders.emision.sender import no_query, send_request
from cuadre.senders.emision.taxes import PROVIDER as NAME
from cuadre.senders.payloads.payload import PayloadReading

_STARTS = (b"{", b"\xef\xbb\xbf{")
_OWN_KEYS = (b'"spd_extensions"', b'"document_type_code"')
_KEY_OF_APIDIAN = b'"type_document_id"'


class Emision:
    """e-Misión (Nodexum), the equivalent document of public utilities: JSON with DIAN's own codes."""

    name = NAME
    title = "e-Misión (Nodexum), public utilities"
    credentials = ("token",)
    settings: tuple[str, ...] = ()
    sends = True
    unread = (401,)
    """Assumed, as the HTTP standard says it of 401. Were it wrong, DIAN's rule 90 would stop the repeat."""

    def recognises(self, data: bytes) -> bool:
        """Tell whether ``data`` is a JSON object with totals and e-Misión's keys."""
        return (
            data[:64].lstrip(b" \t\r\n").startswith(_STARTS)
            and b'"legal_monetary_totals"' in data
            and any(key in data for key in _OWN_KEYS)
            and _KEY_OF_APIDIAN not in data
        )

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Read a body; raise PayloadError or DocumentError, with the pointer, where it cannot."""
        return read_payload(data, file)

    def remarks(self, data: bytes, file: str | None = None) -> list[Finding]:
        """Return what the utilities' own figures have against each other, as lints."""
        return remarks(data, file)

    def write(self, document: Document) -> bytes:
        """Write a body; one that was read comes back as it was, but for what was changed since.

        Raises PayloadError, with the pointer, for what the body cannot hold.
        """
        return write_payload(document)

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Make the request that sends a document of public utilities."""
        return send_request(document, self.write(document), settings)

    def read_send(self, response: Response) -> Receipt:
        """Read the answer to a send, JSON to the letter or not."""
        return read_answer(response)

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Raise CuadreError: no query is documented."""
        del settings
        no_query(reference.document_id)

    def read_query(self, response: Response) -> Receipt:
        """Raise CuadreError: no query is documented."""
        del response
        no_query("any document")


PROVIDER = Emision()
