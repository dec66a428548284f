"""What a provider's payload is read into: a Document, and the place of each of its figures."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from cuadre.engine.errors import DocumentError
from cuadre.engine.findings import Finding
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Place, format_path
from cuadre.senders.payloads.json_lines import pointer, pointer_lines

Json = dict[str, Any] | list[Any] | str | int | Decimal | bool | None
Steps = tuple[str | int, ...]
"""What leads to a value of a payload: ``("invoice_lines", 0, "price_amount")``."""


class PayloadSource:
    """Finds the place of every figure of a document that was read from a payload, in the payload's names.

    ``origins`` has for a path of the Document the steps of the value it was read from; a path that is not
    in it has the place of the nearest part around it that is.
    """

    def __init__(self, text: str, origins: Mapping[Path, Steps], file: str | None = None) -> None:
        self._text = text
        self._origins = origins
        self._file = file

    @cached_property
    def _lines(self) -> dict[str, int]:
        return pointer_lines(self._text)

    def place(self, path: Path) -> Place:
        """Find ``path``: pointer and line."""
        around = path
        while around and around not in self._origins:
            around = around[:-1]
        steps = self._origins.get(around, ())
        where = pointer(steps)
        return Place(format_path(path), self._file, self._line(steps), pointer=where)

    def _line(self, steps: Steps) -> int | None:
        while steps and pointer(steps) not in self._lines:
            steps = steps[:-1]
        return self._lines.get(pointer(steps))


class PayloadReading(NamedTuple):
    """A document that was read from a payload, and where its figures are there."""

    document: Document
    source: PayloadSource
    unknown: tuple[Finding, ...] = ()
    """Of each value that the document is read without, because its code is not known: nothing else is
    found at its place."""


def no_document(error: ValidationError) -> DocumentError:
    """Say of values that are right one by one why they make no Document: the first reason, and its place."""
    first = error.errors()[0]
    sentence = f"{format_path(first['loc'])}: {first['msg']}"
    return DocumentError(sentence, problems=[{"sentence": sentence}])
