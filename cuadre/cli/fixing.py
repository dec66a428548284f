"""Fix the files of ``cuadre check --fix``, or show what would change in them; say what is not fixed."""

from collections.abc import Iterator

from cuadre.cli.files import STDIN
from cuadre.config.merging import FileOptions
from cuadre.engine.element_names import element_name
from cuadre.engine.errors import CuadreError, UsageError
from cuadre.engine.findings import Finding
from cuadre.engine.texts import say
from cuadre.fixing.difference import difference, printable
from cuadre.fixing.replacement import replace_file
from cuadre.fixing.rounds import Fixed, fix
from cuadre.messages import text


class Fixer:
    """Fixes one file after the other, and keeps what there is to say about them."""

    def __init__(self, options: FileOptions, language: str, *, unsafe: bool, write: bool) -> None:
        self._options = options
        self._language = language
        self._unsafe = unsafe
        self._write = write
        self.said: list[str] = []
        """A line for each figure that was changed and for each that was not."""
        self.diffs: list[str] = []
        """What would change in each file, where nothing is written."""
        self.failed = False
        """Whether a file could not be written."""

    def fix(self, file: str, data: bytes) -> bytes:
        """Fix a file that holds ``data``; return what it holds now, or would.

        Raises UsageError for standard input, which is no file to write to.
        """
        if file == STDIN and self._write:
            raise UsageError(say("cuadre:stdin_not_written"), given=STDIN)
        fixed = fix(data, file, self._options.of(file), unsafe=self._unsafe)
        if fixed.data != data:
            if not self._write:
                self.diffs.append(difference(file, data, fixed.data, fixed.changes))
            elif not self._replaced(file, data, fixed.data):
                return data
        self.said += map(printable, self._lines(file, fixed))
        return fixed.data

    def _replaced(self, file: str, old: bytes, new: bytes) -> bool:
        """Write a file; one that cannot be written does not keep the others from being fixed."""
        try:
            replace_file(file, old, new)
        except (OSError, CuadreError) as error:
            self.failed = True
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self.said.append(printable(text("fix.not_written", self._language, file=file, why=why)))
            return False
        return True

    def _lines(self, file: str, fixed: Fixed) -> Iterator[str]:
        language = self._language
        for change in fixed.changes if self._write else ():
            yield text(
                "fix.changed",
                language,
                code=change.code,
                where=_where(file, change.place.line),
                element=element_name(change.place),
                old=change.old.strip(),
                new=change.new.strip(),
            )
        if fixed.refused is not None:
            yield text("fix.refused", language, file=file, why=text(f"fix.refused.{fixed.refused}", language))
        for one in fixed.not_fixed:
            part = self._part(one.part) if one.part else ""
            yield text(
                "fix.left",
                language,
                code=one.finding.code,
                where=_where(file, one.finding.place.line),
                element=element_name(one.finding.place),
                why=text(f"fix.reason.{one.reason}", language, part=part),
            )
        if fixed.stale_key:
            yield text("fix.key", language, file=file)

    def _part(self, part: Finding) -> str:
        return f"{part.code} {element_name(part.place)}"


def _where(file: str, line: int | None) -> str:
    return file if line is None else f"{file}:{line}"
