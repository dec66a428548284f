"""Name causes: a check that explains a wrong figure, and a fault in what a check computes with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from cuadre.engine.computation import Computation
from cuadre.engine.model.scalars import Path
from cuadre.engine.totals import Totals
from cuadre.rules.draft import Draft, Origin


def linked(figures: list[Draft], checks: list[Draft], totals: Totals) -> list[Draft]:
    """Return all drafts, figures first, each with the fault that it follows from."""
    explained = {path: draft for draft in reversed(checks) for path in draft.explains}
    mended = {draft.path: draft for draft in reversed(checks) if draft.change}
    wrong = {draft.path: draft for draft in figures if draft.tolerance is not None}
    result = []
    for draft in figures:
        origin = None
        if draft.tolerance is not None and draft.cause is None:
            origin = explained.get(draft.path) or _wrong_input(draft, mended, totals)
        result.append(_caused(draft, origin))
    found = {draft.path: draft for draft in reversed(checks)} | wrong
    for draft in checks:
        inputs = draft.computation.inputs() if draft.computation else ()
        result.append(_caused(draft, next((found[one.path] for one in inputs if one.path in found), None)))
    return result


def _wrong_input(draft: Draft, mended: Mapping[Path, Draft], totals: Totals) -> Draft | None:
    """Find the check of an input that makes this figure right with the value that the check expects."""
    figure, computation = draft.figure, draft.computation
    if not mended or figure is None or figure.stated is None or computation is None:
        return None
    agrees = totals.regime.tolerance(figure).agrees
    for path, exact in _mended(computation, figure.exact, mended):
        if agrees(figure.stated, exact):
            return mended[path]
    return None


def _mended(
    computation: Computation, exact: Decimal, mended: Mapping[Path, Draft]
) -> Iterator[tuple[Path, Decimal]]:
    """Compute a figure again with each input that a check has another value for."""
    for index, (path, value) in enumerate(computation.factors):
        if path in mended:
            factors = list(computation.factors)
            factors[index] = (path, value + mended[path].change)
            yield path, computation._replace(factors=factors).exact()
    for sign, path, _ in computation.addends:
        if path in mended:
            yield path, exact + (mended[path].change if sign == "+" else -mended[path].change)


def _caused(draft: Draft, origin: Draft | None) -> Draft:
    return draft if origin is None else replace(draft, cause=Origin(origin.rule, origin.path))
