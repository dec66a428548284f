"""Read a Document from its own JSON, the one that docs/document.schema.json describes."""

from pydantic import ValidationError

from cuadre.engine.errors import DocumentError
from cuadre.engine.limits import MAX_PROBLEMS
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Place, format_path
from cuadre.engine.texts import say
from cuadre.model_faults import model_fault
from cuadre.senders.payloads.json_lines import pointer


class JsonSource:
    """The places of a Document that was read from its own JSON."""

    def __init__(self, file: str | None) -> None:
        self._file = file

    def place(self, path: Path) -> Place:
        """Return the JSON pointer of ``path`` (RFC 6901)."""
        return Place(format_path(path), self._file, pointer=pointer(path))


def own_document(value: object, file: str | None) -> Document:
    """Make a Document of JSON that was read; raise DocumentError, with each place, for what is none."""
    try:
        return Document.model_validate(value)
    except ValidationError as error:
        raise _invalid(error, JsonSource(file)) from None
    except RecursionError:
        sentence = say("cuadre.engine:json_too_deep")
        raise DocumentError(sentence, problems=[]) from None


_MOST_LISTED = 10_000
"""Faults that are listed: pydantic takes a second and a gigabyte for each million."""


def _invalid(error: ValidationError, source: JsonSource) -> DocumentError:
    """Return the error of a JSON that is not a document; of its problems the first 1,000 are kept."""
    if error.error_count() > _MOST_LISTED:
        sentence = say("cuadre:no_model", count=error.error_count())
        return DocumentError(sentence, problems=[])
    faults = error.errors(include_url=False, include_input=False)
    problems = [
        {"place": source.place(fault["loc"]), "sentence": model_fault(fault)}
        for fault in faults[:MAX_PROBLEMS]
    ]
    more = len(faults) - len(problems)
    place = format_path(faults[0]["loc"])
    sentence = say("cuadre.engine:at", place=place, fault=problems[0]["sentence"])
    if more:
        sentence = say("cuadre.engine:and_more", problem=sentence, count=more)
    return DocumentError(sentence, problems=problems, more=more)
