"""Check the files of a command one after the other."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from cuadre.cli.files import Files, read_bytes
from cuadre.cli.progress import Progress

if TYPE_CHECKING:
    from cuadre.cli.fixing import Fixer
    from cuadre.config.merging import FileOptions
    from cuadre.report import DocumentReport

_MOST_KEPT = 50_000_000
"""Bytes of input that are kept for a format that shows documents; of those after them it has the findings."""


class FileChecks:
    """The checks of one run; ``needs`` is what the formats need besides the findings."""

    def __init__(
        self, files: Files, options: "FileOptions", fixer: "Fixer | None", needs: Collection[str]
    ) -> None:
        self._files = files
        self._options = options
        self._fixer = fixer
        self._with_source = "excerpts" in needs
        self._room = _MOST_KEPT if "document" in needs else 0

    def run(self, stream: TextIO) -> list["DocumentReport"]:
        """Check every file; how far it is goes to ``stream``."""
        documents: list[DocumentReport] = []
        with Progress(len(self._files.names), stream) as progress:
            for file in self._files.names:
                documents += self._checked(file)
                progress.step()
        return documents

    def _checked(self, file: str) -> "Sequence[DocumentReport]":
        """Check one file; one that cannot be opened does not keep the others from being checked."""
        from cuadre.unreadable import missing_file  # noqa: PLC0415 - `cuadre --help` needs none of it

        try:
            given = read_bytes(file)
        except OSError as error:
            return (missing_file(error, file),)
        if self._passes_by(file, given):
            return ()
        return self._report(file, given if self._fixer is None else self._fixer.fix(file, given))

    def _passes_by(self, file: str, given: bytes) -> bool:
        """Count what a folder holds and is no document; a provider that is named takes everything."""
        if file not in self._files.looked_for or self._options.options.provider is not None:
            return False
        from cuadre.recognition import recognise  # noqa: PLC0415 - only for a folder

        kind = recognise(given)
        if kind == "document":
            return False
        self._files.passed_by[kind] += 1
        return True

    def _report(self, file: str, given: bytes) -> "Sequence[DocumentReport]":
        from cuadre.checking import check  # noqa: PLC0415 - `cuadre --help` needs none of it

        options = self._options.of(file)
        if self._room > 0:
            options = replace(options, keep=True)
            self._room -= len(given)
        report = check(given, name=file, options=options)
        if not (self._with_source and report.findings):
            return report.documents
        from cuadre.excerpts import with_excerpts  # noqa: PLC0415 - only some formats show them

        return with_excerpts(report, given).documents
