"""AttachedDocument: a document and the answer to it, byte for byte, as cuadre itself reads them again."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

import pytest
from lxml.etree import QName, _Element

import cuadre
from cuadre.engine.errors import DocumentError
from cuadre.report import DocumentReport
from cuadre.ubl.mapping.namespaces import CAC, CBC
from cuadre.ubl.reading.tree import parse_xml
from cuadre.ubl.schema.validation import load_schemas, validate
from cuadre.ubl.writing.attach import Container, attach

from .writing import changed, example, write

CORPUS = Path(os.environ.get("CUADRE_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
CONTAINER = Container("AD990412378", dt.date(2026, 11, 21), "09:30:00-05:00")
_DESCRIPTION = f"{{{CAC}}}Attachment/{{{CAC}}}ExternalReference/{{{CBC}}}Description"
_REFERENCE = f"{{{CAC}}}ParentDocumentLineReference/{{{CAC}}}DocumentReference"
_KINDS = ["invoice", "credit-note", "debit-note", "foreign-currency"]


def response(number: str = "SETP990000101", code: str = "02", *rules: tuple[str, str]) -> bytes:
    """Write an answer of DIAN about a document, with these rules and what is said of each."""
    lines = "".join(
        f"<cac:LineResponse><cac:LineReference><cbc:LineID>{index}</cbc:LineID></cac:LineReference>"
        f"<cac:Response><cbc:ResponseCode>{rule}</cbc:ResponseCode><cbc:Description>{said}</cbc:Description>"
        "</cac:Response></cac:LineResponse>"
        for index, (rule, said) in enumerate(rules, start=1)
    )
    return write(
        "<cbc:ID>80001</cbc:ID><cbc:IssueDate>2026-11-20</cbc:IssueDate>"
        "<cbc:IssueTime>10:15:42-05:00</cbc:IssueTime>"
        f"<cac:DocumentResponse><cac:Response><cbc:ResponseCode>{code}</cbc:ResponseCode>"
        "<cbc:Description>Documento validado por la DIAN</cbc:Description></cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{number}</cbc:ID></cac:DocumentReference>{lines}</cac:DocumentResponse>",
        "ApplicationResponse",
    )


def _root(signed: bytes, answer: bytes) -> _Element:
    return parse_xml(attach(signed, answer, CONTAINER))


def _embedded(root: _Element) -> tuple[bytes, bytes]:
    document, answer = root.findtext(_DESCRIPTION), root.findtext(f"{_REFERENCE}/{_DESCRIPTION}")
    assert document is not None
    assert answer is not None
    return document.encode(), answer.encode()


def _report(data: bytes) -> DocumentReport:
    (report,) = cuadre.check(data).documents
    return report


def _texts(root: _Element, path: str) -> list[str | None]:
    return [node.text for node in root.iterfind(path, {"c": CAC, "b": CBC})]


@pytest.mark.parametrize("name", _KINDS)
def test_bytes_are_kept(name: str) -> None:
    """Both embedded texts are the given ones to the last byte, and the container is valid UBL."""
    signed = example(name).encode()
    number = parse_xml(signed).findtext(f"{{{CBC}}}ID") or ""
    answer = response(number)
    root = _root(signed, answer)
    assert _embedded(root) == (signed, answer)
    assert validate(root, load_schemas()) == []


@pytest.mark.parametrize("name", _KINDS)
def test_reads_back(name: str) -> None:
    """The check of a container is the check of the document in it, with the authority's answer."""
    signed = example(name).encode()
    alone = _report(signed)
    rules = (("FAJ43b", "Regla: FAJ43b, Notificación: nombre"), ("FAU14", "Regla: FAU14, Rechazo: valor"))
    report = _report(attach(signed, response(alone.id or "", "04", *rules), CONTAINER))
    assert (report.kind, report.id, report.verdict) == (alone.kind, alone.id, alone.verdict)
    assert [finding.code for finding in report.findings] == [finding.code for finding in alone.findings]
    assert report.authority is not None
    assert (report.authority.response_code, report.authority.document_id) == ("04", alone.id)
    found = [(message.code, message.severity) for message in report.authority.messages]
    assert found == [("FAJ43b", "notify"), ("FAU14", "reject")]
    assert [layer.ran for layer in report.layers if layer.name == "authority"] == [True]


def test_texts_are_cdata() -> None:
    """Both texts stand as CDATA sections, so that a reader sees the XML as it is."""
    signed, answer = example().encode(), response()
    data = attach(signed, answer, CONTAINER)
    assert data.count(b"<![CDATA[<?xml ") == 2
    assert b"&lt;" not in data
    assert signed in data
    assert answer in data


def test_cdata_inside() -> None:
    """A document that has CDATA of its own is escaped instead, and comes back to the byte."""
    note = "<cbc:Note>Mercancía"
    signed = changed(example(), note, "<cbc:Note><![CDATA[<b>]]>Mercancía").encode()
    root = _root(signed, response())
    assert _embedded(root) == (signed, response())
    assert validate(root, load_schemas()) == []
    assert _report(attach(signed, response(), CONTAINER)).verdict == "accepted"


