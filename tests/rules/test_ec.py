"""SRI's arithmetic where a table of cases is not enough: ICE in the base, rounding in the heading, units."""

from decimal import Decimal
from typing import Any

import pytest

from cuadre.checking import check
from cuadre.engine.model.document import Document, Line
from cuadre.engine.regimes.ec.regime import EC
from cuadre.engine.regimes.ec.taxes import IVA_RATES, tax_codes, tax_id
from cuadre.engine.regimes.registry import find_regime
from cuadre.rules.registry import packs

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


def codes(document: Document) -> list[str]:
    """Name SRI's rules that a document breaks."""
    return [finding.code for finding in check(document, select="EC1").findings]


def test_country_is_found() -> None:
    """The regime and the pack are found by the country's code."""
    assert find_regime("EC") is EC
    assert packs("EC")[0].name == "ec"


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


def test_empty_document() -> None:
    """A document that states nothing has no finding."""
    assert codes(Document.model_validate({"kind": "invoice", "country": "EC"})) == []


def test_ids_of_taxes() -> None:
    """Both codes of a tax make its id, and come back from it."""
    assert tax_codes(tax_id("2", "4")) == ("2", "4")
    assert tax_codes(tax_id("3")) == ("3", "")
    assert tax_codes(None) == ("", "")
    assert {f"2-{rate.code}" for rate in IVA_RATES} <= set(EC.taxes)
