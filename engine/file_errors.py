"""Say why a file cannot be read or written: what is usual in words of ours, the rest as the system does."""

from cuadre.engine.texts import say

_USUAL = {
    "FileNotFoundError",
    "PermissionError",
    "IsADirectoryError",
    "NotADirectoryError",
    "FileExistsError",
}


def why(error: OSError) -> str:
    """Return the reason without the file's name."""
    name = type(error).__name__
    return say(f"cuadre.engine:{name}") if name in _USUAL else error.strerror or str(error)
