"""In which order a reader looks at findings: first what explains others, last what is explained."""

from collections.abc import Sequence

from cuadre.engine.findings import Severity
from cuadre.formats.html_report.shown_document import ShownDocument

RANKS = {Severity.ERROR: 0, Severity.REJECT: 1, Severity.NOTIFY: 2, Severity.LINT: 3}
"""The severities, the worst first."""


def grouped(shown: ShownDocument) -> list[Sequence[int]]:
    """Group the numbers of the findings by their code, the group to look at first before the others."""
    numbers = sorted(range(len(shown.report.findings)), key=lambda number: _rank(shown, number))
    groups: dict[str, list[int]] = {}
    for number in numbers:
        groups.setdefault(shown.report.findings[number].code, []).append(number)
    return list(groups.values())


def _rank(shown: ShownDocument, number: int) -> tuple[bool, int, int, int]:
    """Rank a finding; a cause is as severe as what it explains."""
    finding, explained = shown.report.findings[number], shown.explains.get(number, ())
    worst = min([RANKS[shown.report.findings[one].severity] for one in (number, *explained)])
    return finding.caused_by is not None, worst, -len(explained), number
