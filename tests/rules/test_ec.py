"""SRI's rules and arithmetic: taxes by code, header against lines, rates by date, and the access key."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cuadre.engine.findings import Finding, Severity
from cuadre.engine.model.document import Document, DocumentKind, Line
from cuadre.engine.regimes.ec.access_key import (
    AccessKeyError,
    calc_check_digit,
    format_key,
    is_valid,
    validate,
)
from cuadre.engine.regimes.ec.regime import EC
from cuadre.engine.regimes.ec.taxes import IVA_RATES, tax_codes, tax_id
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.sentences import LANGUAGES
from cuadre.engine.source import InMemory
from cuadre.engine.totals import recompute
from cuadre.rules.judge import judge
from cuadre.rules.registry import packs

PACK = packs("EC")[0]
Part = dict[str, Any]


def tax(identity: str, base: str | None, rate: str | None, amount: str | None) -> Part:
    """Make a tax at one rate."""
    return {"tax_scheme_id": identity, "taxable_amount": base, "percent": rate, "tax_amount": amount}


def line(value: str, *taxes: Part) -> Part:
    """Make a line of one unit."""
    return {
        "quantity": "1",
        "price": {"price_amount": value},
        "line_extension_amount": value,
        "tax_totals": [{"tax_subtotals": [one]} for one in taxes],
    }


def invoice(lines: list[Part], header: list[Part], **changes: object) -> Document:
    """Make an invoice in the way of SRI's XML: the heading has each tax by both codes."""
    gross = sum((Decimal(one["line_extension_amount"]) for one in lines), Decimal("0.00"))
    amounts = [Decimal(one["tax_amount"]) for one in header]
    total = {
        "line_extension_amount": str(gross),
        "tax_inclusive_amount": str(gross + sum(amounts)),
        "payable_amount": str(gross + sum(amounts)),
    }
    given = {
        "kind": "invoice",
        "country": "EC",
        "issue_date": "2026-11-20",
        "lines": lines,
        "tax_totals": [{"tax_amount": one["tax_amount"], "tax_subtotals": [one]} for one in header],
        "legal_monetary_total": total,
    }
    return Document.model_validate({**given, **changes})


def findings(document: Document) -> list[Finding]:
    """Judge a document."""
    found = judge(recompute(document, EC), PACK.plan(document.kind.value), InMemory(), None).findings
    assert all(one.message(language) for one in found for language in LANGUAGES)
    return list(found)


def codes(document: Document) -> list[str]:
    """Name the rules that a document breaks."""
    return [finding.code for finding in findings(document)]


def test_country_is_found() -> None:
    """The regime and the pack are found by the country's code."""
    assert find_regime("EC") is EC
    assert PACK.name == "ec"


def test_severities() -> None:
    """What SRI has no error for is notified, and only arithmetic is rejected."""
    assert {rule.code for rule in PACK.rules if rule.severity is Severity.NOTIFY} == {
        "EC106",
        "EC108",
        "EC112",
        "EC115",
        "EC116",
        "EC117",
    }


def test_excise_enters_the_base() -> None:
    """With ICE the base of IVA is value and ICE; SRI's heading has those bases, and the subtotal has none."""
    ice, iva = tax("3-3101", "100.00", "10", "10.00"), tax("2-4", "110.00", "15", "16.50")
    assert codes(invoice([line("100.00", ice, iva)], [ice, iva])) == []
    wrong = tax("2-4", "100.00", "15", "15.00")
    assert codes(invoice([line("100.00", ice, wrong)], [ice, wrong])) == ["EC114"]


@pytest.mark.parametrize(
    ("amount", "found"), [("0.09", []), ("0.14", []), ("0.15", []), ("0.16", ["EC105", "EC111"])]
)
def test_header_by_lines_or_by_base(amount: str, found: list[str]) -> None:
    """IVA of the heading is the sum of the lines or base × rate, within a cent for each line."""
    lines = [line("0.30", tax("2-4", "0.30", "15", "0.04")) for _ in range(3)]
    document = invoice(lines, [tax("2-4", "0.90", "15", amount)])
    assert sorted(codes(document)) == found


