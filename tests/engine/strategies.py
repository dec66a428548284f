"""Hypothesis strategies that make documents: inputs only, or with results that may be wrong."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from cuadre.engine.model.document import (
    AllowanceCharge,
    Document,
    DocumentKind,
    Line,
    MonetaryTotal,
    PrepaidPayment,
    Price,
    TaxSubtotal,
    TaxTotal,
)

Decimals = st.SearchStrategy[Decimal]


def decimals(low: int, high: int, places: int) -> Decimals:
    """Make amounts between two whole numbers, with exactly ``places`` decimals."""
    return st.integers(low * 10**places, high * 10**places).map(lambda units: Decimal(units).scaleb(-places))


class Numbers(NamedTuple):
    """Which numbers a document is made of."""

    prices: Decimals
    quantities: Decimals
    amounts: Decimals
    """Discounts, prepayments and so on, that are not computed."""
    per_unit: Decimals
    measures: Decimals
    percents: Decimals
    """Percentages of discounts."""


ANY = Numbers(
    prices=st.integers(0, 6).flatmap(lambda places: decimals(0, 10**6, places)),
    quantities=st.integers(0, 3).flatmap(lambda places: decimals(1, 500, places)),
    amounts=decimals(0, 1000, 2),
    per_unit=decimals(1, 2000, 2),
    measures=decimals(1, 5000, 1),
    percents=decimals(0, 30, 2),
)
EXACT = Numbers(
    prices=decimals(1, 50, 0).map(lambda thousands: thousands * 100_000),
    quantities=decimals(1, 20, 0),
    amounts=decimals(0, 9, 0).map(lambda thousands: thousands * 1000),
    per_unit=decimals(1, 2000, 0),
    measures=decimals(1, 5000, 0),
    percents=decimals(0, 30, 0),
)
"""Numbers whose every product has at most two decimals, so that nothing is ever rounded."""

# Rates of table 13.3.11; the unit taxes that a line may have beside one of them.
_RATES = {"01": ("0.00", "5.00", "19.00"), "04": ("2.00", "8.00", "16.00"), "03": ("4.14", "9.66")}
_WITHHELD = {"05": ("15.00",), "06": ("2.50", "4.00"), "07": ("4.14", "9.66")}
_NAMES = {"01": "IVA", "03": "ICA", "04": "INC", "05": "ReteIVA", "06": "ReteRenta", "07": "ReteICA"}
_UNITS = {"22": "94", "34": "MLT", "33": "GRM"}


def _tax(tax: str, **fields: object) -> TaxTotal:
    part = {"tax_scheme_id": tax, "tax_scheme_name": _NAMES.get(tax, "tax"), **fields}
    return TaxTotal(tax_subtotals=(TaxSubtotal.model_validate(part),))


@st.composite
def _taxes(draw: st.DrawFn, numbers: Numbers) -> list[TaxTotal]:
    rates = draw(st.lists(st.sampled_from(sorted(_RATES)), unique=True, max_size=2))
    taxes = [_tax(tax, percent=draw(st.sampled_from(_RATES[tax]))) for tax in rates]
    for tax in draw(st.lists(st.sampled_from(sorted(_UNITS)), unique=True, max_size=2)):
        counted = tax != "22" or draw(st.booleans())
        measure = draw(numbers.measures) if counted else None
        unit = _UNITS[tax] if counted else None
        taxes.append(
            _tax(
                tax,
                per_unit_amount=draw(numbers.per_unit),
                base_unit_measure=measure,
                base_unit_measure_unit_code=unit,
            )
        )
    return taxes


@st.composite
def _withheld(draw: st.DrawFn) -> list[TaxTotal]:
    ids = draw(st.lists(st.sampled_from(sorted(_WITHHELD)), unique=True, max_size=2))
    return [_tax(tax, percent=draw(st.sampled_from(_WITHHELD[tax]))) for tax in ids]


@st.composite
def _allowances(draw: st.DrawFn, numbers: Numbers) -> list[AllowanceCharge]:
    parts = []
    for number in range(draw(st.integers(0, 2))):
        stated = draw(st.booleans())
        parts.append(
            AllowanceCharge(
                id=str(number + 1),
                charge_indicator=draw(st.sampled_from(["true", "false"])),
                allowance_charge_reason_code="01",
                amount=draw(numbers.amounts) if stated else None,
                multiplier_factor_numeric=None if stated else draw(numbers.percents),
            )
        )
    return parts


@st.composite
def lines(draw: st.DrawFn, numbers: Numbers = ANY, *, results: bool = True) -> Line:
    """Make a line; with ``results`` it may state a value of its own, mostly a wrong one."""
    quantity = draw(numbers.quantities)
    base = quantity if draw(st.booleans()) else None
    stated = draw(st.none() | numbers.amounts) if results else None
    return Line(
        quantity=quantity,
        quantity_unit_code="94",
        line_extension_amount=stated,
        price=Price(price_amount=draw(numbers.prices), base_quantity=base),
        allowance_charges=draw(_allowances(numbers)),
        tax_totals=draw(_taxes(numbers)),
        withholding_tax_totals=draw(_withheld()),
    )


@st.composite
def documents(draw: st.DrawFn, numbers: Numbers = ANY, *, results: bool = True) -> Document:
    """Make an invoice of 1 to 8 lines; with ``results`` it may state totals, mostly wrong ones."""
    made = draw(st.lists(lines(numbers, results=results), min_size=1, max_size=8))
    names = ["line_extension_amount", "tax_inclusive_amount", "allowance_total_amount", "payable_amount"]
    total = None
    if results and draw(st.booleans()):
        stated = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, numbers.amounts)))
        total = MonetaryTotal.model_validate(stated)
    prepaid = draw(st.lists(numbers.amounts, max_size=2))
    return Document(
        kind=DocumentKind.INVOICE,
        id="SETP990000001",
        issue_date=dt.date(2026, 11, 20),
        type_code="01",
        document_currency_code="COP",
        line_count_numeric=len(made),
        lines=[one.model_copy(update={"id": str(number)}) for number, one in enumerate(made, start=1)],
        allowance_charges=draw(_allowances(numbers)),
        prepaid_payments=[
            PrepaidPayment(id=str(number), paid_amount=amount, received_date=dt.date(2026, 11, 19))
            for number, amount in enumerate(prepaid, start=1)
        ],
        legal_monetary_total=total,
    )
