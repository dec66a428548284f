"""The sentences of findings in English and Spanish: the engine's own, and those that a package registers."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter

from cuadre.engine.errors import DefinitionError, UnknownNameError
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say

LANGUAGES = ("en", "es")
BLANKS = frozenset({"element", "stated", "expected", "expression", "detail", "amount", "too"})
"""What a sentence about a finding may have in braces; ``Finding.message`` fills it."""

Sentences = Mapping[str, Mapping[str, str]]
"""By key, then by language."""


def register(package: str) -> None:
    """Add the sentences of ``messages.csv`` in a package; without that file there is nothing to add.

    Columns: ``key, en, es``. A rule names a key in ``Fault.message_key``. Raises DefinitionError, with the
    file and the key, where a key is there twice, also in another package, where a language is missing,
    where the blanks of two languages differ, or where a blank is none of ``BLANKS``.
    """
    _register(_ENGINE, "sentences")
    _register(package, "messages")


def forget(package: str) -> None:
    """Drop the sentences that a package has registered, where the rest of it could not be loaded."""
    for key in [key for key, owner in _OWNERS.items() if owner == package]:
        del _ROWS[key], _OWNERS[key]
    _PACKAGES.discard(package)


@cache
def load_sentences(package: str, name: str, blanks: frozenset[str] | None = None) -> Sentences:
    """Load a table of sentences, once, and check it; ``register`` says what for.

    ``blanks`` are those that a sentence may have; None allows any.
    """
    file = f"{package}/{name}.csv"
    rows = {row["key"]: row for row in load_table(package, name, ("key",))}
    for key, row in rows.items():
        english, spanish = (_blanks(file, key, row.get(language)) for language in LANGUAGES)
        unknown = set() if blanks is None else english - blanks
        if english != spanish or unknown:
            names = tuple(sorted(unknown or english ^ spanish))
            fault = say(
                "cuadre.engine:unknown_blanks" if unknown else "cuadre.engine:other_blanks", names=names
            )
            sentence = say("cuadre.engine:of_sentence", file=file, key=key, fault=fault)
            raise DefinitionError(sentence, file=file, key=key)
    return rows


def sentence_of(key: str, lang: str, **values: object) -> str:
    """Return a sentence with its blanks filled.

    Raises UnknownNameError for a language that there is not, and DefinitionError for a key that no package
    has registered.
    """
    _register(_ENGINE, "sentences")
    if lang not in LANGUAGES:
        sentence = f"there are no sentences in {lang!r}; there are in {', '.join(LANGUAGES)}"
        raise UnknownNameError(sentence, near=list(LANGUAGES))
    if key not in _ROWS:
        sentence = f"no package has registered a sentence {key!r}"
        raise DefinitionError(sentence, key=key)
    return _ROWS[key][lang].format(**values)


def owner_of(key: str) -> str | None:
    """Return the package that registered a sentence, or None."""
    return _OWNERS.get(key)


def _blanks(file: str, key: str, text: str | None) -> set[str]:
    fault = None
    if text:
        try:
            return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as error:
            fault = str(error)
    said = fault or say("cuadre.engine:no_sentence")
    sentence = say("cuadre.engine:of_sentence", file=file, key=key, fault=said)
    raise DefinitionError(sentence, file=file, key=key)


def _register(package: str, name: str) -> None:
    if package in _PACKAGES or not resources.files(package).joinpath(f"{name}.csv").is_file():
        return
    rows = load_sentences(package, name, BLANKS)
    for key in rows:
        if _OWNERS.get(key, package) != package:
            file = f"{package}/{name}.csv"
            sentence = say("cuadre.engine:sentence_taken", file=file, key=key, owner=_OWNERS[key])
            raise DefinitionError(sentence, file=file, key=key)
    _ROWS.update(rows)
    _OWNERS.update(dict.fromkeys(rows, package))
    _PACKAGES.add(package)


_ENGINE = "cuadre.engine"
_ROWS: dict[str, Mapping[str, str]] = {}
_OWNERS: dict[str, str] = {}
_PACKAGES: set[str] = set()