def test_header_beyond_the_lines() -> None:
    """More than a cent for each line is no rounding, and names what the lines give."""
    document = invoice(
        [line("10.00", tax("2-4", "10.00", "15", "1.50"))], [tax("2-4", "10.00", "15", "1.52")]
    )
    found = {one.code: one for one in findings(document)}
    assert set(found) == {"EC105", "EC111"}
    assert found["EC105"].expected == Decimal("1.50")


def test_header_lacks_a_tax() -> None:
    """A tax that only the lines have is missing in the heading."""
    document = invoice([line("10.00", tax("2-4", "10.00", "15", "1.50"))], [])
    found = [one for one in findings(document) if one.code == "EC105"]
    assert [(one.message_key, one.expected) for one in found] == [("missing_figure", Decimal("1.50"))]


def test_subtotals_by_rate() -> None:
    """A base of the heading is that of the lines with the same code."""
    zero, free = tax("2-0", "5.00", "0", "0.00"), tax("2-7", "7.00", "0", "0.00")
    assert codes(invoice([line("5.00", zero), line("7.00", free)], [zero, free])) == []
    moved = [tax("2-0", "12.00", "0", "0.00")]
    document = invoice([line("5.00", zero), line("7.00", free)], moved)
    assert [(one.code, one.expected) for one in findings(document)] == [("EC113", Decimal("5.00"))]


def test_code_without_base() -> None:
    """A line that states the code of its IVA and no base is judged by the rate of the code."""
    part = tax("2-4", None, None, "1.50")
    assert codes(invoice([line("10.00", part)], [part])) == []
    wrong = tax("2-4", None, None, "1.20")
    assert codes(invoice([line("10.00", wrong)], [wrong])) == ["EC110"]


def test_taxes_by_unit_are_not_guessed() -> None:
    """IRBPNR and specific ICE are judged where the units are stated, and else not."""
    bottles = {"tax_scheme_id": "5-5001", "per_unit_amount": "0.02", "tax_amount": "0.24"}
    made = Line.model_validate({"tax_totals": [{"tax_subtotals": [bottles]}]})
    part = made.tax_totals[0].tax_subtotals[0]
    assert [one.exact(part) for one in EC.tax_amount(part)] == [None]
    counted = part.model_copy(update={"base_unit_measure": Decimal(12)})
    assert [one.exact(counted) for one in EC.tax_amount(counted)] == [Decimal("0.24")]
    beer = part.model_copy(update={"tax_scheme_id": "3-3043", "per_unit_amount": None})
    assert [one.exact(beer) for one in EC.tax_amount(beer)] == [None]


def test_line_stated_twice() -> None:
    """The short form and the list of a line agree."""
    given = line("10.00", tax("2-4", "10.00", "15", "1.50"))
    given["tax_totals"][0]["tax_amount"] = "1.20"
    assert codes(invoice([given], [tax("2-4", "10.00", "15", "1.50")])).count("EC112") == 1


@pytest.mark.parametrize(
    ("identity", "rate", "date", "found"),
    [
        ("2-4", "15", "2024-04-01", False),
        ("2-4", "15.00", "2024-03-31", True),
        ("2-2", "12", "2024-03-31", False),
        ("2-2", "12", "2024-04-01", True),
        ("2-3", "14", "2017-01-01", False),
        ("2-2", "12", "2017-01-01", True),
        ("2-4", "12", "2026-01-01", True),
        ("2-6", "0", "2026-01-01", False),
        ("2-8", "8", "2026-01-01", False),
    ],
)
def test_rates_by_date(identity: str, rate: str, date: str, *, found: bool) -> None:
    """An invoice has a rate of its day, and the rate is that of its code."""
    part = tax(identity, "100.00", rate, f"{Decimal(rate):.2f}")
    document = invoice([line("100.00", part)], [part], issue_date=date)
    assert ("EC116" in codes(document)) is found
    note = document.model_copy(update={"kind": DocumentKind.CREDIT_NOTE, "issue_date": dt.date(2026, 1, 1)})
    assert ("EC116" in codes(note)) is (found and Decimal(rate) == 12 and identity == "2-4")


