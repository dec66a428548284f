"""Which findings of a document are kept: the most severe, and at most a thousand."""

from collections.abc import Sequence

from cuadre.engine.findings import Finding, Severity

MAX_FINDINGS = 1000
"""A document with more faults is not mended one by one, and a report must stay small."""

_RANKS = {
    severity: rank
    for rank, severity in enumerate((Severity.ERROR, Severity.REJECT, Severity.NOTIFY, Severity.LINT))
}


def keep(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], int]:
    """Return the findings to report, in the order of the input's lines, and how many more there are.

    The most severe are kept, so the verdict that follows from them is that of all.
    """
    kept = findings
    if len(findings) > MAX_FINDINGS:
        kept = sorted(findings, key=lambda finding: _RANKS[finding.severity])[:MAX_FINDINGS]
    in_order = sorted(kept, key=lambda finding: finding.place.line or 0)
    return tuple(in_order), len(findings) - len(kept)
