"""The texts of reports and of the command line (messages.csv), in English and Spanish."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from cuadre.engine.sentences import load_sentences

if TYPE_CHECKING:
    from cuadre.engine.findings import Finding

__all__ = ["amount_writer", "said", "text"]


def text(key: str, language: str, /, **values: object) -> str:
    """Return the text ``key`` in a language, with its blanks filled."""
    return load_sentences("cuadre", "messages")[key][language].format(**values)


def said(finding: "Finding", language: str) -> str:
    """Say a finding to a person, with its amounts as people write them in the language."""
    return finding.message(language, write=amount_writer(language))


def amount_writer(language: str) -> Callable[[Decimal], str]:
    """Choose how amounts are written to a person.

    In Spanish 1.234.567,90: a total is read more easily so, and its line in the file is named beside it.
    In English, and for programs in any language, with the digits of the document: 1234567.90.
    """
    return _spanish if language == "es" else "{:f}".format


def _spanish(value: Decimal) -> str:
    return f"{value:,f}".translate(_SIGNS)


_SIGNS = str.maketrans(",.", ".,")
