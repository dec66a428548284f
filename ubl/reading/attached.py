"""AttachedDocument and ApplicationResponse: the document inside, and the answer of the authority."""

import re
from typing import NamedTuple

from lxml.etree import QName, _Element

from cuadre.engine.authority import Authority, Message
from cuadre.engine.errors import DocumentError
from cuadre.engine.texts import Text, say
from cuadre.ubl.mapping.namespaces import CAC, CBC
from cuadre.ubl.reading.lines import line_of
from cuadre.ubl.reading.tree import parse_xml

_DESCRIPTION = f"{{{CAC}}}Attachment/{{{CAC}}}ExternalReference/{{{CBC}}}Description"
_PARENT = f"{{{CAC}}}ParentDocumentLineReference/{{{CAC}}}DocumentReference/"
_RESPONSE = f"{{{CAC}}}DocumentResponse"
_SEVERITY = re.compile(r"(rechazo|notificaci[oó]n)", re.IGNORECASE)
_NOT_A_RULE = {"", "0", "0000"}


class Inner(NamedTuple):
    """The document inside an AttachedDocument; lines count from the first of the outer file."""

    root: _Element
    line_offset: int
    authority: Authority | None


def unwrap(root: _Element) -> Inner:
    """Read the document inside an AttachedDocument, and the ApplicationResponse to it.

    Raises DocumentError where there is no document in it, or it is not XML.
    """
    inner, offset = _embedded(root, _DESCRIPTION, say("cuadre.ubl:the_document"))
    try:
        response, _ = _embedded(root, _PARENT + _DESCRIPTION, say("cuadre.ubl:the_answer"))
        authority = read_response(response) if QName(response).localname == "ApplicationResponse" else None
    except DocumentError:
        # The document can be judged without the answer; the report says that there is none.
        return Inner(inner, offset, None)
    return Inner(inner, offset, authority)


def _embedded(root: _Element, path: str, what: Text) -> tuple[_Element, int]:
    holder = root.find(path)
    text = (holder.text or "") if holder is not None else ""
    if holder is None or not text.strip():
        sentence = say("cuadre.ubl:attached_lacks", what=what)
        raise DocumentError(sentence, problems=[], line=line_of(root))
    before = len(text) - len(text.lstrip())
    offset = (holder.sourceline or 1) - 1 + text[:before].count("\n")
    # The text is decoded already, so the encoding in its declaration is no longer true.
    body = re.sub(r"^<\?xml[^>]*\?>", lambda found: "\n" * found[0].count("\n"), text.lstrip(), count=1)
    try:
        return parse_xml(body.encode()), offset
    except DocumentError as error:
        line = error.detail.get("line")
        inside = line + offset if isinstance(line, int) else line_of(holder)
        sentence = say("cuadre.ubl:attached_unreadable", what=what, error=error)
        raise DocumentError(sentence, problems=[], line=inside) from None


def read_response(root: _Element) -> Authority:
    """Read an ApplicationResponse: its code, and every rule that it names."""
    response = root.find(_RESPONSE)
    if response is None:
        sentence = say("cuadre.ubl:no_response")
        raise DocumentError(sentence, problems=[], line=line_of(root))
    messages = []
    for line in response.iterfind(f"{{{CAC}}}LineResponse/{{{CAC}}}Response"):
        code = _text(line, "ResponseCode")
        if code not in _NOT_A_RULE:
            text = _text(line, "Description")
            messages.append(Message(code, _severity(text), text))
    own = response.find(f"{{{CAC}}}Response")
    reference = response.find(f"{{{CAC}}}DocumentReference")
    return Authority(
        response_code="" if own is None else _text(own, "ResponseCode"),
        description="" if own is None else _text(own, "Description"),
        document_id="" if reference is None else _text(reference, "ID"),
        messages=tuple(messages),
    )


def _text(element: _Element, name: str) -> str:
    return (element.findtext(f"{{{CBC}}}{name}") or "").strip()


def _severity(text: str) -> str | None:
    found = _SEVERITY.search(text)
    if found is None:
        return None
    return "reject" if found[1].lower() == "rechazo" else "notify"
