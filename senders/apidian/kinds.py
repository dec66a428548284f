"""The kinds of document that apidian takes: their lines, totals and reasons, and where each is sent."""

from typing import NamedTuple

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.tables import load_table
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.reading import PayloadValue

_PACKAGE = "cuadre.senders.apidian"


class KindOf(NamedTuple):
    """What a type of document (table 13.1.3) is to the model and to apidian."""

    code: str
    kind: DocumentKind
    lines: str
    totals: str
    reasons: str
    """The table of a note's reasons."""
    endpoint: str

    @property
    def from_seller(self) -> bool:
        """Whether the payload's account is the customer, who buys from a ``seller`` without invoices."""
        return self.kind in {DocumentKind.SUPPORT_DOCUMENT, DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT}


KINDS = {
    row["code"]: KindOf(**{**row, "kind": DocumentKind(row["kind"])})  # type: ignore[arg-type]
    for row in load_table(_PACKAGE, "kinds", ("code",))
}
DEBIT_NOTE_LINES = "debit_note_lines"
LINES = ("invoice_lines", "credit_note_lines", DEBIT_NOTE_LINES)
TOTALS = ("legal_monetary_totals", "requested_monetary_totals")
_ROUTES = {row["operation"]: row["endpoint"] for row in load_table(_PACKAGE, "routes", ("operation",))}
_INVOICE = "01"
_COUNTRY = "CO"


def guess(body: PayloadValue) -> KindOf:
    """Tell the kind of a payload that does not state its type: its lines and totals have names."""
    equivalent = body.get("is_eqdoc")
    adjusts = equivalent is not None and equivalent.flag()
    if body.get("credit_note_lines") is not None:
        if body.get("seller") is not None:
            return KINDS["95"]
        return KINDS["94" if adjusts else "91"]
    if body.get("debit_note_lines") is not None or body.get("requested_monetary_totals") is not None:
        return KINDS["93" if adjusts else "92"]
    return KINDS["05" if body.get("seller") is not None else _INVOICE]


def kind_of(document: Document) -> KindOf:
    """Tell what a document is to apidian; raise PayloadError for what it does not take."""
    if document.country != _COUNTRY:
        sentence = f"apidian takes documents of Colombia, and this is one of {document.country}"
        raise PayloadError(sentence, pointer="", country=document.country)
    of_kind = [known for known in KINDS.values() if known.kind is document.kind]
    for known in of_kind:
        if document.type_code in {known.code, None}:
            return known
    if document.kind is DocumentKind.DEBIT_NOTE:
        return of_kind[0]
    sentence = f"/type_document_id: apidian has no {document.kind.value} of type {document.type_code}"
    raise PayloadError(sentence, pointer="/type_document_id", code=document.type_code)


def endpoint(document: Document) -> str:
    """Tell the endpoint that takes a document: AIU and mandates have their own."""
    known = kind_of(document)
    return (
        _ROUTES.get(document.customization_id or "", known.endpoint)
        if known.code == _INVOICE
        else known.endpoint
    )
