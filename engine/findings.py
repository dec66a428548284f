"""A finding: what a rule has against a document, as data. The sentence is made from it elsewhere."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from cuadre.engine.computation import Addend
from cuadre.engine.source import Place


class Severity(StrEnum):
    """What follows from a finding."""

    REJECT = "reject"
    """The authority rejects the document."""
    NOTIFY = "notify"
    """The authority accepts the document and says so."""
    LINT = "lint"
    """The authority says nothing; cuadre does."""
    ERROR = "error"
    """The document cannot be read, so nothing could be checked."""


Value = Decimal | str | None


class Fix(NamedTuple):
    """A change that makes the finding go away: ``value`` at ``path``."""

    path: str
    value: str


class Cause(NamedTuple):
    """The finding that explains this one."""

    code: str
    path: str


class Finding(NamedTuple):
    """One thing that is wrong, or odd, in a document."""

    code: str
    rule: str
    """The code without the letter of the document's kind: AU14 for FAU14, CAU14 and DAU14."""
    severity: Severity
    place: Place
    element: str
    """The UBL element, as the authority's rule names it."""
    message_key: str
    """Which sentence says it: a key of cuadre/messages.csv."""
    stated: Value = None
    expected: Value = None
    difference: Decimal | None = None
    """Stated minus expected: positive is too much."""
    tolerance: str | None = None
    formula: str | None = None
    expression: str | None = None
    inputs: tuple[Addend, ...] = ()
    detail: str | None = None
    """What the sentence names besides, such as a rounding policy."""
    caused_by: Cause | None = None
    fix: Fix | None = None
