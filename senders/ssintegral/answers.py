"""SS Integral's answers read into one receipt: DIAN's IsValid decides, and a fault says nothing."""

import binascii
import re
from base64 import b64decode

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.engine.model.element import Element
from cuadre.senders.contract import Response
from cuadre.senders.delivery.receipt import DUPLICATE_RULE, Receipt, RuleMessage, Status, judged, parse_rule
from cuadre.senders.delivery.receipt_limits import raw_text
from cuadre.senders.payloads.xml_text import NIL, read_xml

_VALID = {"true": True, "1": True, "false": False, "0": False}
_PROCESSED, _FAULTY = {"00"}, {"99"}
_IN_PROCESS = {"66", "98"}
"""98 is in process; 66 a track id that DIAN does not know, or, right after a send, not yet."""
_NOTHING_KNOWN = {"0", "89"}
_ARTEFACTS = (
    ("xml", "xml"),
    ("FacturaPDF", "pdf"),
    ("RespuestaProduccion/XmlBase64Bytes", "application_response"),
    ("ResponseDIAN", "response"),
    ("RespuestaProduccion/XmlBytes", "xml_bytes"),
)
_SECRET = re.compile(
    r"(<((?:\w+:)?(?:Clave|PasswordCertificado|RutaCertificado|Pin|ClaveTecnica))(?:\s[^<>]*)?>)[^<]*(</\2\s*>|\Z)"
)
_BETWEEN_RULES = re.compile(r"[\r\n]+|(?<=[^\s|;])[\s|;]+(?=Regla\s*:)")


def read_send(response: Response) -> Receipt:
    """Read the answer to a send: the nested answer of DIAN, else a ZipKey, else the flat copies of it."""
    text = raw_text(response.body)
    raw = _SECRET.sub(r"\1…\3", text)
    try:
        root = read_xml(response.body)
    except CuadreError as error:
        return Receipt(Status.UNKNOWN, "transport", reason=f"HTTP {response.status}: {error}", raw=raw)
    fault = root.find("Body/Fault")
    if fault is not None:
        return _of_fault(fault)._replace(raw=raw)
    results = [
        result
        for body in root.children
        for answer in body.children
        for result in answer.children
        if result.local_name.endswith("Result")
    ]
    if root.local_name != "Envelope" or not results:
        reason = f"HTTP {response.status}: no answer of SS Integral"
        return Receipt(Status.UNKNOWN, "transport", reason=reason, raw=raw)
    return _of_result(results[0])._replace(raw=raw)


def _of_fault(fault: Element) -> Receipt:
    """Read a fault of SOAP 1.1 or 1.2: whether the document arrived is not known."""
    code = _text(fault, "faultcode") or _text(fault, "Code/Value")
    said = _text(fault, "faultstring") or _text(fault, "Reason/Text")
    messages = (RuleMessage("", None, said),) if said else ()
    return Receipt(
        Status.UNKNOWN, "provider", messages=messages, provider_code=code or None, reason=said or "SOAP fault"
    )


def _of_result(result: Element) -> Receipt:
    nested = result.find("RespuestaProduccion")
    zip_key = _text(result, "RespuestaHabilitacion/ZipKey")
    valid = None if nested is None or _nil(nested) else _VALID.get(_text(nested, "IsValid").lower())
    if nested is not None and valid is not None and not (zip_key and _is_blank(nested)):
        receipt = _of_dian(nested, valid=valid)
    elif zip_key:
        receipt = Receipt(Status.PENDING, messages=_track_messages(result))
    else:
        receipt = _of_copies(result)
    return receipt._replace(
        key=_text(result, "CUDS") or receipt.key,
        track_id=zip_key or None,
        artefacts=_artefacts(result),
        reason=receipt.reason or _text(result, "Descripcion") or None,
    )


def _is_blank(nested: Element) -> bool:
    """Tell whether DIAN's answer is there and says nothing but .NET's false."""
    rest = [child for child in nested.children if child.local_name != "IsValid"]
    return not any(part.text.strip() for child in rest for part in (child, *child.children))


def _of_dian(nested: Element, *, valid: bool) -> Receipt:
    errors = nested.find("ErrorMessage")
    texts = [part.text for part in errors.children] or [errors.text] if errors is not None else []
    code = _text(nested, "StatusCode")
    messages = _rules(texts)
    return Receipt(
        _status(code, messages, valid=valid),
        messages=messages,
        key=_text(nested, "XmlDocumentKey") or None,
        provider_code=code or None,
        duplicate=not valid and _repeated(messages),
        reason=_text(nested, "StatusDescription") or _text(nested, "StatusMessage") or None,
    )


def _status(code: str, messages: tuple[RuleMessage, ...], *, valid: bool) -> Status:
    if valid:
        return judged(accepted=True, messages=messages)
    if _repeated(messages):
        return Status.UNKNOWN
    if code in _FAULTY or any(message.severity is Severity.REJECT for message in messages):
        return Status.REJECTED
    if code in _IN_PROCESS or not (code or messages):
        return Status.PENDING
    return Status.UNKNOWN if code in _NOTHING_KNOWN else judged(accepted=False, messages=messages)


def _of_copies(result: Element) -> Receipt:
    """Read the copies beside a nested answer that is nil: their code decides, since none is a boolean."""
    code, messages = _text(result, "StatusCode"), _rules([_text(result, "ErrorMessage")])
    duplicate = code not in _PROCESSED and _repeated(messages)
    status = Status.UNKNOWN
    if code in _PROCESSED:
        status = judged(accepted=True, messages=messages)
    elif code in _FAULTY and not duplicate:
        status = Status.REJECTED
    elif code in _IN_PROCESS:
        status = Status.PENDING
    return Receipt(
        status,
        "authority" if code else "provider",
        messages=messages,
        provider_code=code or None,
        duplicate=duplicate,
        reason=_text(result, "StatusDescription") or _text(result, "StatusMessage") or None,
    )


def _repeated(messages: tuple[RuleMessage, ...]) -> bool:
    return any(message.code == DUPLICATE_RULE for message in messages)


def _rules(texts: list[str]) -> tuple[RuleMessage, ...]:
    parts = [part for text in texts for part in _BETWEEN_RULES.split(text)]
    return tuple([parse_rule(part) for part in parts if part.strip()])


def _track_messages(result: Element) -> tuple[RuleMessage, ...]:
    errors = result.find("RespuestaHabilitacion/ErrorMessageList")
    tracks = errors.children if errors is not None else ()
    return _rules([_text(track, "ProcessedMessage") for track in tracks])


def _artefacts(result: Element) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path, name in _ARTEFACTS:
        text = _text(result, path)
        if text:
            try:
                found[name] = b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                continue
    return found


def _text(element: Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None or _nil(found) else found.text.strip()


def _nil(element: Element) -> bool:
    return element.attributes.get(NIL) in {"true", "1"}
