"""Find the configuration of a project: in the working folder, or in the nearest folder above that has one."""

import tomllib
from pathlib import Path
from typing import Any

from cuadre.config.configuration import Configuration, ConfigurationError
from cuadre.config.keys import configuration_of
from cuadre.engine.errors import CuadreError
from cuadre.engine.file_errors import why
from cuadre.engine.texts import say

OWN, SHARED = "cuadre.toml", "pyproject.toml"
_LARGEST = 1_000_000


def find_configuration(start: Path) -> Configuration:
    """Read the first ``cuadre.toml``, or ``pyproject.toml`` with ``[tool.cuadre]``, from ``start`` upwards.

    Raises ConfigurationError where it is wrong. Where there is none, all is as if nothing were configured.
    """
    folder = start.absolute()
    for place in (folder, *folder.parents):
        if (place / OWN).is_file():
            return load_configuration(place / OWN)
        if (place / SHARED).is_file():
            table = _table(place / SHARED)
            if table is not None:
                return configuration_of(table, place / SHARED)
    return Configuration()


def load_configuration(file: Path) -> Configuration:
    """Read a file: a ``pyproject.toml`` has the keys in ``[tool.cuadre]``, any other at its top.

    Raises ConfigurationError where it cannot be read, or is wrong.
    """
    table = _table(file)
    if table is None:
        sentence = say("cuadre:config_no_table", file=str(file))
        raise ConfigurationError(sentence, file=str(file))
    return configuration_of(table, file.absolute())


def _table(file: Path) -> dict[str, Any] | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST)
        content = tomllib.loads(data.decode())
    except OSError as error:
        raise _unreadable(file, why(error)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _unreadable(file, str(error)) from None
    if file.name != SHARED:
        return content
    tool = content.get("tool")
    found = tool.get("cuadre") if isinstance(tool, dict) else None
    return found if isinstance(found, dict) else None


def _unreadable(file: Path, reason: str) -> CuadreError:
    return ConfigurationError(say("cuadre.engine:at", place=str(file), fault=reason), file=str(file))