@pytest.mark.parametrize("text", ["ñandú 東京 🧾", "&amp;&lt;&#38;", "a\tb\nc", "]]&gt;", " \u2028 "])
def test_texts_of_the_document(text: str) -> None:
    """Any sign of the document comes back, entities as entities."""
    signed = changed(example(), "<cbc:Note>Mercancía", f"<cbc:Note>{text}Mercancía").encode()
    assert _embedded(_root(signed, response())) == (signed, response())


def test_what_the_container_says() -> None:
    """The container has its own number, the document's number and key, both parties, and the verdict."""
    root = _root(example().encode(), response(code="04"))
    assert QName(root).localname == "AttachedDocument"
    assert _texts(root, "b:ID") == ["AD990412378"]
    assert _texts(root, "b:IssueDate") + _texts(root, "b:IssueTime") == ["2026-11-21", "09:30:00-05:00"]
    assert _texts(root, "b:ProfileExecutionID") == ["2"]
    assert _texts(root, "b:ParentDocumentID") == ["SETP990000101"]
    assert _texts(root, "c:SenderParty/c:PartyTaxScheme/b:CompanyID") == ["990412378"]
    assert _texts(root, "c:ReceiverParty/c:PartyTaxScheme/b:CompanyID") == ["990587461"]
    (reference,) = root.iterfind(_REFERENCE)
    key = parse_xml(example().encode()).findtext(f"{{{CBC}}}UUID")
    assert _texts(reference, "b:ID") + _texts(reference, "b:UUID") == ["SETP990000101", key]
    assert _texts(reference, "c:ResultOfVerification/b:ValidationResultCode") == ["04"]
    assert _texts(reference, "c:ResultOfVerification/b:ValidationDate") == ["2026-11-20"]
    assert _texts(reference, "c:ResultOfVerification/b:ValidationTime") == ["10:15:42-05:00"]


def test_answer_to_another_document() -> None:
    """An answer about another number is refused, and both numbers are told."""
    with pytest.raises(DocumentError) as raised:
        attach(example().encode(), response("SETP990000102"), CONTAINER)
    detail = raised.value.detail
    assert (detail["document"], detail["answer"]) == ("SETP990000101", "SETP990000102")


def test_answer_without_a_number() -> None:
    """An answer that names no document is taken: there is nothing to compare."""
    assert _report(attach(example().encode(), response(""), CONTAINER)).authority is not None


UNREADABLE = [b"", b"<a", b"rubbish", b"<a/>", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>']


@pytest.mark.parametrize("data", UNREADABLE)
def test_what_cannot_be_read(data: bytes) -> None:
    """What is no document, or no answer, is refused."""
    with pytest.raises(DocumentError):
        attach(data, response(), CONTAINER)
    with pytest.raises(DocumentError):
        attach(example().encode(), data, CONTAINER)


def test_attached_twice() -> None:
    """A container is no document to be attached."""
    with pytest.raises(DocumentError):
        attach(attach(example().encode(), response(), CONTAINER), response(), CONTAINER)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}: set $CUADRE_CORPUS")
def test_corpus() -> None:
    """Real documents are attached to the byte, but for line ends, which XML does not keep."""
    files = sorted((CORPUS / "dian-real-sanitized").glob("*.xml"))
    for file in files:
        signed = file.read_bytes()
        number = (parse_xml(signed).findtext(f"{{{CBC}}}ID") or "").strip()
        root = _root(signed, response(number))
        text = signed.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert _embedded(root) == (text.encode(), response(number))
        assert validate(root, load_schemas()) == []
    assert len(files) == 15


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16"])
def test_other_encodings(encoding: str) -> None:
    """A document in another encoding is attached as text, or refused with a DocumentError."""
    signed = changed(example(), "UTF-8", encoding).encode(encoding)
    with suppress(DocumentError):
        assert _report(attach(signed, response(), CONTAINER)).verdict == "accepted"


def test_carriage_returns() -> None:
    """A document with CR LF comes back to the byte."""
    signed = example().replace("\n", "\r\n").encode()
    assert _embedded(_root(signed, response()))[0] == signed


def test_answer_about_another_key() -> None:
    """An answer about the same number with another CUFE is about another document, and refused."""
    other = f"</cbc:ID><cbc:UUID>{'0' * 96}</cbc:UUID></cac:DocumentReference>"
    answer = changed(response().decode(), "</cbc:ID></cac:DocumentReference>", other).encode()
    with pytest.raises(DocumentError):
        attach(example().encode(), answer, CONTAINER)


def test_answer_with_another_root() -> None:
    """What is called otherwise is no ApplicationResponse, though it has a DocumentResponse."""
    with pytest.raises(DocumentError):
        attach(example().encode(), response().replace(b"ApplicationResponse", b"Invoice"), CONTAINER)
