"""Every row of the catalogues: a clean document passes, and one that breaks the rule fires its code."""

from collections import Counter
from decimal import Decimal

import pytest

from cuadre.checking import check
from cuadre.rule_packs import packs
from cuadre.engine.findings import Finding, Value

from .cases import TODAY, Case, bases, cases

_SEVERITIES = {(rule.code, rule.kind): rule.severity for pack in packs() for rule in pack.rules}


def _id(case: Case) -> str:
    return f"{case.code}-{case.kind.letter}-{case.path}"


def _text(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value or ""


def _catalogue_key(case: Case) -> tuple[str, str]:
    own = (case.code, case.kind.kind)
    return own if own in _SEVERITIES else (case.code, "any")


@pytest.mark.parametrize(("name", "letter"), sorted(bases()))
def test_a_base_document_is_clean(name: str, letter: str) -> None:
    """No rule and no lint has anything against a document that the cases start from."""
    report = check(bases()[name, letter], today=TODAY, ignore="XSD")
    assert [(found.code, found.place.path) for found in report.findings] == []
    assert report.verdict == "accepted"


@pytest.mark.parametrize("case", cases(), ids=_id)
def test_one_fault_fires_one_code(case: Case) -> None:
    """A document with one fault has one finding of its own; all others say which finding causes them."""
    findings = check(case.data, today=TODAY, ignore="XSD").findings
    own = [found for found in findings if found.caused_by is None]
    assert [(found.code, found.place.path) for found in own] == [(case.code, case.path)]
    _is_as_expected(own[0], case)
    _follow_from_it(findings, case)


def _is_as_expected(found: Finding, case: Case) -> None:
    assert _text(found.expected) == case.expected
    assert found.severity == (case.severity or _SEVERITIES[_catalogue_key(case)])
    assert found.place.xpath is not None
    assert found.place.xpath.startswith("/")


def _follow_from_it(findings: tuple[Finding, ...], case: Case) -> None:
    """Hold that a consequence names the finding, or another consequence of it, and offers no fix."""
    places = {(found.code, found.place.path) for found in findings}
    others = [found for found in findings if found.caused_by is not None]
    assert Counter(found.code for found in others) == Counter(case.follow)
    for found in others:
        assert found.caused_by in places
        assert found.caused_by != (found.code, found.place.path)
        assert found.fix is None


def test_every_row_of_the_catalogues_has_a_case() -> None:
    """Each code of rules/co and rules/lint is fired in each kind of document that it is for."""
    covered = {_catalogue_key(case) for case in cases()}
    assert sorted(_SEVERITIES.keys() - covered) == []
    assert sorted(covered - _SEVERITIES.keys()) == []
