"""Every rule of every pack, and every remark of a provider, has a document that passes and one that fails."""

from functools import cache

import pytest

from cuadre.checking import check
from cuadre.engine.secrets import Secrets
from cuadre.report import DocumentReport
from cuadre.rule_packs import all_rules
from cuadre.rules.rule import Rule

from .cases import TODAY, Case, base, cases, resolutions
from .said import own


def _id(rule: Rule) -> str:
    return f"{rule.pack}-{rule.code}-{rule.kind}"


def _is_about(case: Case, rule: Rule) -> bool:
    return (case.pack, case.code) == (rule.pack, rule.code) and rule.kind in {"any", case.kind.kind}


@cache
def _of_base(name: str, letter: str, secrets: Secrets, numbering: str) -> DocumentReport:
    given = resolutions(numbering)
    report = check(base(name, letter), today=TODAY, ignore="XSD", secrets=secrets, numbering=given)
    return report.documents[0]


def _passes_and_fires(case: Case) -> bool:
    """Tell whether the base has nothing, and the case this one fault, where the same layers ran."""
    clean = _of_base(case.base, case.kind.letter, case.secrets, case.numbering)
    faulty = check(case.data, **case.choices).documents[0]
    fired = [found.code for found in own(faulty.findings)]
    return (clean.findings, clean.layers, [case.code]) == ((), faulty.layers, fired)


@pytest.mark.parametrize("rule", all_rules(), ids=_id)
def test_a_rule_passes_one_document_and_fails_another(rule: Rule) -> None:
    """A rule without both is named, with the table that lacks the row."""
    mine = [case for case in cases() if case.path and _is_about(case, rule)]
    lacking = f"tests/rules/{rule.pack}_cases.csv has no such row for {rule.code} ({rule.kind})"
    assert any(_passes_and_fires(case) for case in mine), lacking


def test_every_case_is_about_a_rule() -> None:
    """A row with a code that no pack has is named."""
    assert [case.code for case in cases() if not any(_is_about(case, rule) for rule in all_rules())] == []
