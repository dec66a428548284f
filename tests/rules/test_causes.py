"""One mistake, one fix: findings that follow from another say so; also their order, and rules about age."""

import datetime as dt

import pytest

from cuadre.checking import check
from cuadre.engine.findings import Cause, Finding, Fix
from cuadre.engine.model.document import Document

from .cases import KINDS, TODAY, Case, base, cases
from .mutate import mutate

_TOTAL = "legal_monetary_total"
_FIXED = [
    case for case in cases() if case.code[1:3] == "AU" and case.change.startswith("set") and case.said["fix"]
]


def _findings(change: str, letter: str = "F", name: str = "full") -> dict[str, Finding]:
    data = mutate(base(name, letter), KINDS[letter].fill(change))
    return {found.code: found for found in check(data, today=TODAY, ignore="XSD").findings}


@pytest.mark.parametrize("letter", KINDS)
def test_wrong_line_extension_amount_explains_the_totals_after_it(letter: str) -> None:
    """A wrong gross total makes TaxInclusiveAmount wrong, and that PayableAmount; the first has the fix."""
    change = "set {total}/cbc:LineExtensionAmount = 16500.00; set {total}/cbc:PayableAmount = 20908.30"
    found = _findings(change, letter)
    gross, inclusive, payable = f"{letter}AU02", f"{letter}AU06", f"{letter}AU14"
    assert found.keys() == {gross, inclusive, payable}
    assert found[gross].caused_by is None
    assert found[inclusive].caused_by == Cause(gross, f"{_TOTAL}.line_extension_amount")
    assert found[payable].caused_by == Cause(inclusive, f"{_TOTAL}.tax_inclusive_amount")
    assert found[gross].fix == Fix(f"{_TOTAL}.line_extension_amount", "15500.00")
    assert found[inclusive].fix is None
    assert found[payable].fix is None


@pytest.mark.parametrize("letter", KINDS)
def test_totals_that_carry_a_wrong_gross_total_on_are_right(letter: str) -> None:
    """Each figure is judged by the stated ones below it, so one mistake carried on is one finding."""
    change = (
        "set {total}/cbc:LineExtensionAmount = 16500.00; set {total}/cbc:TaxInclusiveAmount = 21063.30; "
        "set {total}/cbc:PayableAmount = 20908.30"
    )
    assert _findings(change, letter).keys() == {f"{letter}AU02"}


@pytest.mark.parametrize("letter", KINDS)
def test_two_mistakes_have_two_fixes(letter: str) -> None:
    """An amount to pay that the wrong gross total does not explain is a mistake of its own."""
    change = "set {total}/cbc:LineExtensionAmount = 16500.00; set {total}/cbc:PayableAmount = 77700.00"
    found = _findings(change, letter)
    assert found[f"{letter}AU06"].fix is None
    assert found[f"{letter}AU14"].caused_by is None
    assert found[f"{letter}AU14"].fix == Fix(f"{_TOTAL}.payable_amount", "19908.30")


@pytest.mark.parametrize("letter", KINDS)
def test_two_wrong_inputs_together_explain_a_figure(letter: str) -> None:
    """Where no wrong input alone explains a total and all of them do, the first is named."""
    change = "set {total}/cbc:AllowanceTotalAmount = 320.00; set {total}/cbc:ChargeTotalAmount = 255.00"
    found = _findings(change, letter)
    assert found[f"{letter}AU14"].caused_by == Cause(f"{letter}AU08", f"{_TOTAL}.allowance_total_amount")
    assert [code for code, one in sorted(found.items()) if one.fix] == [f"{letter}AU08", f"{letter}AU10"]


@pytest.mark.parametrize("case", _FIXED, ids=lambda case: f"{case.code}-{case.change}")
def test_the_fix_mends_everything(case: Case) -> None:
    """With the value of the one fix in its place, neither the finding nor its consequences are left."""
    fixes = [found for found in check(case.data, today=TODAY, ignore="XSD").findings if found.fix]
    for found in fixes:
        assert found.fix is not None
        assert found.place.xpath is not None
        place = "/*/" + found.place.xpath.split("/", 2)[2]
        mended = mutate(case.data, f"set {place} = {found.fix.value}")
        assert check(mended, today=TODAY, ignore="XSD").findings == ()


_PRICES = {"F": "4344.095", "C": "4344.095", "D": "21955.50"}
"""3650.50 and 18450.00 with IVA of 19 %."""