def test_unknown_codes() -> None:
    """A tax that SRI's tables lack is remarked on."""
    part = tax("2-99", "1.00", "1", "0.01")
    assert codes(invoice([line("1.00", part)], [part])) == ["EC115", "EC115"]


@pytest.mark.parametrize(("value", "found"), [("50.00", False), ("50.01", True)])
def test_final_consumer(value: str, *, found: bool) -> None:
    """An unnamed buyer buys for 50 dollars at most."""
    party = {"party_tax_schemes": [{"company_id": "9999999999999"}]}
    document = invoice([line(value, tax("2-0", value, "0", "0.00"))], [], accounting_customer_party=party)
    assert ("EC117" in codes(document)) is found


@pytest.mark.parametrize(("tip", "found"), [("10.00", False), ("10.01", True), ("-1.00", True)])
def test_tip(tip: str, *, found: bool) -> None:
    """A tip is at most a tenth, and enters the total."""
    total = {"line_extension_amount": "100", "tax_inclusive_amount": "100", "charge_total_amount": tip}
    total["payable_amount"] = str(100 + Decimal(tip))
    part = tax("2-0", "100.00", "0", "0.00")
    charge = {"charge_indicator": "true", "amount": tip}
    document = invoice([line("100.00", part)], [part], legal_monetary_total=total, allowance_charges=[charge])
    assert ("EC106" in codes(document)) is found
    assert "EC107" not in codes(document)


def test_empty_document() -> None:
    """A document that states nothing has no finding."""
    assert codes(Document.model_validate({"kind": "invoice", "country": "EC"})) == []


def test_ids_of_taxes() -> None:
    """Both codes of a tax make its id, and come back from it."""
    assert tax_codes(tax_id("2", "4")) == ("2", "4")
    assert tax_codes(tax_id("3")) == ("3", "")
    assert tax_codes(None) == ("", "")
    assert {f"2-{rate.code}" for rate in IVA_RATES} <= set(EC.taxes)


VALID = [
    "0503201201176001321000110010030009900641234567814",
    "1702201205176001321000110010030001000011234567816",
    "2110201101179214673900110020010000000011234567813",
    "2110201104179214673900110020010000000011234567812",
    "2103201601176001321000110010010000000061234567816",
    "2111202405176001321000110010010000001241234567810",
]


def test_access_keys() -> None:
    """The technical sheet's sample keys check, but for those that it has wrong."""
    assert [key for key in VALID if not is_valid(key) or format_key(validate(key)) != key] == []
    assert calc_check_digit("41261533") == "6"


@pytest.mark.parametrize(
    ("key", "fault", "expected"),
    [
        ("0403201301176815353000110015010000000081234567816", "check", "0"),
        ("2111202401176001321000110010010000011171234567810", "check", "5"),
        ("1" * 52, "length", None),
        ("x" * 49, "digits", None),
        ("٣" * 49, "digits", None),
        ("3102" + VALID[0][4:], "date", None),
        ("", "length", None),
    ],
)
def test_wrong_access_keys(key: str, fault: str, expected: str | None) -> None:
    """A wrong key says what is wrong with it, and which digit it should end in."""
    assert not is_valid(key)
    with pytest.raises(AccessKeyError) as refused:
        validate(key)
    assert (refused.value.detail["fault"], refused.value.detail.get("expected")) == (fault, expected)


def test_parts_of_an_access_key() -> None:
    """A key is taken apart into what SRI compares with the voucher."""
    key = validate(f"{VALID[0][:8]} {VALID[0][8:]}")
    assert key[:6] == (dt.date(2012, 3, 5), "01", "1760013210001", "1", "001003", "000990064")


def test_check_digit_needs_digits() -> None:
    """A check digit is computed of digits only."""
    with pytest.raises(AccessKeyError):
        calc_check_digit("12a")
