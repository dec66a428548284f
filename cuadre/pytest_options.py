"""What the options of ``pytest --cuadre…`` mean; one that is not given has its default here."""

import datetime as dt
from pathlib import Path

import pytest

from cuadre.engine.errors import CuadreError, UsageError
from cuadre.engine.findings import Severity
from cuadre.engine.texts import say
from cuadre.options import Options
from cuadre.rule_folders import load_rules

_OPTIONS = pytest.StashKey[Options]()


def options_of(config: pytest.Config) -> Options:
    """Load the folders of rules, and return how to check; raise pytest.UsageError for what cannot be used."""
    if _OPTIONS not in config.stash:
        try:
            for folder in config.getoption("cuadre_rules") or ():
                load_rules(config.invocation_params.dir / Path(folder))
            config.stash[_OPTIONS] = _options(config)
        except CuadreError as error:
            raise pytest.UsageError(error.message(language_of(config))) from None
    return config.stash[_OPTIONS]


def language_of(config: pytest.Config) -> str:
    """Return the language of sentences."""
    return config.getoption("cuadre_lang") or "en"


def fails_at(config: pytest.Config) -> Severity:
    """Return the mildest severity that fails a test."""
    return Severity(config.getoption("cuadre_fail_on") or Severity.REJECT)


def _options(config: pytest.Config) -> Options:
    return Options(
        today=_date(config.getoption("cuadre_today")),
        select=_codes(config.getoption("cuadre_select")),
        ignore=_codes(config.getoption("cuadre_ignore")),
    )


def _date(given: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(say("cuadre.engine:no_date", value=given), given=given) from None


def _codes(given: str | None) -> tuple[str, ...]:
    return tuple([code.strip().upper() for code in (given or "").split(",") if code.strip()])
