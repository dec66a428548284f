"""Judge a document: compare its figures, run the checks over its parts, and say which fault caused which."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Any, TypeVar

from cuadre.engine.decimals import EXACT
from cuadre.engine.findings import Cause, Finding, Fix, LikelyCause, Severity
from cuadre.engine.formula import Formula
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Line
from cuadre.engine.model.scalars import Path, format_amount
from cuadre.engine.regimes.co.numbering import NumberingResolution
from cuadre.engine.secrets import Secrets
from cuadre.engine.source import Source, format_path
from cuadre.engine.totals import Totals
from cuadre.rules.causes import linked
from cuadre.rules.comparison import compare
from cuadre.rules.draft import Draft, absolute, explained
from cuadre.rules.pack import Plan
from cuadre.rules.parts import Node
from cuadre.rules.rule import Context, Fault, Rule

MAX_FINDINGS = 1000
"""No more findings of one document are kept; those that weigh most are."""
T = TypeVar("T")
Trail = tuple[Any, ...]
"""The trail of the part around, then the field and the position; nested, since that is cheap to make."""
_NO_SECRETS = Secrets()
_WEIGHT = {Severity.REJECT: 0, Severity.NOTIFY: 1, Severity.LINT: 2}


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that raised instead of judging: a fault of its pack, and never a pass."""

    code: str
    pack: str
    layer: str
    """Which layer of a check lacks it: ``rules``, ``lint`` or ``key``."""
    error: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules have against a document."""

    findings: tuple[Finding, ...]
    more: int = 0
    """How many findings there are beyond those that are kept."""
    failures: tuple[RuleFailure, ...] = ()


def _every_code(code: str) -> bool:
    del code
    return True


def _own_severity(code: str) -> Severity | None:
    del code
    return None


def judge(  # noqa: PLR0913, PLR0917 - all that a check is given, beside the document
    totals: Totals,
    plan: Plan,
    source: Source,
    today: dt.date | None,
    secrets: Secrets = _NO_SECRETS,
    wanted: Callable[[str], bool] = _every_code,
    severity: Callable[[str], Severity | None] = _own_severity,
    numbering: Sequence[NumberingResolution] = (),
) -> Judgement:
    """Return everything that the rules of a plan have against a document: figures first, then parts.

    ``today`` is the date that rules about age compare with; without it they do not run. The rules about
    keys run for the secrets that are given, and those about the authorised range for the ``numbering``
    resolutions that are given. ``wanted`` chooses codes, and ``severity`` gives a code another
    severity than its rule's. A rule that raises is a failure in the result.
    """
    context = Context(totals.document, totals, today, secrets, numbering)
    judging = _Judging(context, plan)
    with localcontext(EXACT):
        drafts = linked(compare(context, plan, judging.guard), judging.checked(), totals)
        drafts = [_weighed(draft, severity) for draft in drafts if wanted(draft.rule.code)]
        kept = _heaviest(drafts)
        causes = _likely_causes(kept, totals)
        findings = tuple([_finding(*one, source) for one in zip(kept, causes, strict=True)])
    failures = tuple([one for one in judging.failures.values() if wanted(one.code)])
    return Judgement(findings, len(drafts) - len(kept), failures)


class _Judging:
    """One document under one plan; remembers which rules failed."""

    def __init__(self, context: Context, plan: Plan) -> None:
        self.context = context
        self.plan = plan
        self.drafts: list[Draft] = []
        self.failures: dict[str, RuleFailure] = {}

    def checked(self) -> list[Draft]:
        """Run every check over the parts that it is about, in one walk."""
        self._check(self.plan.parts, self.context.document, ((),), None)
        return self.drafts

    def _check(self, node: Node, part: Any, trail: Trail, line: Line | None) -> None:  # noqa: ANN401 - a part
        """Check a part and those below it; their paths are put together only where there is a fault."""
        context = self.context
        _, _, is_line, checks, children = node
        if is_line:
            line = part
        for rule, check in checks:
            # Around each check, so that those after the one that raises still run.
            try:
                fault = check(part, context)
                if fault is not None:
                    self._keep(rule, fault, part, trail, line)
            except Exception as error:  # noqa: BLE001 - whatever a rule of somebody's raises
                self._fail(rule, error)
        for get, child in children:
            value = get(part)
            if not value:
                continue
            if child.many:
                for index, member in enumerate(value):
                    self._check(child, member, (trail, child.name, index), line)
            else:
                self._check(child, value, (trail, child.name), line)

    def _keep(
        self, rule: Rule, fault: Fault | Iterable[Fault], part: Aggregate, trail: Trail, line: Line | None
    ) -> None:
        path: Path | None = None
        for one in (fault,) if isinstance(fault, Fault) else fault:
            path = _path(trail) if path is None else path
            self.drafts.append(_draft(rule, one, part, path, line))

    def guard(self, rule: Rule, function: Callable[..., T | None], *given: object) -> T | None:
        """Call a function of a rule; one that raises has said nothing, and is a failure."""
        try:
            return function(*given)
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(rule, error)
            return None

    def _fail(self, rule: Rule, error: Exception) -> None:
        layer = "lint" if rule.severity is Severity.LINT else "key" if rule.group == "keys" else "rules"
        self.failures.setdefault(rule.code, RuleFailure(rule.code, rule.pack, layer, repr(error)))


def _path(trail: Trail) -> Path:
    steps: list[str | int] = []
    while trail[1:]:
        trail, *last = trail
        steps[:0] = last
    return tuple(steps)


def _draft(rule: Rule, fault: Fault, part: Aggregate, path: Path, line: Line | None) -> Draft:
    formula = fault.formula
    return Draft(
        rule=rule,
        fault=fault,
        path=absolute(fault.where, path),
        computation=formula.at(part, path, line) if isinstance(formula, Formula) else formula,
        explains=tuple([explained(one, path) for one in fault.explains]),
    )


def _weighed(draft: Draft, severity: Callable[[str], Severity | None]) -> Draft:
    chosen = severity(draft.rule.code)
    return draft if chosen is None else replace(draft, fault=draft.fault._replace(severity=chosen))


def _heaviest(drafts: list[Draft]) -> list[Draft]:
    if len(drafts) <= MAX_FINDINGS:
        return drafts
    by_weight = sorted(range(len(drafts)), key=lambda index: _WEIGHT[drafts[index].severity])
    return [drafts[index] for index in sorted(by_weight[:MAX_FINDINGS])]


def _finding(draft: Draft, likely_cause: LikelyCause | None, source: Source) -> Finding:
    rule, fault, computation, cause = draft.rule, draft.fault, draft.computation, draft.cause
    stated, expected = fault.stated, fault.expected
    difference = None
    if isinstance(stated, Decimal) and isinstance(expected, Decimal):
        difference = EXACT.subtract(stated, expected)
    return Finding(
        code=rule.code,
        rule=rule.rule,
        severity=draft.severity,
        place=source.place(draft.path),
        element=rule.element,
        message_key=fault.message_key,
        stated=stated,
        expected=expected,
        difference=difference,
        tolerance=draft.tolerance,
        formula=computation.text if computation else None,
        expression=computation.expression() if computation else None,
        inputs=tuple(computation.inputs()) if computation else (),
        detail=fault.detail,
        caused_by=Cause(cause.rule.code, format_path(cause.path)) if cause else None,
        fix=_fix(draft),
        pack=rule.pack,
        likely_cause=likely_cause,
    )


def _likely_causes(drafts: Sequence[Draft], totals: Totals) -> Sequence[LikelyCause | None]:
    """Say of each wrong figure what its difference is, unless another finding is the cause."""
    figures = [None if draft.cause is not None else draft.wrong_figure(totals) for draft in drafts]
    if not any(figures):
        return [None] * len(figures)
    from cuadre.rules.cause_search import CauseSearch  # noqa: PLC0415 - right totals do without it

    search = CauseSearch(totals)
    return [None if figure is None else search.likely_cause(figure) for figure in figures]


def _fix(draft: Draft) -> Fix | None:
    """Offer what the rule says to write, or the computed figure, unless another finding is the cause."""
    value = draft.fault.fix if draft.figure is None else draft.fault.expected
    if draft.cause is not None or not draft.fixable or not isinstance(value, Decimal):
        return None
    return Fix(format_path(draft.path), format_amount(value))
