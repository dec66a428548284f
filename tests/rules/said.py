"""What a finding says, as the columns of a table of cases."""

from collections.abc import Sequence
from decimal import Decimal

from cuadre.engine.amounts import parse_amount
from cuadre.engine.findings import Finding, Value
from cuadre.engine.model.scalars import Path


def said(found: Finding) -> dict[str, str]:
    """Return the columns ``SAID`` of a finding; a fix elsewhere than at its place has its path with it."""
    fix = ""
    if found.fix is not None:
        elsewhere = "" if found.fix.path == found.place.path else f"{found.fix.path} = "
        fix = elsewhere + found.fix.value
    return {
        "severity": found.severity.value,
        "path": found.place.path,
        "message_key": found.message_key,
        "stated": text(found.stated),
        "expected": text(found.expected),
        "detail": found.detail or "",
        "fix": fix,
    }


def text(value: Value) -> str:
    """Write a value with all its digits."""
    return f"{value:f}" if isinstance(value, Decimal) else value or ""


def brief(found: Finding) -> str:
    """Write a finding as ``FAU06 reject path``."""
    return f"{found.code} {found.severity} {found.place.path}"


def own(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that no other causes."""
    return [found for found in findings if found.caused_by is None]


def follows(findings: Sequence[Finding], cause: Finding) -> list[str]:
    """List the findings that ``cause`` causes, as ``FAU06 reject path``."""
    wanted = (cause.code, cause.place.path)
    return [
        brief(found)
        for found in findings
        if found.caused_by is not None and (found.caused_by.code, found.caused_by.path) == wanted
    ]


def stated(tree: object, path: Path) -> Decimal:
    """Return the amount at a path of a Document or of JSON; what is absent counts as zero."""
    for step in path:
        if tree is None:
            break
        tree = getattr(tree, step) if isinstance(step, str) and not isinstance(tree, dict) else tree[step]  # type: ignore[index]
    return Decimal(0) if tree is None else parse_amount(tree)
