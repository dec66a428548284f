"""What a project can configure, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.engine.secrets import Secrets


class ConfigurationError(CuadreError):
    """A configuration that is wrong; ``detail`` has the ``file``, the ``key`` and the ``near`` names."""

    code = "configuration"


@dataclass(frozen=True, slots=True)
class PathIgnores:
    """Codes that are left out in some files."""

    pattern: str
    """As in .gitignore, relative to the folder of the configuration."""
    codes: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """The keys of a configuration; what is not there is as without a configuration."""

    file: Path | None = None
    """Where it was read; relative paths and patterns in it start at the folder of this file."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: tuple[PathIgnores, ...] = ()
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    fail_on: Severity | None = None
    lang: str | None = None
    schemas: Path | None = None
    rules: tuple[Path, ...] = ()
    baseline: Path | None = None
    numbering: tuple[Path, ...] = ()
    secrets: Secrets = field(default_factory=Secrets)

    @property
    def folder(self) -> Path:
        """The folder that patterns are relative to: that of the file, else the working folder."""
        return Path.cwd() if self.file is None else self.file.parent
