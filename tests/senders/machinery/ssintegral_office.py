"""An SS Integral server: SOAP 1.1 and 1.2; DIAN's answer, or a ZipKey that nobody can ask it about."""

import re
from xml.sax.saxutils import escape

from .office import ADVICE, NOTICE, REJECTION, REPEATED, Answer, Booking, Call, Office

ACCOUNT = {"nit": "user-ssintegral-1", "password": 'cl<ave>&"vault75315ss"\\páramo'}
_CALL = "EnviarDocumentoSoporteElectronico"
_SPACE = "https://factura.ssintegral.com/"
_CONTENT = {"text/xml; charset=utf-8": "1.1", "application/soap+xml; charset=utf-8": "1.2"}
_ENVELOPES = {
    "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
    "1.2": "http://www.w3.org/2003/05/soap-envelope",
}
_OF_DIAN = {
    "accepted": ("true", "00", ()),
    "observed": ("true", "00", (NOTICE,)),
    "rejected": ("false", "99", (REJECTION, ADVICE)),
    "one error": ("false", "99", (REJECTION,)),
    "in process": ("false", "98", ()),
    "zip fault": ("false", "89", ()),
    "taken": ("false", "99", (REPEATED,)),
}
_WITHOUT_DIAN = {
    "waiting": "<RespuestaHabilitacion><ZipKey>{}</ZipKey></RespuestaHabilitacion>",
    "flat": "<StatusCode>00</StatusCode><StatusDescription>Procesado</StatusDescription>",
    "invalid": "<Descripcion>Falta la resolución</Descripcion>",
}
_NIL = '<RespuestaProduccion xsi:nil="true" />'


class SSIntegralOffice(Office):
    """Takes support documents; no question is documented."""

    kept = frozenset({"flat", "in process"})

    def asks(self, call: Call) -> bool:
        """Say no: nothing can be asked."""
        del call
        return False

    def turned_away(self, call: Call) -> Answer | None:
        """Know one address, two ways to call, and one account, which stands in the body."""
        version = _version(call)
        action = f'"{_SPACE}{_CALL}"' if version == "1.1" else None
        if call.path != "/ServicioSSIntegral.asmx" or call.headers.get("soapaction") != action:
            return self.refusal(404, call)
        account = {"nit": _element("NIT", call), "password": _element("Clave", call)}
        given = {name: escape(value, {'"': "&quot;", "'": "&apos;"}) for name, value in ACCOUNT.items()}
        return None if account == given else _said(call, _NIL + "<Descripcion>Cuenta no válida</Descripcion>")

    def named(self, call: Call) -> tuple[str, str]:
        """Read number and CUDS: whoever sends computes it."""
        return _element("Prefijo", call) + _element("NumeroDocumento", call), _element("CUDS", call)

    def reply(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Answer with DIAN's answer, with a ZipKey, with the flat copies, or with a sentence only."""
        if outcome in _OF_DIAN:
            inside = _of_dian(outcome, booking)
        else:
            inside = _NIL + _WITHOUT_DIAN[outcome].format(booking.track_id)
        return _said(call, f"<CUFE /><CUDE /><QR />{inside}<CUNE /><CUDS>{self.named(call)[1]}</CUDS>")

    def report(self, call: Call, outcome: str, booking: Booking) -> Answer:
        """Raise: nobody can ask."""
        del call, outcome, booking
        raise NotImplementedError

    def refusal(self, status: int, call: Call) -> Answer:
        """Answer with a page of the web server; the service itself fails with a fault, and says why."""
        if status != 500:
            return Answer(status, f"<!DOCTYPE html><title>HTTP {status}</title>".encode(), "text/html")
        said = escape(f"object reference {dict(call.headers)} {call.body.decode()}")
        if _version(call) == "1.1":
            inside = f"<faultcode>s:Server</faultcode><faultstring>{said}</faultstring><detail />"
        else:
            code = "<s:Code><s:Value>s:Receiver</s:Value></s:Code>"
            inside = f'{code}<s:Reason><s:Text xml:lang="es">{said}</s:Text></s:Reason>'
        return _envelope(call, f"<s:Fault>{inside}</s:Fault>", 500)


def _of_dian(outcome: str, booking: Booking) -> str:
    valid, code, rules = _OF_DIAN[outcome]
    errors = "".join(f"<string>{rule}</string>" for rule in rules)
    return (
        f"<RespuestaProduccion><ExtensionData /><ErrorMessage>{errors}</ErrorMessage>"
        f"<IsValid>{valid}</IsValid>"
        f"<StatusCode>{code}</StatusCode><StatusDescription>Procesado Correctamente.</StatusDescription>"
        f"<XmlBase64Bytes>PEFSLz4=</XmlBase64Bytes><XmlDocumentKey>{booking.key}</XmlDocumentKey>"
        "</RespuestaProduccion>"
    )


def _said(call: Call, result: str) -> Answer:
    answer = f"<{_CALL}Result>{result}</{_CALL}Result>"
    return _envelope(call, f'<{_CALL}Response xmlns="{_SPACE}">{answer}</{_CALL}Response>', 200)


def _envelope(call: Call, inside: str, status: int) -> Answer:
    version = _version(call)
    spaces = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="{_ENVELOPES[version]}"'
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope {spaces}><s:Body>{inside}</s:Body></s:Envelope>'
    )
    return Answer(status, text.encode(), call.headers["content-type"])


def _version(call: Call) -> str:
    return _CONTENT[call.headers["content-type"]]


def _element(name: str, call: Call) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", call.body.decode())
    return found[1] if found else ""
