"""Totals of plain lines: the figures, the document behind them, and what is refused."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import AmountError, UnknownNameError
from cuadre.engine.fill import fill
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.plain_lines import PlainLine, totals
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.rounding import Number, Rounding
from cuadre.engine.totals import recompute

IVA: dict[str, Number] = {"01": "19"}


def taxes(found: Mapping[tuple[str, Decimal], Decimal]) -> dict[str, str]:
    """Write taxes by their id and rate."""
    return {f"{tax} {rate}": str(amount) for (tax, rate), amount in found.items()}


def differing(made: Document) -> list[str]:
    """List the figures of a document that are not as computed."""
    return [".".join(map(str, figure.path)) for figure in recompute(made, CO).differing]


def test_figures() -> None:
    """Lines, taxes by rate, and totals before and with taxes come from quantity, price and discount."""
    sale = totals(
        [
            PlainLine(2, "50000", "5000", {"01": "19"}),
            PlainLine("3.5", "0.333333", taxes={"01": "19.00"}),
            PlainLine(1, 20000, taxes={"01": "5"}),
            PlainLine(1, 10000, taxes={"04": "8", "06": "2.5"}),
            PlainLine(1, 1000),
        ]
    )
    assert [str(amount) for amount in sale.line_extension_amounts] == [
        "95000.00",
        "1.17",
        "20000.00",
        "10000.00",
        "1000.00",
    ]
    assert taxes(sale.taxes) == {"01 19": "18050.22", "01 5": "1000.00", "04 8": "800.00"}
    assert taxes(sale.withholdings) == {"06 2.5": "250.00"}
    assert str(sale.line_extension_amount) == "126001.17"
    assert str(sale.tax_inclusive_amount) == str(sale.payable_amount) == "145851.39"
    assert str(sale.payable_rounding_amount) == "0.00"


def test_document() -> None:
    """The document is an invoice of the country whose figures all add up, discounts included."""
    made = totals([PlainLine(2, "50000", "5000", IVA)]).document
    assert (made.kind, made.country, len(made.lines)) == (DocumentKind.INVOICE, "CO", 1)
    assert differing(made) == []
    assert fill(made, CO) == made
    part = made.lines[0].allowance_charges[0]
    assert (part.is_charge, str(part.amount), str(part.base_amount)) == (False, "5000", "100000.00")


def test_prices_include_tax() -> None:
    """Shelf prices: the total is what the shelf says, base and tax are taken out of it."""
    sale = totals(
        [PlainLine(2, "59500", taxes=IVA), PlainLine(1, "21000", "1000", {"01": "5"})],
        prices_include_tax=True,
    )
    assert [str(amount) for amount in sale.line_extension_amounts] == ["100000.00", "19047.62"]
    assert taxes(sale.taxes) == {"01 19": "19000.00", "01 5": "952.38"}
    assert str(sale.payable_amount) == str(sale.tax_inclusive_amount) == "139000.00"
    line = sale.document.lines[1]
    assert line.price is not None
    # The discount of 1000 has 5 % of tax in it too.
    assert [str(line.price.price_amount), str(line.allowance_charges[0].amount)] == ["20000.00", "952.38"]


def test_cents_that_no_base_gives() -> None:
    """What base + tax is off the price by goes into the rounding amount, and is paid all the same."""
    sale = totals([PlainLine(1, "0.03", taxes=IVA)], prices_include_tax=True)
    assert [str(sale.line_extension_amount), *taxes(sale.taxes).values()] == ["0.03", "0.01"]
    assert [str(sale.tax_inclusive_amount), str(sale.payable_rounding_amount)] == ["0.04", "-0.01"]
    assert str(sale.payable_amount) == "0.03"
    assert differing(sale.document) == []


def test_ecuador_has_no_rounding_amount() -> None:
    """Where the country has no rounding amount, the payable amount is base + tax."""
    sale = totals([PlainLine(1, "0.04", taxes={"2-4": "15"})], "EC", prices_include_tax=True)
    assert sale.document.country == "EC"
    assert str(sale.payable_rounding_amount) == "0.00"
    assert sale.payable_amount == sale.tax_inclusive_amount


def test_ecuador() -> None:
    """Another country's taxes and arithmetic are used where it is named."""
    sale = totals([PlainLine(2, "10", taxes={"2-4": "15"})], "EC")
    assert (taxes(sale.taxes), str(sale.payable_amount)) == ({"2-4 15": "3.00"}, "23.00")


