"""Read a UBL invoice, credit note or debit note into a Document, in one pass over the tree."""

from lxml.etree import QName, _Element

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.source import format_path
from cuadre.engine.texts import say, text_of
from cuadre.ubl.mapping.field_map import ROOTS
from cuadre.ubl.mapping.namespaces import CBC, MAINDOC
from cuadre.ubl.reading.lines import line_of
from cuadre.ubl.reading.reader import Reader
from cuadre.ubl.reading.source import XmlSource

_SUPPORT_DOCUMENTS = {"05"}
_EQUIVALENT_DOCUMENTS = {"20", "25", "27", "30", "35", "40", "45", "50", "55", "60"}
_NOTES = {
    "95": DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT,
    "94": DocumentKind.EQUIVALENT_DOCUMENT_CREDIT_NOTE,
    "93": DocumentKind.EQUIVALENT_DOCUMENT_DEBIT_NOTE,
}


def read_document(
    root: _Element, file: str | None = None, line_offset: int = 0
) -> tuple[Document, XmlSource]:
    """Read the tree of a UBL document; return it with the places of its figures.

    ``line_offset`` is added to line numbers, for a document inside another. Raises DocumentError:
    ``detail["problems"]`` lists the figures that cannot be understood, each with its place, at most 1,000
    of them; ``detail["more"]`` is the number of the others.
    """
    name = QName(root).localname
    field_map = ROOTS.get(name) if QName(root).namespace == MAINDOC.format(name) else None
    source = XmlSource(root, field_map or {}, file, line_offset)
    if field_map is None:
        sentence = say("cuadre.ubl:root", name=name)
        raise DocumentError(sentence, problems=[], root=name, line=line_of(root, line_offset))
    reader = Reader(_text(root, "DocumentCurrencyCode"), file, line_offset)
    document = reader.document(root, name, _kind(name, _text(root, f"{name}TypeCode")))
    if reader.problems:
        raise _unreadable(reader, source)
    return document, source


def _unreadable(reader: Reader, source: XmlSource) -> DocumentError:
    problems = [
        {"place": source.place(path), "sentence": text_of(error), "value": text}
        for path, error, text in reader.problems
    ]
    path, error, _ = reader.problems[0]
    more = reader.more_problems
    sentence = say("cuadre.engine:at", place=format_path(path), fault=error)
    if more:
        sentence = say("cuadre.engine:and_more", problem=sentence, count=more)
    return DocumentError(sentence, problems=problems, more=more)


def _text(root: _Element, name: str) -> str:
    return (root.findtext(f"{{{CBC}}}{name}") or "").strip()


def _kind(root: str, type_code: str) -> DocumentKind:
    if root == "DebitNote":
        return DocumentKind.DEBIT_NOTE
    if root == "CreditNote":
        return _NOTES.get(type_code, DocumentKind.CREDIT_NOTE)
    if type_code in _SUPPORT_DOCUMENTS:
        return DocumentKind.SUPPORT_DOCUMENT
    if type_code in _EQUIVALENT_DOCUMENTS:
        return DocumentKind.EQUIVALENT_DOCUMENT
    return DocumentKind.INVOICE
