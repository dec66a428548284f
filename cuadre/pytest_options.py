"""What the options of ``pytest --cuadre…`` and the configuration say together."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from cuadre.baseline import Baseline, load_baseline
from cuadre.config.discovery import find_configuration
from cuadre.config.merging import FileOptions, options_of
from cuadre.engine.errors import CuadreError, UsageError
from cuadre.engine.findings import Severity
from cuadre.engine.texts import say
from cuadre.folders import Exclusion
from cuadre.rule_folders import load_rules
from cuadre.selection import codes_in

_SETTINGS = pytest.StashKey["Settings"]()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the options and the configuration of a run say together."""

    exclusion: Exclusion
    files: FileOptions
    baseline: Baseline | None
    fail_on: Severity
    """The mildest severity that fails a test."""
    language: str
    """The language of sentences."""


def settings_of(config: pytest.Config) -> Settings:
    """Read the configuration once, and load the folders of rules.

    Raises pytest.UsageError for what cannot be used.
    """
    if _SETTINGS not in config.stash:
        try:
            config.stash[_SETTINGS] = _settings(config)
        except CuadreError as error:
            raise pytest.UsageError(error.message(config.getoption("cuadre_lang") or "en")) from None
    return config.stash[_SETTINGS]


def _settings(config: pytest.Config) -> Settings:
    folder = config.invocation_params.dir
    configuration = find_configuration(folder)
    named = [folder / Path(one) for one in config.getoption("cuadre_rules") or ()]
    for rules in (*configuration.rules, *named):
        load_rules(rules)
    files = options_of(
        configuration,
        today=_date(config.getoption("cuadre_today")),
        select=codes_in(config.getoption("cuadre_select") or ""),
        ignore=codes_in(config.getoption("cuadre_ignore") or ""),
    )
    return Settings(
        Exclusion(configuration.exclude, configuration.folder),
        files,
        None if configuration.baseline is None else load_baseline(configuration.baseline),
        Severity(config.getoption("cuadre_fail_on") or configuration.fail_on or Severity.REJECT),
        config.getoption("cuadre_lang") or configuration.lang or "en",
    )


def _date(given: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(say("cuadre.engine:no_date", value=given), given=given) from None
