"""Where a configuration says that a secret is: in an environment variable or in a file, never in itself."""

import os
from pathlib import Path

from cuadre.engine.errors import CuadreError
from cuadre.engine.file_errors import why
from cuadre.engine.texts import say

_ENVIRONMENT, _FILE = "env", "file"


def secret(reference: str, folder: Path) -> str | None:
    """Follow ``env:NAME`` or ``file:PATH``, which is relative to ``folder``; None for an unset variable.

    Raises CuadreError for anything else, without repeating it: it may be the secret itself.
    """
    kind, colon, name = reference.partition(":")
    if not colon or kind not in {_ENVIRONMENT, _FILE} or not name:
        raise CuadreError(say("cuadre:config_reference"))
    if kind == _ENVIRONMENT:
        return os.environ.get(name) or None
    try:
        return (folder / name).read_text(encoding="utf-8").strip() or None
    except OSError as error:
        raise CuadreError(say("cuadre.engine:at", place=name, fault=why(error)), file=name) from None
    except UnicodeDecodeError:
        raise CuadreError(say("cuadre:secret_file", file=name), file=name) from None
