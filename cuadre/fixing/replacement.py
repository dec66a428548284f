"""Replace a file so that it is the old one or the new one, whole, whatever happens in between."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from cuadre.engine.errors import CuadreError


class ChangedFileError(CuadreError):
    """A file that another program wrote after it was read; ``detail["path"]`` names it."""

    code = "changed_file"


def replace_file(file: str, old: bytes, new: bytes) -> None:
    """Put ``new`` in the place of ``old``: a temporary file beside it, written to the disk, then renamed.

    The permissions stay, and a symbolic link still leads to the file. Raises OSError where the file may not
    be written, and ChangedFileError where it no longer holds ``old``.
    """
    target = Path(file).resolve()
    if not os.access(target, os.W_OK):
        # A rename needs the right to write in the folder only, and would replace a read-only file.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
    if target.read_bytes() != old:
        sentence = f"{file}: it was changed after it was read; nothing was written"
        raise ChangedFileError(sentence, path=file)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".cuadre")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(new)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, temporary)
        Path(temporary).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    _write_folder(target.parent)


def _write_folder(folder: Path) -> None:
    """Write the folder's own entry to the disk, where a system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
