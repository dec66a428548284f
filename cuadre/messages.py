"""The texts of reports and of the command line (messages.csv), in English and Spanish."""

from functools import cache

from cuadre.engine.sentences import LANGUAGES, Sentences, load_sentences

__all__ = ["LANGUAGES", "text"]


def text(key: str, language: str, **values: object) -> str:
    """Return the text ``key`` in a language, with its blanks filled."""
    return _texts()[key][language].format(**values)


@cache
def _texts() -> Sentences:
    return load_sentences("cuadre", "messages")
