"""What the page says and how: its words (words.csv), and amounts as people of the country write them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cuadre.engine.sentences import load_sentences
from cuadre.numbers import country_writer

_PACKAGE = "cuadre.formats.html_report"
_CENTS = 2


@dataclass(frozen=True, slots=True)
class Language:
    """A language, for people of a country."""

    name: str
    """``en`` or ``es``."""
    exact: Callable[[Decimal], str]
    """Writes an amount with all its digits."""

    def word(self, key: str, /, **facts: object) -> str:
        """Return the text ``key``, with its blanks filled."""
        return load_sentences(_PACKAGE, "words")[key][self.name].format(**facts)

    def count(self, key: str, number: int) -> str:
        """Return a text about a number of things: the row ``key.one`` for one of them."""
        return self.word(f"{key}.one" if number == 1 else key, count=self.exact(Decimal(number)))

    def amount(self, value: Decimal | None) -> str:
        """Write an amount without the zeros that it has after its cents; nothing for None."""
        return "" if value is None else self.exact(_without_zeros(value, _CENTS))

    def number(self, value: Decimal | None) -> str:
        """Write a quantity or a rate without the zeros at its end; nothing for None."""
        return "" if value is None else self.exact(_without_zeros(value, 0))


@lru_cache(maxsize=16)
def language_of(name: str, country: str) -> Language:
    """Find the language for the people of a country (ISO 3166)."""
    return Language(name, country_writer(name, country))


def _without_zeros(value: Decimal, places: int) -> Decimal:
    """Drop zeros after so many decimals; no other digit is lost."""
    digits = f"{value:f}"
    if "." not in digits:
        return value
    whole, _, decimals = digits.partition(".")
    kept = decimals[:places] + decimals[places:].rstrip("0")
    return Decimal(f"{whole}.{kept}" if kept else whole)
