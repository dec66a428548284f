"""An argument parser that names the option, command or value that was probably meant."""

import argparse
import re
from difflib import get_close_matches
from typing import Any, NoReturn

from cuadre.engine.texts import in_language, say

_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
# argparse ends its sentence about a wrong value with the right ones, in the languages of argparse.csv too.
_WRONG_VALUE = re.compile(r"'([^']*)'[^']*\((.+)\)$")
_CHOOSE = "choose from "
_WORD = re.compile(r"[\w-]+")


class Parser(argparse.ArgumentParser):
    """``language`` is that of the suggestion."""

    def __init__(self, *, language: str = "en", **given: Any) -> None:  # noqa: ANN401 - those of argparse
        super().__init__(**given)
        self._language = language
        self._options: set[str] = set()

    def knows(self, command: argparse.ArgumentParser) -> None:
        """Remember the options of a command: what it does not know, the parser around it refuses."""
        self._options |= {*_OPTION.findall(self.format_usage()), *_OPTION.findall(command.format_usage())}

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and what was probably meant; exit with 2."""
        near = self._near(message)
        if near:
            message = in_language(
                say("cuadre:did_you_mean", sentence=message, near=tuple(near)), self._language
            )
        super().error(message)

    def _near(self, message: str) -> list[str]:
        wrong = _WRONG_VALUE.search(message)
        if wrong is not None:
            return get_close_matches(wrong[1], _WORD.findall(wrong[2].removeprefix(_CHOOSE)))
        unknown = [name for name in _OPTION.findall(message) if name not in self._options]
        return [near for name in unknown for near in get_close_matches(name, sorted(self._options), n=1)]
