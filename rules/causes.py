"""Name causes: a check that explains a wrong figure, and a wrong figure that a check adds up."""

from dataclasses import replace

from cuadre.rules.draft import Draft, Origin


def linked(figures: list[Draft], checks: list[Draft]) -> list[Draft]:
    """Return all drafts, figures first, each with the fault that it follows from."""
    explained = {path: draft for draft in reversed(checks) for path in draft.explains}
    wrong = {draft.path: draft for draft in figures if draft.tolerance is not None}
    result = []
    for draft in figures:
        origin = explained.get(draft.path) if draft.tolerance is not None and draft.cause is None else None
        result.append(_caused(draft, origin))
    for draft in checks:
        inputs = draft.computation.inputs() if draft.computation else ()
        result.append(_caused(draft, next((wrong[one.path] for one in inputs if one.path in wrong), None)))
    return result


def _caused(draft: Draft, origin: Draft | None) -> Draft:
    return draft if origin is None else replace(draft, cause=Origin(origin.rule, origin.path))
