"""What a quick look passes over: only lines that no check and no figure has anything against."""

from collections.abc import Callable
from dataclasses import replace
from decimal import localcontext
from functools import cache

import pytest
from hypothesis import given, settings

from cuadre.engine.decimals import EXACT
from cuadre.engine.figures import Figure
from cuadre.engine.findings import Finding
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.secrets import Secrets
from cuadre.engine.source import InMemory
from cuadre.engine.totals import recompute
from cuadre.reading import read
from cuadre.rule_packs import packs
from cuadre.rules.judge import judge
from cuadre.rules.pack import Pack, Plan
from cuadre.rules.rule import Context

from .cases import Case, cases
from .nearly_plain import documents

_SAME = settings(derandomize=True, deadline=None, database=None, max_examples=1500)


def _unglanced(pack: Pack) -> Pack:
    """Take the glances out of a pack, so that every check runs on every line."""

    @cache
    def plan(kind: str) -> Plan:
        whole = pack.plan(kind)
        return replace(whole, glances=(), beyond=whole.checks)

    return pack._replace(plan=plan)


_PACKS = packs("CO")
_SLOW = tuple(map(_unglanced, _PACKS))


def _differs(figure: Figure) -> bool:
    if figure.stated == figure.exact:
        return False
    return figure.stated != figure.value or not figure.formula.factors


@given(document=documents())
@_SAME
def test_figures(document: Document) -> None:
    """The figures that differ are the same ones, whether plain lines are computed or not."""
    totals = recompute(document, CO)
    assert totals.differing == [figure for figure in totals.figures if _differs(figure)]


def _findings(document: Document, rules: tuple[Pack, ...]) -> list[Finding]:
    return judge(recompute(document, CO), rules, InMemory(), None)


@given(document=documents())
@_SAME
def test_random_lines(document: Document) -> None:
    """Lines that are plain but for one or two things."""
    assert _findings(document, _PACKS) == _findings(document, _SLOW)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.code}-{case.path}")
def test_cases(case: Case) -> None:
    """The documents that break one rule each."""
    document = read(case.data).document
    assert document is not None
    assert _findings(document, _PACKS) == _findings(document, _SLOW)


def _glances() -> list[Callable[..., bool]]:
    return [glance for pack in _PACKS for glance in pack.plan("invoice").glances]


def test_a_clean_invoice_passes() -> None:
    """Most lines of an ordinary invoice pass; otherwise the tests above would show nothing."""
    document = read(cases()[0].data).document
    assert document is not None
    context = Context(document, recompute(document, CO), None, Secrets())
    with localcontext(EXACT):
        passed = [
            CO.is_plain(line) and all(glance(line, context) for glance in _glances())
            for line in document.lines
        ]
    assert len(_glances()) == 2
    assert sum(passed) > len(passed) / 2
