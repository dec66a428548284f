"""Which documents an e-Misión body can be: DIAN's type code decides (table 13.1.3)."""

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.reading import PayloadValue

UTILITIES = "60"
"""The equivalent document of public utilities, the only one that /service/spd takes."""
_INVOICES = ("01", "02", "03", "04")
_EQUIVALENTS = ("20", "25", "27", "30", "35", "40", "45", "50", "55", UTILITIES)
KINDS = {
    **dict.fromkeys(_INVOICES, DocumentKind.INVOICE),
    **dict.fromkeys(_EQUIVALENTS, DocumentKind.EQUIVALENT_DOCUMENT),
}
POINTER = "/document_type_code"
_COUNTRY = "CO"


def kind_of(node: PayloadValue | None, code: str | None) -> DocumentKind:
    """Tell the kind by the type code; a body without one is of public utilities."""
    if node is None or code is None:
        return DocumentKind.EQUIVALENT_DOCUMENT
    if code not in KINDS:
        node.fail(f"{code!r} is no type of document that has this body", code=code, known=tuple(KINDS))
    return KINDS[code]


def check_kind(document: Document) -> None:
    """Raise PayloadError for a document that has no such body: a note, a support document."""
    if document.country != _COUNTRY:
        sentence = f"e-Misión takes documents of Colombia, and this is one of {document.country}"
        raise PayloadError(sentence, pointer="", country=document.country)
    if KINDS.get(document.type_code or UTILITIES) is not document.kind:
        sentence = f"{POINTER}: e-Misión's body holds no {document.kind.value} of type {document.type_code}"
        raise PayloadError(sentence, pointer=POINTER, code=document.type_code)
