"""Judge a document: compare its figures, run the checks over its parts, and say which fault caused which."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from cuadre.engine.decimals import EXACT
from cuadre.engine.figures import Figure
from cuadre.engine.findings import Cause, Finding, Fix, Value
from cuadre.engine.model.document import Line
from cuadre.engine.model.scalars import Path, format_amount
from cuadre.engine.secrets import Secrets
from cuadre.engine.source import Source, format_path
from cuadre.engine.totals import Totals
from cuadre.rules.pack import Checks, Pack, Plan, merge
from cuadre.rules.parts import Part, document_parts, line_parts
from cuadre.rules.rule import Context, Fault, Glance, Rule

_Cause = tuple[Rule, Path]


class _Draft(NamedTuple):
    rule: Rule
    fault: Fault
    figure: Figure | None = None
    cause: _Cause | None = None
    tolerance: str | None = None


_NO_SECRETS = Secrets()


def judge(
    totals: Totals,
    packs: Sequence[Pack],
    source: Source,
    today: dt.date | None,
    secrets: Secrets = _NO_SECRETS,
) -> list[Finding]:
    """Return everything that the packs' rules have against a document: figures first, then parts.

    ``today`` is the date that rules about age compare with; without it they do not run. The rules about
    keys run for the secrets that are given.
    """
    document = totals.document
    context = Context(document, totals, today, secrets)
    plan = merge(tuple([pack.plan(document.kind.value) for pack in packs]))
    with localcontext(EXACT):
        drafts = list(_figures(context, plan))
        drafts = _linked(drafts, _parts(context, plan))
    return [_finding(draft, source) for draft in drafts]


def _figures(context: Context, plan: Plan) -> Iterator[_Draft]:
    """Compare each stated figure with the computed one; a small difference is left to the lenses."""
    totals = context.totals
    if not totals.differing:
        return
    judged = plan.figures
    differing = [figure for figure in totals.differing if figure.kind in judged]
    wrong = {figure.path: figure for figure in differing if _is_wrong(figure, totals)}
    explained: dict[Path, _Cause] = {}
    for figure in differing:
        for rule, fault in _seen(figure, context, plan):
            explained.setdefault(figure.path, (rule, fault.path))
            yield _Draft(rule, fault, figure if fault.path == figure.path else None)
    for path, figure in wrong.items():
        rule = judged[figure.kind]
        source = _wrong_input(figure, wrong, totals)
        cause = explained.get(path) if source is None else (judged[wrong[source].kind], source)
        soften = plan.milder.get(rule.rule)
        fault = Fault(
            path,
            "missing_figure" if figure.stated is None else "figure",
            figure.stated,
            figure.value,
            formula=figure.formula,
            severity=soften(figure) if soften else None,
        )
        yield _Draft(rule, fault, figure, cause, totals.regime.tolerance(figure).name)


def _linked(figures: list[_Draft], checks: list[_Draft]) -> list[_Draft]:
    """Name causes across the two: a check that explains a figure, and a wrong figure that a check adds up."""
    explained = {path: draft for draft in reversed(checks) for path in draft.fault.explains}
    wrong = {draft.fault.path: draft for draft in figures if draft.tolerance is not None}
    linked = []
    for draft in figures:
        cause = (
            explained.get(draft.fault.path) if draft.tolerance is not None and draft.cause is None else None
        )
        linked.append(draft if cause is None else draft._replace(cause=(cause.rule, cause.fault.path)))
    for draft in checks:
        inputs = draft.fault.formula.inputs() if draft.fault.formula else ()
        found = next((wrong[addend.path] for addend in inputs if addend.path in wrong), None)
        linked.append(draft if found is None else draft._replace(cause=(found.rule, found.fault.path)))
    return linked


def _is_wrong(figure: Figure, totals: Totals) -> bool:
    name = figure.path[-1]
    if figure.stated is None:
        return name not in _NEVER_ASKED_FOR and (bool(figure.exact) or name not in _MAY_BE_ZERO)
    return not totals.regime.tolerance(figure).agrees(figure.stated, figure.exact)


def _seen(figure: Figure, context: Context, plan: Plan) -> Iterator[tuple[Rule, Fault]]:
    for rule, function in plan.lenses:
        fault = function(figure, context)
        if fault is not None:
            yield rule, fault


_MAY_BE_ZERO = {"allowance_total_amount", "charge_total_amount"}
_NEVER_ASKED_FOR = {"prepaid_amount"}


def _wrong_input(figure: Figure, wrong: Mapping[Path, Figure], totals: Totals) -> Path | None:
    """Find the wrong input whose right value would make this figure right; else all of them together."""
    stated = figure.stated
    if stated is None:
        return None
    agrees = totals.regime.tolerance(figure).agrees
    changes: list[tuple[Path, Decimal]] = []
    for sign, path, value in figure.formula.addends:
        if path in wrong:
            change = wrong[path].value - value
            changes.append((path, change if sign == "+" else -change))
    for path, change in changes:
        if agrees(stated, figure.exact + change):
            return path
    if changes and agrees(stated, figure.exact + sum((change for _, change in changes), Decimal(0))):
        return changes[0][0]
    return None


def _parts(context: Context, plan: Plan) -> list[_Draft]:
    """Run every check over the parts that it is about, in one walk."""
    drafts = _judged(document_parts(context.document), plan.checks, context)
    for index, line in enumerate(context.document.lines):
        checks = plan.beyond if _pass(plan.glances, line, context) else plan.checks
        if checks:
            drafts += _judged(line_parts(line, index), checks, context)
    return drafts


def _pass(glances: Sequence[Glance], line: Line, context: Context) -> bool:
    """Ask the glances; where there is none, nothing passes."""
    return bool(glances) and all(glance(line, context) for glance in glances)


def _judged(found: Iterable[Part], checks: Checks, context: Context) -> list[_Draft]:
    none: tuple[()] = ()
    return [
        _Draft(rule, one)
        for at, part, path in found
        for rule, function in checks.get(at, none)
        if (fault := function(part, path, context)) is not None
        for one in _each(fault)
    ]


def _each(fault: Fault | Iterable[Fault]) -> Iterable[Fault]:
    return (fault,) if isinstance(fault, Fault) else fault


def _finding(draft: _Draft, source: Source) -> Finding:
    rule, fault, figure, cause, tolerance = draft
    stated, expected = fault.stated, fault.expected
    difference = None
    if isinstance(stated, Decimal) and isinstance(expected, Decimal):
        difference = EXACT.subtract(stated, expected)
    formula = fault.formula
    return Finding(
        code=rule.code,
        rule=rule.rule,
        severity=fault.severity or rule.severity,
        place=source.place(fault.path),
        element=rule.element,
        message_key=fault.message_key,
        stated=stated,
        expected=expected,
        difference=difference,
        tolerance=tolerance,
        formula=formula.text if formula else None,
        expression=formula.expression() if formula else None,
        inputs=tuple(formula.inputs()) if formula else (),
        detail=fault.detail,
        caused_by=Cause(cause[0].code, format_path(cause[1])) if cause else None,
        fix=_fix(fault, cause, figure),
    )


def _fix(fault: Fault, cause: object, figure: Figure | None) -> Fix | None:
    """Offer the computed figure, unless another finding is to be mended first."""
    value: Value = fault.expected
    if figure is None or cause is not None or not isinstance(value, Decimal):
        return None
    return Fix(format_path(fault.path), format_amount(value))
