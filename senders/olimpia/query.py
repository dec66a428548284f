"""The one request to Olimpia, GetDocumentStatus, in the three formats that it takes."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.element import Element
from cuadre.senders.contract import Reference, Request, Settings
from cuadre.senders.olimpia.kinds import file_type
from cuadre.senders.payloads.xml_text import write_xml

NAMESPACE = "http://schemas.datacontract.org/2004/07/APIRestUBL21.Models"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
FORMAT, PREFIX, AUTH_HEADER = "format", "prefix", "auth_header"
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")

Values = Mapping[str, str | int]


def query_request(reference: Reference, settings: Settings) -> Request:
    """Make the request that asks about a document by its number.

    ``settings.url`` is the address up to the operation. ``format`` is json, xml or form; ``prefix``, where
    it is given, is sent apart from the number. How Olimpia wants to know who asks is not documented: the
    credential ``authorization`` is sent whole, in the header that ``auth_header`` names; an empty name
    sends none.
    """
    name = settings.values.get(FORMAT) or "json"
    if name not in _FORMATS:
        sentence = f"{FORMAT} is {name!r}, must be one of {', '.join(_FORMATS)}"
        raise CuadreError(sentence, sender="olimpia", setting=FORMAT, known=tuple(_FORMATS))
    content_type, accept, write = _FORMATS[name]
    return Request(
        "POST",
        f"{settings.url.rstrip('/')}/GetDocumentStatus",
        {"Content-Type": content_type, "Accept": accept, **_authorization(settings)},
        write(_values(reference, settings)),
    )


def _values(reference: Reference, settings: Settings) -> Values:
    number, prefix = reference.document_id, settings.values.get(PREFIX)
    code = file_type(reference.kind)
    if not prefix:
        return {"fileTypeCode": code, "documentPrefixAndNumber": number}
    if not number.startswith(prefix) or number == prefix:
        sentence = f"{PREFIX} is {prefix!r}, and the document is {number}"
        raise CuadreError(sentence, sender="olimpia", setting=PREFIX, document=number)
    return {"fileTypeCode": code, "prefix": prefix, "number": number.removeprefix(prefix)}


def _authorization(settings: Settings) -> dict[str, str]:
    header = settings.values.get(AUTH_HEADER, "Authorization")
    if header and _HEADER.fullmatch(header) is None:
        sentence = f"{AUTH_HEADER} is {header!r}, which is no name of a header"
        raise CuadreError(sentence, sender="olimpia", setting=AUTH_HEADER)
    return {header: "${authorization}"} if header else {}


def _json(values: Values) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()


def _xml(values: Values) -> bytes:
    # A DataContract reader silently skips elements that are not in the order of the alphabet.
    children = [Element(f"{{{NAMESPACE}}}{name}", str(values[name])) for name in sorted(values)]
    root = Element(f"{{{NAMESPACE}}}DocumentStatus", children=tuple(children))
    return write_xml(root, {NAMESPACE: "", _INSTANCE: "i"}, declaration=False)


def _form(values: Values) -> bytes:
    return urlencode(values).encode()


_FORMATS: dict[str, tuple[str, str, Callable[[Values], bytes]]] = {
    "json": ("application/json", "application/json", _json),
    "xml": ("application/xml", "application/xml", _xml),
    "form": ("application/x-www-form-urlencoded", "application/json", _form),
}
