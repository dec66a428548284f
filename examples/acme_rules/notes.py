"""Notes of a document."""

from cuadre.engine.model.document import Document
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault


@check("ACME02", at="document")
def names_the_campaign(document: Document, context: Context) -> Fault | None:
    """A note names the campaign."""
    if any(note.startswith("CAMP-") for note in document.note):
        return None
    return Fault("note", "no_campaign", detail="CAMP-7")
