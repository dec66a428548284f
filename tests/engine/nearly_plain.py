"""Lines that are plain but for one or two things: what a quick look may mistake for one that is right."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from cuadre.engine.model.document import Document, DocumentKind, Line, MonetaryTotal

_CENT = Decimal("0.01")
_ODD: dict[str, list[object]] = {
    "quantity": [None, "0", "-1", "2"],
    "quantity_unit_code": [None, "", "XX"],
    "line_extension_amount": [None, "0.00", "-5.00", "90.01", "90.0049", "90.1"],
    "free_of_charge_indicator": ["true"],
    "pricing_reference": [{"price_amount": "10.00", "price_type_code": "01"}, {"price_amount": "-1"}],
    "price": [None, {}, {"price_amount": "-50"}, {"price_amount": "50", "base_quantity": "3"}],
    "withholding_tax_totals": [
        [{"tax_subtotals": [{"tax_scheme_id": "05", "percent": "15.00", "taxable_amount": "17.10"}]}],
        [{"tax_amount": "1.00", "tax_subtotals": []}],
    ],
    "tax_totals": [[], [{}], [{"tax_amount": "17.10"}]],
}
_ODD_TOTAL: dict[str, list[object]] = {
    "tax_amount": [None, "17.11", "-17.10", "17.1", "0.00"],
    "rounding_amount": ["0.01", "-0.01"],
}
_ODD_SUBTOTAL: dict[str, list[object]] = {
    "taxable_amount": [None, "0.00", "-90.00", "89.99"],
    "tax_amount": [None, "17.11", "17.1", "-17.10"],
    "percent": [None, "16.00", "17.00", "-19.00", "5", "0.00"],
    "per_unit_amount": ["1.00", "-1.00"],
    "base_unit_measure": ["2", "-2"],
    "tax_scheme_id": [None, "", "02", "04", "06", "07", "22", "35", "ZZ", "99"],
}
_ODD_ALLOWANCE: dict[str, list[object]] = {
    "charge_indicator": [None, "true", "1", "maybe"],
    "amount": [None, "0.00", "-10.00", "10.01", "10.02", "200.00"],
    "base_amount": [None, "0.00", "-100.00", "9.00"],
    "multiplier_factor_numeric": [None, "10", "101.00", "-10.00", "9.99"],
}


def _spoil(draw: st.DrawFn, part: dict[str, object], odd: dict[str, list[object]]) -> None:
    field = draw(st.sampled_from(sorted(odd)))
    part[field] = draw(st.sampled_from(odd[field]))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Make a line of 2 × 50.00 less 10 %, with 19 % of IVA; spoil one or two of its fields."""
    subtotal: dict[str, object] = {
        "tax_scheme_id": "01",
        "taxable_amount": "90.00",
        "percent": "19.00",
        "tax_amount": "17.10",
    }
    total: dict[str, object] = {"tax_amount": "17.10", "tax_subtotals": [subtotal]}
    allowance: dict[str, object] = {
        "charge_indicator": "false",
        "multiplier_factor_numeric": "10.00",
        "amount": "10.00",
        "base_amount": "100.00",
    }
    line: dict[str, object] = {
        "quantity": "2",
        "quantity_unit_code": "94",
        "line_extension_amount": "90.00",
        "price": {"price_amount": "50.00", "base_quantity": "2"},
        "allowance_charges": [allowance],
        "tax_totals": [total],
    }
    places = [(line, _ODD), (total, _ODD_TOTAL), (subtotal, _ODD_SUBTOTAL), (allowance, _ODD_ALLOWANCE)]
    for part, odd in draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
        _spoil(draw, part, odd)
    if draw(st.integers(0, 9)) == 0 and line["tax_totals"]:
        two_rates = {**total, "tax_subtotals": [subtotal] * 2}
        line["tax_totals"] = draw(st.sampled_from([[total, total], [two_rates]]))
    return Line.model_validate(line)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Make a document of such lines, with totals that are right, or off by a cent."""
    made = tuple(draw(st.lists(lines(), min_size=1, max_size=3)))
    gross = sum([line.line_extension_amount or Decimal(0) for line in made], Decimal(0))
    taxes = sum([total.tax_amount or Decimal(0) for line in made for total in line.tax_totals], Decimal(0))
    off = draw(st.sampled_from([Decimal(0), _CENT]))
    payable = (gross + taxes + off).quantize(_CENT, ROUND_HALF_UP)
    total = MonetaryTotal.model_validate(
        {
            "line_extension_amount": gross,
            "tax_exclusive_amount": gross,
            "tax_inclusive_amount": gross + taxes,
            "payable_amount": payable,
        }
    )
    return Document(
        kind=draw(st.sampled_from([DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE])),
        type_code=draw(st.sampled_from(["01", "02"])),
        lines=made,
        legal_monetary_total=total,
    )
