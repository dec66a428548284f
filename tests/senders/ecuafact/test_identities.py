"""The ten identities of an Ecuafact invoice: all hold in the fixture, none in the documentation's sample."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from cuadre.engine.regimes.ec.regime import EC
from cuadre.engine.totals import recompute

from .bodies import Body, codes, document, findings, load, own

SEEDS = (
    Path(os.environ.get("CUADRE_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus").parent / "seeds"
)
TEN = {f"EC1{number:02}" for number in range(1, 11)}


def test_all_hold() -> None:
    """An invoice with every kind of rate, ICE, a discount, a tip and two payments has no finding."""
    assert findings(own()) == []


def test_totals_are_explained() -> None:
    """The total is computed from what the body states, with its trace."""
    totals = recompute(document(), EC)
    assert totals.explain("payable_amount").value == Decimal("65.41")
    assert totals.explain("line_extension_amount").value == Decimal("54.15")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("Subtotal", "EC101"),
        ("Subtotal", "EC102"),
        ("TotalDiscount", "EC103"),
        ("SpecialConsumTax", "EC104"),
        ("ValueAddedTax", "EC105"),
        ("Tip", "EC106"),
        ("Total", "EC107"),
        ("Total", "EC108"),
        ("SubtotalVatZero", "EC113"),
    ],
)
def test_header_figure(key: str, code: str) -> None:
    """A figure of the heading that is off is found by its rule at its place."""
    body = own()
    body[key] += 9
    found = {finding.code: finding for finding in findings(body)}
    assert code in found
    assert found[code].place.pointer == (f"/{key}" if code != "EC108" else "/Payments")


@pytest.mark.parametrize(
    ("key", "code"),
    [("SubTotal", "EC109"), ("Amount", "EC109"), ("UnitPrice", "EC109"), ("Discount", "EC109")],
)
def test_line_value(key: str, code: str) -> None:
    """The value of a line is quantity × price − discount, to the cent."""
    body = own()
    body["Details"][0][key] += Decimal("0.01") if key in {"SubTotal", "Discount"} else 1
    assert code in codes(body)


@pytest.mark.parametrize(("cents", "found"), [("0.01", False), ("-0.01", False), ("0.02", True)])
def test_tax_within_a_cent(cents: str, *, found: bool) -> None:
    """A tax may be a cent away from base × rate, and no more."""
    body = own()
    body["Details"][0]["Taxes"][0]["TaxValue"] += Decimal(cents)
    assert ("EC110" in codes(body)) is found


def test_cause_is_named() -> None:
    """A wrong line explains the sum that it is wrong in."""
    body = own()
    body["Details"][3]["SubTotal"] = Decimal("13.00")
    found = {finding.code: finding for finding in findings(body)}
    assert found["EC109"].expected == Decimal("12.00")
    cause = found["EC102"].caused_by
    assert cause is not None
    assert cause.code == "EC109"


@pytest.mark.corpus
@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"there is no folder {SEEDS}")
def test_sample_of_the_documentation() -> None:
    """The sample's counters satisfy none of the ten, and each is found with the figures it should have."""
    found = findings(_sample())
    assert {finding.code for finding in found} >= TEN
    expected: dict[tuple[str, str | None], tuple[object, object]] = {
        (one.code, one.place.pointer): (one.stated, one.expected) for one in found
    }
    wanted: dict[tuple[str, str | None], tuple[object, object]] = {
        ("EC101", "/Subtotal"): (6, 14),
        ("EC102", "/Subtotal"): (6, 24),
        ("EC103", "/TotalDiscount"): (7, 14),
        ("EC104", "/SpecialConsumTax"): (8, 22),
        ("EC105", "/ValueAddedTax"): (9, 18),
        ("EC106", "/Tip"): (10, Decimal("0.60")),
        ("EC107", "/Total"): (21, 33),
        ("EC108", "/Payments"): (6, 21),
        ("EC109", "/Details/0/SubTotal"): (12, 23),
        ("EC110", "/Details/0/Taxes/0/TaxValue"): (5, Decimal("0.12")),
    }
    assert {key: expected.get(key) for key in wanted} == wanted


def _sample() -> Body:
    text = next(SEEDS.glob("004_*.txt")).read_text(encoding="utf-8")
    start = text.index('{ "ReferralGuide"')
    sample = text[start : text.index("\napplication/x-www-form", start)]
    # The sample's date is no date, so it is given one.
    return load(
        sample.replace('"sample string 11", "ContributorId"', '"20/11/2026", "ContributorId"').encode()
    )
