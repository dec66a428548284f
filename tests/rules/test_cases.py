"""Every row of the catalogues: a clean document passes, and one that breaks the rule fires its code."""

from collections import Counter
from decimal import Decimal

import pytest

from cuadre.checking import check
from cuadre.engine.findings import Finding, Value
from cuadre.engine.secrets import Secrets
from cuadre.report import Report
from cuadre.rules.registry import packs

from .cases import KINDS, SECRETS, TODAY, Case, base, bases, cases
from .mutate import mutate

_SEVERITIES = {(rule.code, rule.kind): rule.severity for pack in packs("CO") for rule in pack.rules}


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
    findings = check(case.data, today=TODAY, ignore="XSD", secrets=case.secrets).findings
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
        assert found.caused_by is not None
        cause = (found.caused_by.code, found.caused_by.path)
        assert cause in places
        assert cause != (found.code, found.place.path)
        assert found.fix is None


def _key_layer(report: Report) -> tuple[bool, str | None]:
    (document,) = report.documents
    return next((layer.ran, layer.reason) for layer in document.layers if layer.name == "key")


@pytest.mark.parametrize("letter", KINDS)
def test_keys_of_a_clean_document(letter: str) -> None:
    """With the secrets of its issuer a document is clean, and the report says that its key was recomputed."""
    report = check(base("plain", letter), today=TODAY, secrets=SECRETS)
    assert (report.verdict, report.findings, _key_layer(report)) == ("accepted", (), (True, None))


@pytest.mark.parametrize("letter", KINDS)
def test_keys_without_secrets(letter: str) -> None:
    """Without secrets nothing is said of a wrong key and a wrong code, and the report says why."""
    change = "set cbc:UUID = 00; set //sts:SoftwareSecurityCode = 00"
    report = check(mutate(base("plain", letter), change), today=TODAY)
    reason = "no technical key was given" if letter == "F" else "no pin was given"
    assert (report.verdict, report.findings, _key_layer(report)) == ("accepted", (), (False, reason))


@pytest.mark.parametrize(
    ("letter", "secrets", "codes"),
    [
        ("F", Secrets("0" * 40), ["FAD06"]),
        ("F", Secrets(pin="00000"), ["FAB27b"]),
        ("F", Secrets("0" * 40, "00000"), ["FAB27b", "FAD06"]),
        ("C", Secrets("0" * 40), []),
        ("C", Secrets(pin="00000"), ["CAB27b", "CAD06"]),
        ("D", Secrets("0" * 40, "00000"), ["DAB27b", "DAD06"]),
    ],
)
def test_keys_with_the_secrets_of_another(letter: str, secrets: Secrets, codes: list[str]) -> None:
    """The technical key is for the CUFE; the PIN is for the CUDE and for the code of the software."""
    findings = check(base("plain", letter), today=TODAY, secrets=secrets).findings
    assert [found.code for found in findings] == codes


@pytest.mark.parametrize(
    "change",
    [
        "set cbc:IssueTime = 10:16:31-05:00",
        "set cbc:ID = SETP1",
        "set {total}/cbc:LineExtensionAmount = 0.01",
        "set {total}/cbc:PayableAmount = 0.01",
        "set cac:TaxTotal[1]/cbc:TaxAmount = 0.01",
        "set cac:AccountingCustomerParty//cbc:CompanyID = 1",
        "set cbc:ProfileExecutionID = 1",
    ],
)
@pytest.mark.parametrize("letter", KINDS)
def test_key_is_of_every_part(letter: str, change: str) -> None:
    """A part that is changed after the key was made no longer fits it; the key itself is not among them."""
    data = mutate(base("plain", letter), KINDS[letter].fill(change))
    findings = check(data, today=TODAY, secrets=SECRETS, select=f"{letter}AD06").findings
    assert [found.place.path for found in findings] == ["uuid"]
    assert findings[0].stated != findings[0].expected


def test_every_row_of_the_catalogues_has_a_case() -> None:
    """Each code of rules/co and rules/lint is fired in each kind of document that it is for."""
    covered = {_catalogue_key(case) for case in cases()}
    assert sorted(_SEVERITIES.keys() - covered) == []
    assert sorted(covered - _SEVERITIES.keys()) == []
