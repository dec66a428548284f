"""Operations with keys of their own: AIU contracts, mandates and the health sector, both ways."""

from collections.abc import Sequence

from cuadre.engine.model.document import Document, Line
from cuadre.engine.texts import say
from cuadre.senders.apidian import field_map
from cuadre.senders.apidian.fields import write_fields, write_id
from cuadre.senders.apidian.kinds import LINES, kind_of
from cuadre.senders.apidian.lookup import Lookup
from cuadre.senders.apidian.tables import Tables
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.fields import Origins
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.leftovers import leftovers_of
from cuadre.senders.payloads.payload import Json, Steps
from cuadre.senders.payloads.reading import PayloadValue

AIU, MANDATE, HEALTH = "09", "11", "SS-"
_PHRASE = "Contrato de servicios AIU por concepto de:"
_AIU_NOTE = "noteAIU"
_PRINCIPAL = "agentparty"


def read_operation(body: PayloadValue, lookup: Lookup, origins: Origins) -> str | None:
    """Tell the operation: as it is stated, or as a key says that only one operation has.

    No figure depends on it; but UBL and the endpoint do, so ``require_operation`` is asked before a send.
    """
    health = body.get("health_fields")
    for found, table in (
        (body.get("type_operation_id"), "operations"),
        (health and health.get("health_type_operation_id"), "health_operations"),
    ):
        if found is not None:
            origins["customization_id",] = found.steps
            return lookup.code_if_known(found, table)
    for found, operation in ((body.get(_AIU_NOTE), AIU), (_principal(body), MANDATE)):
        if found is not None:
            origins["customization_id",] = found.steps
            return operation
    return None


def _principal(body: PayloadValue) -> PayloadValue | None:
    lines = [line for key in LINES if (node := body.get(key)) for line in node.items()]
    return next((found for line in lines if (found := line.get(_PRINCIPAL))), None)


def mark_lines(
    lines: Sequence[Line], operation: str | None, body: PayloadValue, origins: Origins
) -> tuple[Line, ...]:
    """Put into the lines what DIAN wants there, and what apidian has elsewhere.

    The object of an AIU contract is a note of the first line; the mark of a mandate's line says whether
    its income is a principal's.
    """
    note = body.get(_AIU_NOTE)
    if operation == AIU and note is not None and lines:
        text = note.text()
        text = text if text.startswith(_PHRASE) else f"{_PHRASE} {text}"
        origins.setdefault(("lines", 0, "note"), note.steps)
        first = lines[0].model_copy(update={"note": (text, *lines[0].note)})
        return (first, *lines[1:])
    if operation == MANDATE:
        nodes = [line for key in LINES if (node := body.get(key)) for line in node.items()]
        marks = ["1" if node.get(_PRINCIPAL) else "0" for node in nodes]
        return tuple(
            [
                line.model_copy(update={"attributes": {"id": {"schemeID": mark}}})
                for line, mark in zip(lines, marks, strict=False)
            ]
        )
    return tuple(lines)


def write_operation(document: Document, tables: Tables) -> dict[str, Json]:
    """Write the operation; one of the health sector is written beside its period."""
    code, periods = document.customization_id, document.invoice_periods
    steps: Steps = ("health_fields", "health_type_operation_id")
    health = write_fields(periods[0], field_map.PERIOD, tables, steps[:1]) if periods else {}
    in_health = code is not None and code.startswith(HEALTH)
    if code is not None and in_health:
        health["health_type_operation_id"] = write_id(code, tables["health_operations"], steps)
    body: dict[str, Json] = {"health_fields": health} if health else {}
    if code is not None and not in_health:
        lowest = write_id(code, tables["operations"], ("type_operation_id",))
        # Support documents share the codes 10 and 11 with invoices, under ids that were added later.
        body["type_operation_id"] = (
            tables["operations"].ids[code][-1] if kind_of(document).from_seller else lowest
        )
    aiu = [note for line in document.lines for note in line.note if note.startswith(_PHRASE)]
    if code == AIU and aiu:
        body[_AIU_NOTE] = aiu[0].removeprefix(_PHRASE).strip()
    return body


def require_operation(document: Document) -> None:
    """Raise PayloadError where a document was read without its operation, whose id is not known.

    The endpoint depends on it, and none is guessed.
    """
    if document.customization_id is not None:
        return
    for steps, identity in leftovers_of(document, "apidian").get("set", ()):
        if steps and steps[-1] in _OPERATION_KEYS and identity not in {None, ""}:
            where = pointer(tuple(steps))
            sentence = say("cuadre.senders:unknown_operation", place=where, id=str(identity))
            raise PayloadError(sentence, pointer=where, id=str(identity))


_OPERATION_KEYS = {"type_operation_id", "health_type_operation_id"}


def unmarked(line: Line, operation: str | None) -> Line:
    """Take out of a line what ``write_operation`` wrote elsewhere."""
    if operation != AIU:
        return line
    kept = tuple([note for note in line.note if not note.startswith(_PHRASE)])
    return line.model_copy(update={"note": kept})
