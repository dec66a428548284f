"""A finding: what a rule has against a document, as data, and the sentence that says it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from cuadre.engine.computation import Addend, write_expression
from cuadre.engine.element_names import element_in
from cuadre.engine.model.scalars import format_amount
from cuadre.engine.sentences import owner_of, register, sentence_of
from cuadre.engine.source import LineItem, Place
from cuadre.engine.texts import in_language


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
class LikelyCause:
    """A usual mistake that makes exactly the difference between a stated total and the computed one."""

    name: str
    """A stable name, such as ``withholdings_subtracted``; docs/causes.md lists them."""
    text: str
    """What the difference is, in one sentence."""
    amounts: tuple[Addend, ...]
    """What the difference consists of, with the sign that it has in it."""
    accepted: tuple[Addend, ...] = ()
    """What is in the difference besides, and may be in the total: DIAN accepts a payable amount with the
    rounding amount, and without. These and ``amounts`` add up to the difference."""


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
    pack: str | None = None
    """The pack that its rule is of; None where it is of no pack, such as a remark of a provider."""
    likely_cause: LikelyCause | None = None
    """Of a wrong total: the usual mistake that makes this difference."""

    def message(self, lang: str = "en", *, write: Callable[[Decimal], str] = format_amount) -> str:
        """Say the finding in one sentence, in English (``en``) or Spanish (``es``).

        A second sentence says what the difference is, where the finding has a likely cause.
        ``write`` writes its amounts; without it they are as documents write them: 1234.50. Raises
        UnknownNameError for another language.
        """
        difference, cause = self.difference, self.likely_cause
        said = sentence_of(
            self.message_key,
            lang,
            element=element_in(self.place, lang),
            stated=_shown(self.stated, write),
            expected=_shown(self.expected, write),
            expression=write_expression(self.expression or "", lang, write),
            detail=in_language(self.detail or "", lang, write),
            amount="" if difference is None else write(abs(difference)),
            too="" if difference is None else sentence_of(_excess(difference), lang),
        )
        return said if cause is None else f"{said}. {in_language(cause.text, lang, write)}"

    def __reduce__(self) -> tuple[object, ...]:
        # Another process may not have loaded the pack whose sentence this is.
        values = [getattr(self, field.name) for field in fields(self)]
        return Finding._restored, (owner_of(self.message_key), *values)

    @classmethod
    def _restored(cls, package: str | None, *values: Any) -> Self:  # noqa: ANN401 - those of the fields
        if package is not None:
            register(package)
        return cls(*values)


def _shown(value: Value, write: Callable[[Decimal], str]) -> str:
    return write(value) if isinstance(value, Decimal) else value or ""


def _excess(difference: Decimal) -> str:
    """Choose the word for a difference: of one, Spanish says sobra, and sobran of any other amount."""
    word = "too_much" if difference > 0 else "too_little"
    return f"{word}_one" if abs(difference) == 1 else word
