"""The provider object: apidian's payload and sender behind the contract of ``cuadre.senders``."""

import os
from collections.abc import Mapping

from cuadre.engine.model.document import Document
from cuadre.senders.apidian.answers import read_query, read_send
from cuadre.senders.apidian.operations import require_operation
from cuadre.senders.apidian.payload import NAME, read_payload
from cuadre.senders.apidian.sender import TEST_SET, query_request, send_request
from cuadre.senders.apidian.tables import FOLDER, Tables, load_folder, shipped_tables
from cuadre.senders.apidian.writing import write_body
from cuadre.senders.contract import Reference, Request, Response, Settings
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.own_tables import OwnTable
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.leftovers import leftovers_of, put_back
from cuadre.senders.payloads.payload import PayloadReading

_OWN_KEYS = (b'"type_document_id"', b'"unit_measure_id"')
_BOM = b"\xef\xbb\xbf"


class Apidian:
    """Apidian, with the shipped tables of ids, or with those of an installation (``load_folder``)."""

    name: str = NAME
    title: str = "apidian (facturalatam, Torre Software)"
    credentials: tuple[str, ...] = ("token",)
    settings: tuple[str, ...] = (TEST_SET,)
    sends: bool = True
    tables_variable: str = FOLDER

    def __init__(self, tables: Tables | None = None) -> None:
        self._own = tables

    @property
    def tables(self) -> Tables:
        """The tables of ids that are in use: given, or of the folder that the environment names."""
        folder = os.environ.get(FOLDER)
        return self._own or (load_folder(folder) if folder else shipped_tables())

    def recognises(self, data: bytes) -> bool:
        """Tell whether ``data`` is a JSON object with totals and apidian's ids."""
        return (
            data[:64].removeprefix(_BOM).lstrip(b" \t\r\n").startswith(b"{")
            and b'_monetary_totals"' in data
            and any(key in data for key in _OWN_KEYS)
        )

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Read a body; raise PayloadError or DocumentError, with the pointer, where it cannot."""
        return read_payload(data, self.tables, file)

    def write(self, document: Document) -> bytes:
        """Write a body; one that was read comes back as it was, but for what was changed since.

        Raises PayloadError, with the pointer, for what the format cannot hold.
        """
        leftovers = leftovers_of(document, NAME)
        body = write_body(document, self.tables, leftovers.get("style"))
        return write_json(put_back(body, leftovers))

    def take_tables(self, files: Mapping[str, bytes]) -> tuple[OwnTable, ...]:
        """Read the tables that a server lists; raise PayloadError, with file and pointer, where it cannot."""
        # Only the command takes a listing, and reading it is much code.
        from cuadre.senders.apidian.tables.listing import take_listing  # noqa: PLC0415

        return take_listing(files)

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Make the request that sends a document, to a test set where ``test_set_id`` is given.

        Raises PayloadError as ``write`` does, and where the document was read without its operation.
        """
        require_operation(document)
        return send_request(document, self.write(document), settings)

    def read_send(self, response: Response) -> Receipt:
        """Read the answer to a send, synchronous or not."""
        return read_send(response)

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Make the request that asks about a document, by ZipKey or by key."""
        return query_request(reference, settings)

    def read_query(self, response: Response) -> Receipt:
        """Read the answer to a query; a ZipKey that DIAN does not know (66) is pending."""
        return read_query(response)


PROVIDER = Apidian()
