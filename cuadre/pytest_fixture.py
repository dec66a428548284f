"""The fixture ``cuadre``: the functions for tests, with the options that pytest was given."""

from typing import Unpack

import pytest

from cuadre.checking import check
from cuadre.engine.findings import Finding
from cuadre.inputs import Input
from cuadre.options import Choices, Options
from cuadre.pytest_options import settings_of
from cuadre.report import DocumentReport, Report
from cuadre.testing import assert_accepted, assert_fires, mutate


class Checker:
    """Checks documents as ``pytest --cuadre`` with the same options does; a keyword changes one of them."""

    mutate = staticmethod(mutate)

    def __init__(self, config: pytest.Config) -> None:
        settings = settings_of(config)
        self.options: Options = settings.files.options
        """How to check."""
        self._fail_on = settings.fail_on.value
        self._lang = settings.language

    def check(self, given: Input, **choices: Unpack[Choices]) -> Report:
        """Check a document; see ``cuadre.check``."""
        return check(given, options=self.options, **choices)

    def assert_accepted(
        self, given: Input, *, fail_on: str | None = None, **choices: Unpack[Choices]
    ) -> DocumentReport:
        """Assert that nothing severe is found; see ``cuadre.testing.assert_accepted``."""
        __tracebackhide__ = True
        return assert_accepted(
            given, fail_on=fail_on or self._fail_on, lang=self._lang, options=self.options, **choices
        )

    def assert_fires(
        self, given: Input, code: str, *, at: str | None = None, **choices: Unpack[Choices]
    ) -> Finding:
        """Assert that a rule has something against a document; see ``cuadre.testing.assert_fires``."""
        __tracebackhide__ = True
        return assert_fires(given, code, at=at, lang=self._lang, options=self.options, **choices)
