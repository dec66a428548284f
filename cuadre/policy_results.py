"""A document under each rounding policy, and what the authority would have against its figures."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.fill import fill
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import Document, MonetaryTotal
from cuadre.engine.policies import Policy, policies
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.source import InMemory
from cuadre.engine.totals import recompute
from cuadre.rules.judge import judge
from cuadre.rules.registry import plan_of


class PolicyFigures(NamedTuple):
    """The totals of a document under a policy; as stated where ``policy`` is None."""

    policy: Policy | None
    line_extension_amount: Decimal | None
    tax_amount: Decimal
    payable_amount: Decimal | None
    codes: tuple[str, ...]
    """The rules about figures by which the authority would reject it; empty: it would accept them."""


def policy_figures(document: Document) -> Iterator[PolicyFigures]:
    """Yield the figures as stated, then under each policy; inputs are the quantities, prices and rates.

    Raises DocumentError where a line has nothing to compute its value from, and UnknownNameError for a
    country without arithmetic.
    """
    regime = find_regime(document.country)
    yield _figures(None, document)
    for policy in policies(regime.rounding.places):
        yield _figures(policy, fill(document, regime, policy))


def _figures(policy: Policy | None, document: Document) -> PolicyFigures:
    total = document.legal_monetary_total or MonetaryTotal()
    taxes = [one.tax_amount for one in document.tax_totals if one.tax_amount is not None]
    return PolicyFigures(
        policy,
        total.line_extension_amount,
        sum(taxes, Decimal("0.00")),
        total.payable_amount,
        _rejected_by(document),
    )


def _rejected_by(document: Document) -> tuple[str, ...]:
    regime, plan = find_regime(document.country), plan_of(document.country, document.kind.value)
    codes = {rule.code for rule in plan.figures.values()}
    found = judge(recompute(document, regime), plan, InMemory(), None, wanted=codes.__contains__)
    rejected = [one.code for one in found.findings if one.severity is Severity.REJECT]
    return tuple(dict.fromkeys(rejected))
