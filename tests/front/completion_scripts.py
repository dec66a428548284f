"""Write the completion scripts of ``cuadre completion`` from the options of the commands."""

import argparse
from pathlib import Path

import shtab

from cuadre.cli.completion_command import SHELLS
from cuadre.cli.main import command_names, parser_of

from .running import ROOT

_FOLDER = ROOT / "cuadre" / "cli" / "completion"
_FILES = {"PATH", "FILE", "A", "B", "ANSWER", "DOCUMENT", "FOLDER"}


def file_of(shell: str) -> Path:
    """Return where the script of a shell is."""
    return _FOLDER / f"cuadre.{shell}"


def script(shell: str) -> str:
    """Write the script of a shell."""
    parser = parser_of(command_names(), "en")
    (commands,) = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for command in commands.choices.values():
        for action in command._actions:
            if action.metavar in _FILES:
                action.complete = shtab.FILE
    written = shtab.complete(parser, shell=shell)
    return "\n".join([line.rstrip() for line in written.splitlines()]) + "\n"


if __name__ == "__main__":
    for one in SHELLS:
        file_of(one).write_text(script(one), encoding="utf-8")