def test_ica_is_per_mille() -> None:
    """ICA's rate is per mille, in a price too."""
    assert taxes(totals([PlainLine(1, "1000", taxes={"03": "4.14"})]).taxes) == {"03 4.14": "4.14"}
    sale = totals([PlainLine(1, "1004.14", taxes={"03": "4.14"})], prices_include_tax=True)
    assert str(sale.line_extension_amount) == "1000.00"


def test_nothing() -> None:
    """No line adds up to zero, and a quantity of zero is worth nothing."""
    for sale in (totals([]), totals([PlainLine(0, "119", taxes=IVA)], prices_include_tax=True)):
        assert (str(sale.line_extension_amount), str(sale.payable_amount)) == ("0.00", "0.00")


def test_rows() -> None:
    """Tuples and dicts become lines as they are, and a generator of lines is taken."""
    rows: list[tuple[int, str, str]] = [(1, "100", "0"), (2, "50", "10")]
    assert totals(PlainLine(*row) for row in rows).line_extension_amount == 190
    named: list[dict[str, Any]] = [{"quantity": 1, "price": "5", "taxes": IVA}]
    assert totals([PlainLine(**row) for row in named]).tax_inclusive_amount == Decimal("5.95")


REFUSED: list[tuple[PlainLine, str]] = [
    (PlainLine(cast("Number", 1.5), "100"), "quantity"),
    (PlainLine("x", "100"), "quantity"),
    (PlainLine(1, "-100"), "price"),
    (PlainLine(1, "NaN"), "price"),
    (PlainLine(1, "100", "100.01"), "discount"),
    (PlainLine(1, "100", -1), "discount"),
    (PlainLine(1, "100", 0, {"01": cast("Number", 0.19)}), "taxes[01]"),
    (PlainLine(1, "100", 0, {"01": "-19"}), "taxes[01]"),
    (PlainLine("9" * 18, "9" * 18), "price × quantity"),
]


@pytest.mark.parametrize(("line", "field"), REFUSED)
@pytest.mark.parametrize("included", [False, True])
def test_refusals(line: PlainLine, field: str, *, included: bool) -> None:
    """A number that is no amount, is negative or does not fit is named with its line, counted from 1."""
    with pytest.raises(AmountError) as caught:
        totals([PlainLine(1, "100"), line], prices_include_tax=included)
    assert (caught.value.detail["line"], caught.value.detail["field"]) == (2, field)


@pytest.mark.parametrize("tax", ["1", "22", "34", "99", ""])
def test_taxes_that_are_not_known(tax: str) -> None:
    """A tax that the country does not have, or whose amount is per unit, is refused by its line."""
    with pytest.raises(UnknownNameError) as caught:
        totals([PlainLine(1, "100", taxes={tax: "19"})])
    assert caught.value.detail["line"] == 1
    assert "01" in cast("list[str]", caught.value.detail["near"])


def test_countries_that_are_not_known() -> None:
    """A country without a regime is refused."""
    with pytest.raises(UnknownNameError):
        totals([], "XX")


PRICES = st.integers(1, 10**9).map(lambda units: Decimal(units).scaleb(-2))
LINES = st.lists(
    st.builds(
        PlainLine,
        st.decimals("0.01", 100, places=2),
        PRICES,
        st.just(0),
        st.sampled_from([{}, {"01": "19"}, {"01": "5"}, {"04": "8"}, {"01": "19", "04": "8"}]),
    ),
    max_size=6,
)


@given(LINES)
def test_documents_add_up(lines: list[PlainLine]) -> None:
    """Nothing differs in a document made of plain lines, and the total with taxes is what is paid."""
    sale = totals(lines)
    assert differing(sale.document) == []
    assert sale.payable_amount == sale.line_extension_amount + sum(sale.taxes.values())


@given(LINES)
def test_shelf_prices_are_what_is_paid(lines: list[PlainLine]) -> None:
    """With taxes in the prices the sum of the lines is paid, and the rounding at most a cent a tax."""
    sale = totals(lines, prices_include_tax=True)
    shelf = sum(Rounding().product(line.price, line.quantity) for line in lines)
    assert sale.payable_amount == shelf
    assert sale.tax_inclusive_amount + sale.payable_rounding_amount == shelf
    assert abs(sale.payable_rounding_amount) <= Decimal("0.01") * sum(len(line.taxes) for line in lines)
    assert differing(sale.document) == []
