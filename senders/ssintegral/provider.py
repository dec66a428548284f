"""The provider object: SS Integral's envelope and sender behind the contract of ``cuadre.senders``."""

from typing import Never

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.senders.contract import PayloadError, Reference, Request, Response, Settings
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.payloads.leftovers import leftovers_of, put_back
from cuadre.senders.payloads.payload import Json, PayloadReading
from cuadre.senders.ssintegral.answers import read_send
from cuadre.senders.ssintegral.envelope import NAMESPACE, ROWS, SETTINGS, SOAP, sorted_body, write_envelope
from cuadre.senders.ssintegral.line_mapping import LineMapping, load_mapping
from cuadre.senders.ssintegral.payload import NAME, read_payload
from cuadre.senders.ssintegral.writing import OPERATIONS, examine, write_body

_LOOK = 4096
_CALLS = (b"EnviarDocumentoSoporteElectronico", b"EnviarDocumentoAjusteElectronico")
_SERVICE = "ServicioSSIntegral.asmx"
_SOAP, _MAPPING = "soap", "line_mapping"


class SSIntegral:
    """SS Integral, whose lines are read and written as a mapping says (``load_mapping``)."""

    name = NAME
    title = "SS Integral"
    credentials = ("nit", "password", "certificate_password", "pin")
    settings = (_SOAP, _MAPPING, *SETTINGS)
    sends = True
    unread = (401,)
    """Assumed, as the HTTP standard says it of 401. Were it wrong, DIAN's rule 90 would stop the repeat."""

    def __init__(self, mapping: LineMapping | None = None) -> None:
        self._mapping = mapping

    def recognises(self, data: bytes) -> bool:
        """Tell whether ``data`` is a call of one of SS Integral's two operations."""
        start = data[:_LOOK]
        return NAMESPACE.encode() in start and any(call in start for call in _CALLS)

    def read(self, data: bytes, file: str | None = None) -> PayloadReading:
        """Read an envelope; raise PayloadError or DocumentError, with the pointer, where it cannot."""
        return read_payload(data, file, self._mapping)

    def write(self, document: Document) -> bytes:
        """Write an envelope with placeholders for the account's secrets.

        One that was read comes back as it was but for those, and for what was changed since. Raises
        PayloadError for a document without its CUDS (``uuid``), with lines and no mapping for them, or
        with what the envelope has no element for.
        """
        return self._envelope(document, self._mapping, {})

    def send_request(self, document: Document, settings: Settings) -> Request:
        """Make the request that sends a document, as SOAP 1.1 unless the setting ``soap`` is 1.2."""
        version = settings.values.get(_SOAP, "1.1")
        if version not in SOAP:
            sentence = f"the setting soap is {version!r}, and there are {' and '.join(SOAP)}"
            raise PayloadError(sentence, pointer="", setting=_SOAP)
        file = settings.values.get(_MAPPING)
        mapping = load_mapping(file) if file else self._mapping
        body = self._envelope(document, mapping, {**settings.values, _SOAP: version})
        headers = {"Content-Type": SOAP[version].content_type}
        if version == "1.1":
            headers["SOAPAction"] = f'"{NAMESPACE}{OPERATIONS[document.kind]}"'
        return Request("POST", _url(settings), headers, body)

    def _envelope(self, document: Document, mapping: LineMapping | None, values: dict[str, str]) -> bytes:
        examine(document, mapping)
        leftovers = leftovers_of(document, NAME)
        body = put_back(write_body(document, mapping), leftovers)
        if not isinstance(body, dict):
            raise TypeError
        for row in ROWS:
            if row.setting in values:
                _put(body, row.steps, values[row.setting])
        version = values.get(_SOAP) or ("1.2" if leftovers.get(_SOAP) == "1.2" else "1.1")
        return write_envelope(OPERATIONS[document.kind], sorted_body(body), version)

    def read_send(self, response: Response) -> Receipt:
        """Read the answer to a send."""
        return read_send(response)

    def query_request(self, reference: Reference, settings: Settings) -> Request:
        """Raise CuadreError: SS Integral documents no question about a document."""
        del settings
        _no_query(reference)

    def read_query(self, response: Response) -> Receipt:
        """Raise CuadreError, as ``query_request`` does."""
        del response
        _no_query(None)


def _put(body: dict[str, Json], steps: tuple[str, ...], value: str) -> None:
    *outer, last = steps
    for step in outer:
        inner = body.setdefault(step, {})
        if isinstance(inner, dict):
            body = inner
    body[last] = value


def _url(settings: Settings) -> str:
    address = settings.url.rstrip("/")
    return address if address.endswith(".asmx") else f"{address}/{_SERVICE}"


def _no_query(reference: Reference | None) -> Never:
    track = f"; its ZipKey is {reference.track_id}" if reference and reference.track_id else ""
    sentence = f"SS Integral documents no operation that asks about a document: look at DIAN's site{track}"
    raise CuadreError(sentence, sender=NAME, track_id=reference.track_id if reference else None)


PROVIDER = SSIntegral()
