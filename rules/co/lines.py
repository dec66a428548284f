"""Lines: their numbers, and the notes and marks that some operations ask for (xAV)."""

from collections.abc import Iterator

from cuadre.engine.model.document import Document, Line
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_AIU = "09"
_MANDATE = "11"
_AIU_PHRASE = "Contrato de servicios AIU por concepto de:"
_AIU_LENGTH = range(20, 5001)
_MANDATE_MARKS = {"0", "1"}


@check("AV02", at="document")
def consecutive_lines(document: Document, context: Context) -> Fault | None:
    """Lines are numbered 1, 2, 3 …; the first that is not is named."""
    del context
    for index, line in enumerate(document.lines):
        if line.id is not None and line.id != str(index + 1):
            return Fault(("lines", index, "id"), "not_equal", line.id, str(index + 1))
    return None


@check("AV03", at="document")
def aiu_note(document: Document, context: Context) -> Fault | None:
    """In an AIU invoice (operation 09) a line's note starts with the annex's phrase."""
    del context
    if document.customization_id != _AIU:
        return None
    notes = [note.strip() for line in document.lines for note in line.note if note.strip()]
    if any(note.startswith(_AIU_PHRASE) and len(note) in _AIU_LENGTH for note in notes):
        return None
    return Fault(("lines", 0, "note"), "lacks_text", detail=_AIU_PHRASE)


@check("AV08a", at="document")
def mandate_mark_is_stated(document: Document, context: Context) -> Iterator[Fault] | None:
    """In a mandate (operation 11) each line says whose income it is."""
    del context
    if document.customization_id != _MANDATE:
        return None
    marks = enumerate(map(_mark, document.lines))
    return (Fault(("lines", i, "id"), "lacks_attribute", detail="schemeID") for i, mark in marks if not mark)


@check("AV08b", at="document")
def mandate_mark_is_known(document: Document, context: Context) -> Iterator[Fault] | None:
    """In a mandate the mark of a line is 0 (own) or 1 (third party)."""
    del context
    if document.customization_id != _MANDATE:
        return None
    marks = enumerate(map(_mark, document.lines))
    return (
        Fault(("lines", i, "id"), "not_in_list", mark, detail="0, 1")
        for i, mark in marks
        if mark and mark not in _MANDATE_MARKS
    )


def _mark(line: Line) -> str:
    return (line.attributes or {}).get("id", {}).get("schemeID", "")
