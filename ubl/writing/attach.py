"""Write an AttachedDocument: the container in which a buyer receives a signed document and DIAN's answer."""

import datetime as dt
from typing import NamedTuple

from lxml import etree
from lxml.etree import CDATA, QName, SubElement, _Element

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import Document
from cuadre.engine.model.parties import Party
from cuadre.engine.texts import say
from cuadre.ubl.mapping.namespaces import CAC, CBC, DS, EXT, MAINDOC, XADES
from cuadre.ubl.mapping.vocabulary import AGENCY
from cuadre.ubl.reading.attached import read_response
from cuadre.ubl.reading.documents import read_document
from cuadre.ubl.reading.tree import parse_xml

_NAME = "AttachedDocument"
_CONTAINER = "Contenedor de Factura Electrónica"
_VALIDATOR = "Unidad Especial Dirección de Impuestos y Aduanas Nacionales"


_ANSWERED_KEY = f"{{{CAC}}}DocumentResponse/{{{CAC}}}DocumentReference/{{{CBC}}}UUID"


class Container(NamedTuple):
    """What the container says of itself."""

    id: str | None
    """Its number; None where it has that of the document."""
    issue_date: dt.date
    issue_time: str
    """``HH:MM:SS-05:00``."""


def attach(signed: bytes, response: bytes, container: Container) -> bytes:
    """Put a signed document and its ApplicationResponse into an AttachedDocument, byte for byte.

    Raises DocumentError where either cannot be read, or the answer is about another document.
    """
    document, _ = read_document(parse_xml(signed))
    answer_root = parse_xml(response)
    if QName(answer_root).localname != "ApplicationResponse":
        sentence = say("cuadre.ubl:answer_root", root=QName(answer_root).localname)
        raise DocumentError(sentence, problems=[])
    answer = read_response(answer_root)
    if answer.document_id and answer.document_id != document.id:
        sentence = say("cuadre.ubl:answer_number", answer=answer.document_id, document=document.id)
        raise DocumentError(sentence, problems=[], document=document.id, answer=answer.document_id)
    key = (answer_root.findtext(_ANSWERED_KEY) or "").strip()
    if key and key != document.uuid:
        sentence = say("cuadre.ubl:answer_key", document=document.id, key=key)
        raise DocumentError(sentence, problems=[], document=document.uuid, answer=key)
    namespaces = {None: MAINDOC.format(_NAME), "cac": CAC, "cbc": CBC, "ext": EXT, "ds": DS, "xades": XADES}
    root = etree.Element(f"{{{MAINDOC.format(_NAME)}}}{_NAME}", nsmap=namespaces)
    for name, text in (
        ("UBLVersionID", "UBL 2.1"),
        ("CustomizationID", "Documentos adjuntos"),
        ("ProfileID", "Factura Electrónica de Venta"),
        ("ProfileExecutionID", document.profile_execution_id or "1"),
        ("ID", container.id or document.id or ""),
        ("IssueDate", str(container.issue_date)),
        ("IssueTime", container.issue_time),
        ("DocumentType", _CONTAINER),
        ("ParentDocumentID", document.id or ""),
    ):
        _cbc(root, name, text)
    _party(root, "SenderParty", document.accounting_supplier_party)
    _party(root, "ReceiverParty", document.accounting_customer_party)
    _attachment(root, signed)
    _answer(root, document, answer_root, response, answer.response_code)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _answer(root: _Element, document: Document, answer: _Element, response: bytes, code: str) -> None:
    reference = _cac(root, "ParentDocumentLineReference")
    _cbc(reference, "LineID", "1")
    inner = _cac(reference, "DocumentReference")
    _cbc(inner, "ID", document.id or "")
    _cbc(inner, "UUID", document.uuid or "", {"schemeName": document.uuid_scheme_name or "CUFE-SHA384"})
    date, time = _stated(answer, "IssueDate"), _stated(answer, "IssueTime")
    _cbc(inner, "IssueDate", date)
    _cbc(inner, "DocumentType", "ApplicationResponse")
    _attachment(inner, response)
    result = _cac(inner, "ResultOfVerification")
    _cbc(result, "ValidatorID", _VALIDATOR)
    _cbc(result, "ValidationResultCode", code)
    _cbc(result, "ValidationDate", date)
    _cbc(result, "ValidationTime", time)


def _stated(answer: _Element, name: str) -> str:
    return (answer.findtext(f"{{{CBC}}}{name}") or "").strip()


def _attachment(parent: _Element, data: bytes) -> None:
    reference = _cac(_cac(parent, "Attachment"), "ExternalReference")
    _cbc(reference, "MimeCode", "text/xml")
    _cbc(reference, "EncodingCode", "UTF-8")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        sentence = say("cuadre.ubl:attach_encoding")
        raise DocumentError(sentence, problems=[]) from None
    description = SubElement(reference, f"{{{CBC}}}Description")
    # CDATA cannot have its own end in it, and a carriage return in it would be read as a line feed.
    description.text = text if "]]>" in text or "\r" in text else CDATA(text)


def _party(root: _Element, name: str, party: Party | None) -> None:
    if party is None:
        return
    holder = _cac(root, name)
    for scheme in party.party_tax_schemes[:1]:
        node = _cac(holder, "PartyTaxScheme")
        _cbc(node, "RegistrationName", scheme.registration_name or "")
        attributes = {
            "schemeID": scheme.company_id_scheme_id,
            "schemeName": scheme.company_id_scheme_name,
        }
        named = {key: value for key, value in attributes.items() if value is not None}
        _cbc(node, "CompanyID", scheme.company_id or "", {**AGENCY, **named})
        if scheme.tax_level_code is not None:
            _cbc(node, "TaxLevelCode", scheme.tax_level_code)
        tax = _cac(node, "TaxScheme")
        _cbc(tax, "ID", scheme.tax_scheme_id or "")
        _cbc(tax, "Name", scheme.tax_scheme_name or "")


def _cac(parent: _Element, name: str) -> _Element:
    return SubElement(parent, f"{{{CAC}}}{name}")


def _cbc(parent: _Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(parent, f"{{{CBC}}}{name}", attributes or {}).text = text
