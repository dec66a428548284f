"""Run the command line in this process, and find the documents that it is run on."""

import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from cuadre.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NAMES = sorted(file.name for file in EXAMPLES.glob("*.xml"))
INVOICE = str(EXAMPLES / "invoice.xml")
BROKEN = str(EXAMPLES / "broken.xml")
TODAY = ("--today", "2026-11-21")


class Run(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The rule codes that the text report names, in its order."""
        return re.findall(r"(?m)^  \S+(?: \S+)?? (XSD|[A-Z]{3}\d+\w?) ", self.out)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> Run:
    """Run cuadre with ``argv``; nothing that it does may show a traceback."""
    capsys.readouterr()
    try:
        code = main(argv)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 2
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return Run(code, out, err)


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let standard input hold ``data``."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def paths(*names: str) -> Sequence[str]:
    """Return the paths of examples."""
    return [str(EXAMPLES / name) for name in names]
