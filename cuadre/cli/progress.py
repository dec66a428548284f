"""A progress bar on a terminal, for many files."""

from types import TracebackType
from typing import Self, TextIO

_MANY = 50
_WIDTH = 30


class Progress:
    """Draws nothing where the stream is no terminal, or the files are few."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total = total
        self._stream = stream
        self._done = 0
        self._shown = total >= _MANY and stream.isatty()

    def __enter__(self) -> Self:
        return self

    def step(self) -> None:
        """Count one file."""
        self._done += 1
        if self._shown and (self._done * 100 // self._total) != ((self._done - 1) * 100 // self._total):
            filled = "█" * (self._done * _WIDTH // self._total)
            self._stream.write(f"\r{filled:<{_WIDTH}} {self._done}/{self._total}")
            self._stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write("\r" + " " * (_WIDTH + 20) + "\r")
            self._stream.flush()
