"""Compare each stated figure with the computed one; what is within the tolerance is for explainers."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Protocol, TypeVar

from cuadre.engine.computation import Computation
from cuadre.engine.figures import Figure
from cuadre.engine.formula import Formula
from cuadre.engine.model.scalars import Path
from cuadre.engine.totals import Totals
from cuadre.rules.draft import Draft, Origin
from cuadre.rules.pack import Plan
from cuadre.rules.rule import Context, Fault, Rule

T = TypeVar("T")


class Guard(Protocol):
    """Calls a function of a rule; None where it raises."""

    def __call__(self, rule: Rule, function: Callable[..., T | None], *given: object) -> T | None:
        """Call ``function`` with what is given."""
        ...


def compare(context: Context, plan: Plan, guard: Guard) -> list[Draft]:
    """Return what explainers say of the figures that differ, then the figures that are wrong."""
    totals, judged = context.totals, plan.figures
    differing = [figure for figure in totals.differing if figure.name in judged]
    wrong = {path: figure for path, figure in totals.wrong.items() if figure.name in judged}
    drafts: list[Draft] = []
    explained: dict[Path, Origin] = {}
    for figure in differing:
        for rule, fault in _explained(figure, context, plan, guard):
            path = fault.where if isinstance(fault.where, tuple) else (fault.where,)
            explained.setdefault(figure.path, Origin(rule, path))
            own = figure if path == figure.path else None
            drafts.append(Draft(rule, fault, path, _bound(fault), own))
    sources = {path: _wrong_input(figure, wrong, totals) for path, figure in wrong.items()}
    by_base = {source for path, source in sources.items() if source and not _adds_up(wrong[path], source)}
    for path, figure in wrong.items():
        rule = judged[figure.name]
        source = sources[path]
        cause = explained.get(path) if source is None else Origin(judged[wrong[source].name], source)
        override = plan.severity_overrides.get(rule.rule)
        fault = Fault(
            path,
            "missing_figure" if figure.stated is None else "figure",
            figure.stated,
            figure.value,
            severity=guard(rule, override, figure) if override else None,
        )
        tolerance = totals.regime.tolerance(figure).name
        fixable = path not in by_base
        drafts.append(Draft(rule, fault, path, figure.computation, figure, tolerance, cause, fixable=fixable))
    return drafts


def _adds_up(figure: Figure, path: Path) -> bool:
    """Tell whether a figure is one of the terms of another; else the other adds up its base."""
    return any(path == term for _, term, _ in figure.computation.addends)


def _bound(fault: Fault) -> Computation | None:
    return None if isinstance(fault.formula, Formula) else fault.formula


def _explained(figure: Figure, context: Context, plan: Plan, guard: Guard) -> Iterator[tuple[Rule, Fault]]:
    for rule, function in plan.explainers:
        fault = guard(rule, function, figure, context)
        if fault is not None:
            yield rule, fault


def _wrong_input(figure: Figure, wrong: Mapping[Path, Figure], totals: Totals) -> Path | None:
    """Find the wrong input whose right value would make this figure right; else all of them together."""
    stated = figure.stated
    if stated is None:
        return None
    agrees = totals.regime.tolerance(figure).agrees
    changes: list[tuple[Path, Decimal]] = []
    for sign, path, value in figure.computation.addends:
        source, change = _change(path, value, wrong)
        if source is not None:
            changes.append((source, change if sign == "+" else -change))
    for path, change in changes:
        if agrees(stated, figure.exact + change):
            return path
    if changes and agrees(stated, figure.exact + sum((change for _, change in changes), Decimal(0))):
        return changes[0][0]
    return None


def _change(path: Path, value: Decimal, wrong: Mapping[Path, Figure]) -> tuple[Path | None, Decimal]:
    """Return the wrong figure that an input is, or is the base of, and how the input would change."""
    if path in wrong:
        return path, wrong[path].value - value
    tax = wrong.get((*path[:-1], "tax_amount")) if path[-1] == "taxable_amount" else None
    if tax is None or not tax.stated or not tax.exact:
        return None, Decimal(0)
    # The tax may be right, and its base wrong.
    return tax.path, tax.rounding.quotient(value * tax.stated, tax.exact) - value
