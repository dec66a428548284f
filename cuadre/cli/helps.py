"""The help of commands and options (help.csv), and argparse's own words in Spanish (argparse.csv)."""

import argparse
import gettext
from collections.abc import Iterator
from contextlib import contextmanager

from cuadre.engine.sentences import load_sentences
from cuadre.engine.tables import load_table


class Helps:
    """The help of one command in one language."""

    def __init__(self, command: str, language: str) -> None:
        self.command = command
        self.language = language

    def __getitem__(self, option: str) -> str:
        """Return the help of an option: that of this command, else one that several commands share."""
        rows = load_sentences("cuadre.cli", "help")
        return (rows.get(f"{self.command}.{option}") or rows[option])[self.language]

    def __str__(self) -> str:
        """Say what the command does."""
        return load_sentences("cuadre.cli", "help")[self.command][self.language]


@contextmanager
def argparse_in(language: str) -> Iterator[None]:
    """Let argparse say ``usage``, ``options`` and its errors in a language.

    It asks gettext, whose catalogue is a binary file that the environment chooses. A table is enough.
    """
    if language == "en":
        yield
        return
    rows = load_table("cuadre.cli", "argparse", ("en",), (language,))
    words = {row["en"]: row[language] for row in rows}
    before = vars(argparse)["_"]
    setattr(argparse, "_", lambda message: words.get(message) or gettext.gettext(message))  # noqa: B010 - no name of its interface
    try:
        yield
    finally:
        setattr(argparse, "_", before)  # noqa: B010 - as above
