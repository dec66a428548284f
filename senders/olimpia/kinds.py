"""The kinds of document that Olimpia can be asked about, by its own numbers."""

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import DocumentKind

KINDS = {
    DocumentKind.INVOICE: 1,
    DocumentKind.CREDIT_NOTE: 2,
    DocumentKind.DEBIT_NOTE: 3,
    DocumentKind.SUPPORT_DOCUMENT: 4,
    DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT: 5,
}


def file_type(kind: str) -> int:
    """Return ``fileTypeCode`` for a kind; raise CuadreError for one that has none."""
    found = {known.value: number for known, number in KINDS.items()}.get(kind)
    if found is None:
        sentence = f"Olimpia has no number for {kind}; it knows {', '.join(KINDS)}"
        raise CuadreError(sentence, sender="olimpia", kind=kind, known=tuple(KINDS))
    return found
