"""Kinds of fields that are e-Misión's own."""

from decimal import Decimal
from functools import partial

from cuadre.senders.emision.codes import read_code, whole
from cuadre.senders.payloads import fields
from cuadre.senders.payloads.fields import Kind, same
from cuadre.senders.payloads.payload import Json
from cuadre.senders.payloads.reading import PayloadValue

write_fields = partial(fields.write_fields, blanks=True)
"""A text without a letter is written too."""


def _write_amount(value: Decimal) -> Json:
    return int(value) if value.as_tuple().exponent == 0 and not (value.is_signed() and not value) else value


def _read_texts(node: PayloadValue) -> tuple[str, ...]:
    """Read ``[{"text": …}]``."""
    texts = [found.text() for part in node.items() if (found := part.get("text"))]
    return tuple(texts)


def _write_texts(value: tuple[str, ...]) -> Json:
    return [{"text": text} for text in value]


def code(digits: int) -> Kind:
    """Make the kind of a field that holds a code of so many digits."""
    return Kind(lambda node: read_code(node, digits), same)


AMOUNT = Kind(PayloadValue.amount, _write_amount)
NUMBER = Kind(PayloadValue.text, whole)
"""Digits: text in the model, a number in a body."""
NOTES = Kind(_read_texts, _write_texts)
LINE_OF_TEXT = Kind(lambda node: (node.text(),), ", ".join)
PARTS = Kind(
    lambda node: tuple([part.strip() for part in node.text().split(";") if part.strip()]),
    ";".join,
)
"""Several texts in the model; in a body one, with semicolons."""
