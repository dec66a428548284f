"""Complete an Ecuadorian document with what the rest determines: its currency, the numbers of its lines."""

from cuadre.engine.model.document import Document
from cuadre.engine.secrets import Secrets

_DOLLAR = "USD"


def complete(document: Document, secrets: Secrets) -> Document:
    """Return the document with what it leaves out and the rest determines; nothing that it states changes."""
    del secrets
    lines = [
        line if line.id else line.model_copy(update={"id": str(number)})
        for number, line in enumerate(document.lines, start=1)
    ]
    return document.model_copy(
        update={
            "document_currency_code": document.document_currency_code or _DOLLAR,
            "lines": tuple(lines),
        }
    )
