"""A finding: what a rule has against a document, as data, and the sentence that says it."""

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from cuadre.engine.computation import Addend
from cuadre.engine.element_names import element_name
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.sentences import owner_of, register, sentence_of
from cuadre.engine.source import LineItem, Place


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


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that makes the finding go away: ``value`` at ``path``."""

    path: str
    value: str


@dataclass(frozen=True, slots=True)
class Cause:
    """The finding that explains this one."""

    code: str
    path: str
    item: LineItem | None = None
    """The line of the document that it is in; ``cuadre.check`` fills it in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or odd, in a document."""

    code: str
    rule: str
    """The code without the letter of the document's kind: AU14 for FAU14, CAU14 and DAU14."""
    severity: Severity
    place: Place
    element: str
    """The UBL element, as the authority's rule names it."""
    message_key: str
    """Which sentence says it: a key of engine/sentences.csv, or of a package that registered its own."""
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

    def message(self, lang: str = "en") -> str:
        """Say the finding in one sentence, in English (``en``) or Spanish (``es``).

        Raises UnknownNameError for another language.
        """
        difference = self.difference
        excess = "too_much" if difference is not None and difference > 0 else "too_little"
        return sentence_of(
            self.message_key,
            lang,
            element=element_name(self.place),
            stated=_shown(self.stated),
            expected=_shown(self.expected),
            expression=self.expression,
            detail=self.detail,
            amount="" if difference is None else _shown(abs(difference)),
            too=sentence_of(excess, lang),
        )

    def __reduce__(self) -> tuple[object, ...]:
        # Another process may not have loaded the pack whose sentence this is.
        values = [getattr(self, field.name) for field in fields(self)]
        return Finding._restored, (owner_of(self.message_key), *values)

    @classmethod
    def _restored(cls, package: str | None, *values: Any) -> Self:  # noqa: ANN401 - those of the fields
        if package is not None:
            register(package)
        return cls(*values)


def _shown(value: Value) -> str:
    """Write a value as documents do: digits and a point."""
    return format_amount(value) if isinstance(value, Decimal) else value or ""
