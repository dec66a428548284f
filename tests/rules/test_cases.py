"""Every row of the tables of cases: a base document is clean, and one fault in it is one finding."""

from collections.abc import Sequence

import pytest

from cuadre.checking import check
from cuadre.engine.findings import Finding
from cuadre.engine.json_reading import read_json
from cuadre.engine.secrets import Secrets
from cuadre.reading import read
from cuadre.report import Report
from cuadre.senders.contract import providers

from .cases import KINDS, SECRETS, TODAY, Case, base, bases, cases
from .mutate import mutate
from .said import brief, follows, own, said
from .told import failed, numbers

_VERDICTS = {"reject": "rejected", "notify": "accepted_with_observations"}


def _id(case: Case) -> str:
    return f"{case.code}-{case.kind.letter}-{case.why or case.path or 'none'}"


@pytest.mark.parametrize(("name", "letter"), sorted(bases()))
def test_a_base_document_is_clean(name: str, letter: str) -> None:
    """No rule and no lint has anything against a document that the cases start from, dated or not."""
    for today in (TODAY, None):
        report = check(bases()[name, letter], today=today, ignore="XSD")
        assert [(found.code, found.place.path) for found in report.findings] == []
        assert (report.verdict, failed(report.documents[0])) == ("accepted", [])


@pytest.mark.parametrize("case", cases(), ids=_id)
def test_a_document_with_one_fault_has_one_finding(case: Case) -> None:
    """The finding says what the row says, and every other finding says that this one causes it."""
    report = check(case.data, **case.choices).documents[0]
    findings = report.findings
    mine = own(findings)
    besides = [found for found in mine if brief(found) in case.besides]
    wanted = [(case.code, case.said)] if case.path else []
    assert [(found.code, said(found)) for found in mine if found not in besides] == wanted
    assert sorted(map(brief, besides)) == sorted(case.besides)
    followers = [one for found in mine for one in follows(findings, found)]
    assert sorted(followers) == sorted(case.follow)
    assert len(findings) == len(mine) + len(followers)
    assert [found.fix for found in findings if found.caused_by is not None and found.fix] == []
    assert failed(report) == []
    assert report.verdict == _worst(findings)


def _worst(findings: Sequence[Finding]) -> str:
    severities = {found.severity.value for found in findings}
    return next((name for severity, name in _VERDICTS.items() if severity in severities), "accepted")


@pytest.mark.parametrize("case", [case for case in cases() if case.path], ids=_id)
def test_a_finding_leads_to_its_place_and_its_numbers(case: Case) -> None:
    """A finding has a place in the file, the difference, and inputs that are what the file states."""
    tree = read_json(case.data) if case.pack in providers() else read(case.data).document
    for found in check(case.data, **case.choices).findings:
        has_place, difference_off_by, inputs_off_by = numbers(found, tree)
        assert has_place
        assert not difference_off_by
        assert not any(inputs_off_by)


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