@pytest.mark.parametrize("letter", KINDS)
def test_a_price_with_taxes_is_mended(letter: str) -> None:
    """The fix of CUA101 is the price without taxes; with it nothing is left, of the line's value either."""
    place = f"{KINDS[letter].line}[1]/cac:Price/cbc:PriceAmount"
    data = mutate(base("plain", letter), f"set {place} = {_PRICES[letter]}")
    fixes = [found.fix for found in check(data, today=TODAY, ignore="XSD").findings if found.fix]
    (fix,) = fixes
    assert fix.path == "lines[0].price.price_amount"
    assert check(mutate(data, f"set {place} = {fix.value}"), today=TODAY, ignore="XSD").findings == ()


def test_a_tax_whose_base_is_wrong_has_no_fix() -> None:
    """Where the base that the tax was taken of makes the total right, the tax is not to be changed."""
    found = _findings("set {line}[1]/cac:TaxTotal//cbc:TaxableAmount = 1460200.00", name="plain")
    assert found["FAX07"].fix is None
    cause = found["FAU04"].caused_by
    assert cause is not None
    assert (cause.code, cause.path) == ("FAX07", found["FAX07"].place.path)


def test_a_price_that_none_of_six_decimals_mends() -> None:
    """CUA101 offers no fix where no price without taxes gives the line's value to the cent."""
    subtotal = {
        "taxable_amount": "1000000.01",
        "tax_amount": "190000.00",
        "percent": "19",
        "tax_scheme_id": "01",
    }
    line = {
        "quantity": "300000",
        "price": {"price_amount": "3.9666667"},
        "line_extension_amount": "1000000.01",
        "tax_totals": [{"tax_amount": "190000.00", "tax_subtotals": [subtotal]}],
    }
    document = Document.model_validate({"kind": "invoice", "lines": [line]})
    fixes = {found.code: found.fix for found in check(document).findings}
    assert fixes["CUA101"] is None
    assert fixes["FAV06"] is None


@pytest.mark.parametrize("letter", KINDS)
def test_findings_stand_in_the_order_of_the_file(letter: str) -> None:
    """Whatever rule finds them, findings are sorted by line."""
    change = (
        "set {line}[4]//cbc:PriceAmount = 120.00; set {total}/cbc:PayableAmount = 1.00; "
        "set cbc:LineCountNumeric = 5; set cac:TaxTotal[1]/cbc:TaxAmount/@currencyID = USD; "
        "set {line}[2]/cac:TaxTotal[2]/cbc:TaxAmount = 1.00; set cac:AllowanceCharge[2]/cbc:ID = 9"
    )
    data = mutate(base("full", letter), KINDS[letter].fill(change))
    findings = check(data, today=TODAY, ignore="XSD").findings
    rules = ["AD16", "AQ02", "AS03", "AU14", "AX02", "AV06"]
    assert [found.rule for found in findings] == rules
    lines = [found.place.line or 0 for found in findings]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("letter", ["C", "D"])
@pytest.mark.parametrize("issued", ["2020-02-29", "2031-01-01"])
def test_age_is_not_judged_without_a_date(letter: str, issued: str) -> None:
    """Without ``today`` the rules about age do not run, and the report says so."""
    data = mutate(base("plain", letter), f"set cbc:IssueDate = {issued}")
    report = check(data, ignore="XSD").documents[0]
    assert report.findings == ()
    assert [layer.ran for layer in report.layers if layer.name == "age"] == [False]
    dated = check(data, today=TODAY, ignore="XSD").documents[0]
    assert [found.rule for found in dated.findings] == ["AD09c" if issued < "2026" else "AD09d"]
    assert [layer.ran for layer in dated.layers if layer.name == "age"] == [True]


@pytest.mark.parametrize(
    ("today", "rules"),
    [
        (dt.date(2026, 11, 25), []),
        (dt.date(2026, 11, 26), ["AD09c"]),
        (dt.date(2026, 11, 10), []),
        (dt.date(2026, 11, 9), ["AD09d"]),
    ],
)
@pytest.mark.parametrize("letter", KINDS)
def test_age_at_its_edges(letter: str, today: dt.date, rules: list[str]) -> None:
    """Five days old and ten days ahead are still in time; a day more is not."""
    assert [found.rule for found in check(base("plain", letter), today=today, ignore="XSD").findings] == rules
