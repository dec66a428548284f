"""Options of a check from a configuration and from what the caller says, which weighs more."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pathspec import GitIgnoreSpec

from cuadre.config.configuration import Configuration, ConfigurationError, PathIgnores
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.regimes.co.numbering import NumberingResolution
from cuadre.engine.secrets import Secrets
from cuadre.engine.texts import say, text_of
from cuadre.options import Choices, Options
from cuadre.selection import choose


class FileOptions:
    """The options of each file: those of all, and the codes that are left out in some."""

    def __init__(self, configuration: Configuration, options: Options) -> None:
        self.options = options
        """Those of all files."""
        self._folder = configuration.folder.resolve()
        self._ignores = [
            (GitIgnoreSpec.from_lines([one.pattern]), one) for one in configuration.per_file_ignores
        ]

    def of(self, file: str) -> Options:
        """Return the options for a file, relative to the working folder or absolute."""
        if not self._ignores:
            return self.options
        path = Path(file).resolve()
        if not path.is_relative_to(self._folder):
            return self.options
        name = path.relative_to(self._folder).as_posix()
        mine = [one for spec, one in self._ignores if spec.match_file(name)]
        return _without(self.options, mine) if mine else self.options


def _without(options: Options, ignores: Collection[PathIgnores]) -> Options:
    codes = [code for one in ignores for code in one.codes]
    reasons = list(dict.fromkeys([one.reason for one in ignores if one.reason]))
    return replace(
        options,
        ignore=(*options.selection.ignore, *codes),
        ignore_reason="; ".join(reasons) or options.ignore_reason,
    )


def options_of(configuration: Configuration, **choices: object) -> FileOptions:
    """Merge: ``select`` replaces the configured one, ``ignore`` adds to it; what is None is not said.

    Files with numbering resolutions that are given replace those of the configuration.

    Raises ConfigurationError where the configuration has a code that no rule has, and UnknownNameError
    where ``choices`` has one.
    """
    _require_known(configuration)
    given: Choices = {name: value for name, value in choices.items() if value is not None}  # type: ignore[assignment]
    secrets, configured = given.get("secrets") or Secrets(), configuration.secrets
    merged: Choices = {
        "schemas": configuration.schemas,
        **given,
        "select": _codes(given.get("select", ())) or configuration.select,
        "ignore": (*configuration.ignore, *_codes(given.get("ignore", ()))),
        "severity": {**configuration.severity, **given.get("severity", {})},
        "numbering": given.get("numbering") or _numbering(configuration),
        "secrets": Secrets(secrets.technical_key or configured.technical_key, secrets.pin or configured.pin),
    }
    return FileOptions(configuration, Options(**merged))


def _numbering(configuration: Configuration) -> tuple[NumberingResolution, ...]:
    """Read the files with resolutions; raise NumberingError where one cannot be read."""
    if not configuration.numbering:
        return ()
    from cuadre.numbering_files import read_numbering  # noqa: PLC0415 - most projects name none

    return tuple([one for file in configuration.numbering for one in read_numbering(file)])


def _codes(codes: str | Collection[str]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else tuple(codes)


def _require_known(configuration: Configuration) -> None:
    """Look up each code now, so that a wrong one is said to be in the file, and not of a command line."""
    lists = [
        ("select", configuration.select),
        ("ignore", configuration.ignore),
        ("severity", tuple(configuration.severity)),
        *[(f"per-file-ignores.{one.pattern!r}", one.codes) for one in configuration.per_file_ignores],
    ]
    for key, codes in lists:
        try:
            choose(codes)
        except UnknownNameError as error:
            file = str(configuration.file)
            sentence = say("cuadre:config_at", file=file, key=key, fault=text_of(error))
            raise ConfigurationError(sentence, file=file, key=key, near=error.detail["near"]) from None
