"""The tests of ``pytest --cuadre``: one a document, or one a rule; a failure is a finding."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import pytest

from cuadre.checking import check
from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Finding
from cuadre.engine.texts import in_language
from cuadre.failure_text import could_not_check, lines
from cuadre.inputs import read_file
from cuadre.options import Options
from cuadre.pytest_options import Settings, settings_of
from cuadre.reading import read
from cuadre.report import DocumentReport
from cuadre.rules.registry import plan_of
from cuadre.rules.rule import Rule
from cuadre.severity import severe


class FoundError(Exception):
    """A test failed: what was found, and nothing that Python did."""

    def __init__(self, findings: Sequence[Finding], reason: str = "") -> None:
        super().__init__(reason)
        self.findings = findings
        self.reason = reason


class DocumentFile(pytest.File):
    """A document or a payload. It is checked once, when the first of its tests runs."""

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file."""
        return read_file(str(self.path))

    @cached_property
    def report(self) -> DocumentReport:
        """What cuadre says of it."""
        baseline = self.settings.baseline
        document = check(self.data, name=self._name, options=self.options).documents[0]
        return document if baseline is None else baseline.without_known(document)

    @property
    def settings(self) -> Settings:
        """What the run is asked for."""
        return settings_of(self.config)

    @property
    def options(self) -> Options:
        """How this file is checked."""
        return self.settings.files.of(str(self.path))

    @property
    def _name(self) -> str:
        try:
            return str(self.path.relative_to(self.config.invocation_params.dir))
        except ValueError:
            return str(self.path)

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one test, or with ``--cuadre-per-rule`` one for each rule that is about its kind."""
        if not self.config.getoption("cuadre_per_rule"):
            yield DocumentItem.from_parent(self, name="document")
            return
        yield ReadItem.from_parent(self, name="read")
        for rule in self._rules():
            yield RuleItem.from_parent(self, name=rule.code, rule=rule)

    def _rules(self) -> list[Rule]:
        try:
            document = read(self.data).document
            plan = plan_of(document.country, document.kind.value) if document else None
        except CuadreError:
            return []
        selection = self.options.selection
        rules = sorted(plan.rules.values(), key=lambda rule: rule.code) if plan else []
        return [rule for rule in rules if selection.wants(rule.code)]


class _Item(pytest.Item):
    """What the three kinds of test have in common: how they fail."""

    parent: DocumentFile

    def fails(self, findings: Sequence[Finding]) -> list[Finding]:
        """Choose the findings that are severe enough."""
        return severe(findings, self.parent.settings.fail_on)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Write findings as cuadre does, each with its line of the source under it."""
        del style
        error = excinfo.value
        if not isinstance(error, FoundError):
            return str(super().repr_failure(excinfo))
        language = self.parent.settings.language
        said = [in_language(error.reason, language)] if error.reason else []
        return "\n".join([*said, *lines(error.findings, self.parent.data, language)])

    def reportinfo(self) -> tuple[str, int | None, str]:
        """Name the file and the test."""
        return str(self.path), None, f"{self.parent.name}::{self.name}"


class DocumentItem(_Item):
    """A document is accepted."""

    def runtest(self) -> None:
        """Check it."""
        report = self.parent.report
        wrong = self.fails(report.findings)
        if wrong:
            raise FoundError(wrong)
        _require_checked(report)


class ReadItem(_Item):
    """A document can be read, and every layer of the check ran that could."""

    def runtest(self) -> None:
        """Check it; findings of no rule, such as those of the schema, fail here."""
        report = self.parent.report
        rules = {item.name for item in self.parent.collect() if isinstance(item, RuleItem)}
        wrong = self.fails([one for one in report.findings if one.code not in rules])
        if wrong:
            raise FoundError(wrong)
        _require_checked(report)


class RuleItem(_Item):
    """A document does not break a rule."""

    def __init__(self, *, rule: Rule, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self.rule = rule
        severity = self.parent.options.selection.severity(rule.code) or rule.severity
        self.add_marker(severity.value)

    def runtest(self) -> None:
        """Look for findings of the rule."""
        wrong = self.fails([one for one in self.parent.report.findings if one.code == self.rule.code])
        if wrong:
            raise FoundError(wrong)


def _require_checked(report: DocumentReport) -> None:
    failure = could_not_check(report)
    if failure:
        raise FoundError((), failure)
