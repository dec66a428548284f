"""Choose which findings of a check are fixed, and say why the others that could be are not."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from cuadre.engine.findings import Finding, Severity
from cuadre.engine.source import format_path
from cuadre.rules.pack import Plan
from cuadre.selection import Selection

Reason = Literal["unsafe", "missing", "part", "place", "digits"]
"""Why a finding is not fixed: its fix is unsafe, the figure is not stated, another figure that it is
computed from is wrong, it has no place of its own in the file, or it is more than plain digits there."""


class NotFixed(NamedTuple):
    """A finding that has a fix, which is not made."""

    finding: Finding
    reason: Reason
    part: Finding | None = None
    """The finding to fix first, where the reason is ``part``."""


class Choice(NamedTuple):
    """What can be fixed now, and what cannot."""

    fixable: tuple[Finding, ...]
    not_fixed: tuple[NotFixed, ...]


def choose_fixes(findings: Sequence[Finding], plan: Plan, selection: Selection, *, unsafe: bool) -> Choice:
    """Choose from all findings of a document those to fix; ``selection`` says which codes are wanted.

    A figure that is computed from a wrong one waits for it: a sum of wrong parts is no right total.
    """
    wrong = {one.place.path: one for one in findings if _is_wrong_figure(one)}
    fixable, not_fixed = [], []
    for finding in findings:
        if finding.fix is None or not selection.wants(finding.code):
            continue
        if Decimal(finding.fix.value) == finding.stated:
            # The lint is about how the figure was rounded, and the computed figure is the same.
            continue
        safety = _safety(finding, plan, wrong)
        if not safety:
            continue
        part = _wrong_part(finding, wrong)
        if finding.stated is None:
            not_fixed.append(NotFixed(finding, "missing"))
        elif safety == "unsafe" and not unsafe:
            not_fixed.append(NotFixed(finding, "unsafe"))
        elif part is not None:
            not_fixed.append(NotFixed(finding, "part", part))
        else:
            fixable.append(finding)
    return Choice(tuple(fixable), tuple(not_fixed))


def _is_wrong_figure(finding: Finding) -> bool:
    return finding.severity is not Severity.LINT and isinstance(finding.expected, Decimal)


def _safety(finding: Finding, plan: Plan, wrong: Mapping[str, Finding]) -> str:
    """Return the word of the catalogue.

    A lint may be why the authority finds the same figure wrong. Then it is the authority's rule that says
    what kind of figure it is: a lint about roundings speaks of every kind.
    """
    judged = wrong.get(finding.place.path, finding)
    rule = plan.rules.get(judged.rule)
    return "" if rule is None else rule.fix


def _wrong_part(finding: Finding, wrong: Mapping[str, Finding]) -> Finding | None:
    """Return the first wrong figure that this one is computed from, if it is not a consequence of this."""
    for one in finding.inputs:
        part = wrong.get(format_path(one.path))
        if part is not None and not _follows_from(part, finding):
            return part
    return None


def _follows_from(consequence: Finding, finding: Finding) -> bool:
    cause = consequence.caused_by
    return cause is not None and (cause.code, cause.path) == (finding.code, finding.place.path)
