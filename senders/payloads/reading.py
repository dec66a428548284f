"""Values of a provider's JSON with their place, read into the types of the model."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple, Never, cast

from cuadre.engine.amounts import parse_amount
from cuadre.engine.errors import AmountError, DocumentError
from cuadre.engine.json_reading import read_json
from cuadre.engine.model.scalars import parse_date
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.payload import Json, Steps

MAX_DEPTH = 64
_BOM = b"\xef\xbb\xbf"
_RESERVED = "$number"
_FLAGS = {"true": True, "false": False, "1": True, "0": False}


class PayloadValue(NamedTuple):
    """A value of a payload, and the steps that lead to it.

    Each reader raises PayloadError where the value is not of its kind; ``detail["pointer"]`` says where.
    """

    value: Json
    steps: Steps = ()

    def get(self, name: str) -> "PayloadValue | None":
        """Return the member ``name``, or None where it is absent, null or empty text."""
        if not isinstance(self.value, dict):
            self.fail(f"must be an object, and is {_kind(self.value)}")
        found = self.value.get(name)
        return None if found is None or found == "" else PayloadValue(found, (*self.steps, name))

    def items(self) -> "list[PayloadValue]":
        """Return the members of a list; an object counts as a list of one."""
        if isinstance(self.value, dict):
            return [self]
        if not isinstance(self.value, list):
            self.fail(f"must be a list or an object, and is {_kind(self.value)}")
        return [PayloadValue(member, (*self.steps, index)) for index, member in enumerate(self.value)]

    def text(self) -> str:
        """Read text, or a number as the text that it was written with."""
        if isinstance(self.value, bool) or not isinstance(self.value, (str, int, Decimal)):
            self.fail(f"must be text, and is {_kind(self.value)}")
        text = f"{self.value:f}" if isinstance(self.value, Decimal) else str(self.value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.fail("has a character that is no character: half of a surrogate pair")
        return text

    def amount(self) -> Decimal:
        """Read an amount, from a number or from decimal text."""
        try:
            return parse_amount(None if isinstance(self.value, bool) else self.value)
        except AmountError as error:
            self.fail(str(error))

    def date(self) -> dt.date:
        """Read a date ``YYYY-MM-DD``."""
        try:
            return parse_date(self.value)
        except ValueError as error:
            self.fail(str(error))

    def flag(self) -> bool:
        """Read a boolean: JSON's own, or its name or digit as text or number."""
        if isinstance(self.value, bool):
            return self.value
        found = _FLAGS.get(str(self.value).strip().lower()) if isinstance(self.value, (str, int)) else None
        if found is None:
            self.fail(f"must be true or false, and is {_kind(self.value)}")
        return found

    def fail(self, sentence: str, **detail: object) -> Never:
        """Raise PayloadError about this value."""
        where = pointer(self.steps)
        text = f"{where or 'the payload'}: {sentence}"
        raise PayloadError(text, pointer=where, **detail)


def decode(data: bytes) -> str:
    """Take the text of a payload, without a byte order mark; raise DocumentError where it is not UTF-8."""
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        sentence = f"not JSON: byte {error.start} is not UTF-8"
        raise DocumentError(sentence, problems=[]) from None


def parse(text: str) -> PayloadValue:
    """Read a payload whose root is an object.

    Raises DocumentError where it is not JSON, and PayloadError where it is but no payload: not an
    object, too deep, or with a number out of limits.
    """
    try:
        root = PayloadValue(cast("Json", read_json(text)))
    except AmountError as error:
        raise PayloadError(str(error), pointer="", **error.detail) from None
    if not isinstance(root.value, dict):
        root.fail(f"must be an object, and is {_kind(root.value)}")
    _examine(root)
    return root


def _examine(root: PayloadValue) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if len(node.steps) > MAX_DEPTH:
            node.fail(f"is nested deeper than {MAX_DEPTH} levels")
        if isinstance(node.value, dict):
            if _RESERVED in node.value:
                node.fail(f"has the key {_RESERVED!r}, which is reserved for what a Document carries")
            waiting += [PayloadValue(member, (*node.steps, key)) for key, member in node.value.items()]
        elif isinstance(node.value, list):
            waiting += node.items()


def _kind(value: Json) -> str:
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return "null" if value is None else f"{str(value)[:40]!r}"
