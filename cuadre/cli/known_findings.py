"""The options of a baseline, and what it leaves out of a report."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cuadre.cli.helps import Helps
from cuadre.engine.errors import UsageError
from cuadre.engine.texts import say

if TYPE_CHECKING:
    from cuadre.config.configuration import Configuration
    from cuadre.report import DocumentReport


def add_baseline(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options."""
    parser.add_argument("--baseline", metavar="FILE", help=helps["baseline"])
    parser.add_argument("--update-baseline", action="store_true", help=helps["update_baseline"])


class KnownFindings:
    """The baseline of a run; raises BaselineError where it is wrong, UsageError where it has no file."""

    def __init__(self, arguments: argparse.Namespace, configuration: "Configuration") -> None:
        self._update: bool = arguments.update_baseline
        self._file = configuration.baseline if arguments.baseline is None else Path(arguments.baseline)
        self._baseline = None
        if self._file is not None:
            from cuadre.baseline import load_baseline  # noqa: PLC0415 - few have one

            self._baseline = load_baseline(self._file)
        elif self._update:
            raise UsageError(say("cuadre:baseline_needed"), given="--update-baseline")

    def left_out(self, documents: list["DocumentReport"]) -> list["DocumentReport"]:
        """Leave known findings out; write down first what there is, where that was asked for."""
        if self._baseline is None or self._file is None:
            return documents
        if self._update:
            self._baseline = self._baseline.updated(documents)
            self._file.write_text(self._baseline.to_json(), encoding="utf-8")
        return [self._baseline.without_known(document) for document in documents]
