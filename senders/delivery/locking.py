"""One sender for one document: a lock of the operating system, which lets go when its process dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cuadre.engine.errors import CuadreError

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class BusyError(CuadreError):
    """A document that another process, or thread, is sending or asking about at this moment."""

    code = "busy"


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock ``name`` in ``folder``; raise BusyError where another has it. It never waits."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    handle = _held(path)
    try:
        yield
    finally:
        # Gone before it is let go: whoever has opened it meanwhile sees that it is no longer the file.
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _held(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(handle)
            if _is_the_file(handle, path):
                return handle
        except OSError:
            os.close(handle)
            sentence = "another process is busy with this document"
            raise BusyError(sentence, lock=str(path)) from None
        os.close(handle)


def _is_the_file(handle: int, path: Path) -> bool:
    """Tell whether the locked file is still there: whoever had the lock before deletes it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
