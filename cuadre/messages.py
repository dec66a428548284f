"""The texts of reports and of the command line (messages.csv), in English and Spanish."""

from collections.abc import Mapping
from functools import cache

from cuadre.engine.sentences import LANGUAGES, Sentences, load_sentences

__all__ = ["LANGUAGES", "text", "translated"]


def text(key: str, language: str, **values: object) -> str:
    """Return the text ``key`` in a language, with its blanks filled."""
    return _texts()[key][language].format(**values)


def translated(english: str, language: str) -> str:
    """Return a text of the table in another language; what is not in the table stays as it is.

    The reason of a layer is English in the data of a report, and said to a person in their language.
    """
    return _by_english(language).get(english, english)


@cache
def _texts() -> Sentences:
    return load_sentences("cuadre", "messages")


@cache
def _by_english(language: str) -> Mapping[str, str]:
    return {row["en"]: row[language] for row in _texts().values()}
