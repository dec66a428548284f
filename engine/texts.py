"""Texts of errors and reasons: English for a program, and the same in Spanish for a person who asks."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Self

_as_written = "{:f}".format


class Text(str):
    """The English text; it knows its row of ``texts.csv`` and the facts that fill the blanks."""

    __slots__ = ("facts", "key")
    key: str
    facts: dict[str, object]

    def __new__(cls, key: str, facts: dict[str, object]) -> Self:
        """Fill the blanks in English."""
        self = super().__new__(cls, _filled(key, facts, "en", _as_written))
        self.key, self.facts = key, facts
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[str, dict[str, object]]]:
        return type(self), (self.key, self.facts)


def say(key: str, /, **facts: object) -> Text:
    """Make a text: ``cuadre.ubl:too_large`` is the row ``too_large`` of ``texts.csv`` in cuadre.ubl.

    A fact may be a text itself, an error, whose sentence is taken, or a tuple, which is listed.
    """
    return Text(key, {name: _plain(fact) for name, fact in facts.items()}) if facts else _constant(key)


@cache
def _constant(key: str) -> Text:
    """Make a text without blanks once: most reasons of a report are such."""
    return Text(key, {})


def in_language(text: str, language: str, write: Callable[[Decimal], str] = _as_written) -> str:
    """Say a text in ``en`` or ``es``, with amounts as ``write`` writes them.

    What did not come from ``say`` stays as it is.
    """
    return _filled(text.key, text.facts, language, write) if isinstance(text, Text) else text


def text_of(error: Exception) -> str:
    """Return the sentence of an error, as a text where it is one."""
    return error.args[0] if error.args and isinstance(error.args[0], Text) else str(error)


def _plain(fact: object) -> object:
    return text_of(fact) if isinstance(fact, Exception) else fact


def _filled(key: str, facts: dict[str, object], language: str, write: Callable[[Decimal], str]) -> str:
    def said(fact: object) -> object:
        if isinstance(fact, Decimal):
            return write(fact)
        if isinstance(fact, tuple):
            return ", ".join([str(said(one)) for one in fact])
        return in_language(fact, language, write) if isinstance(fact, Text) else fact

    from cuadre.engine.sentences import load_sentences  # noqa: PLC0415 - rounding alone reads no table

    package, _, row = key.partition(":")
    texts = load_sentences(package, "texts")[row]
    return texts.get(language, texts["en"]).format(**{name: said(fact) for name, fact in facts.items()})
