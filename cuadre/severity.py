"""Which findings are severe enough, from lint to error."""

from collections.abc import Iterable

from cuadre.engine.findings import Finding, Severity

_MILDEST_FIRST = (Severity.LINT, Severity.NOTIFY, Severity.REJECT, Severity.ERROR)


def severe(findings: Iterable[Finding], least: Severity) -> list[Finding]:
    """Choose the findings that are at least as severe as ``least``."""
    enough = _MILDEST_FIRST[_MILDEST_FIRST.index(least) :]
    return [finding for finding in findings if finding.severity in enough]
