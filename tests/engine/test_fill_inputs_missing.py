"""Filling takes nothing for granted: a line that cannot be valued is refused, a stated rounding is paid."""

from decimal import Decimal

import pytest

import cuadre
from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import format_amount

_IVA = {"percent": "19.00", "tax_scheme_id": "01"}
_RETE_IVA = {"percent": "15.00", "tax_scheme_id": "05", "tax_scheme_name": "ReteIVA"}


def _line(**fields: object) -> dict[str, object]:
    return {
        "quantity": "3",
        "price": {"price_amount": "1000.10"},
        "tax_totals": [{"tax_subtotals": [_IVA]}],
        **fields,
    }


def _document(*lines: dict[str, object], **fields: object) -> Document:
    return Document.model_validate({"kind": "invoice", "lines": lines or (_line(),), **fields})


def _shown(value: Decimal | None) -> str | None:
    return None if value is None else format_amount(value)


@pytest.mark.parametrize(
    "fields",
    [
        {"price": None},
        {"price": {}},
        {"price": {"base_quantity": "3"}},
        {"quantity": None},
        {"quantity": None, "price": None},
    ],
)
def test_a_line_without_price_or_quantity_is_refused(fields: dict[str, object]) -> None:
    """A line that states no value and lacks a factor of it is no line of 0.00; the error names it."""
    document = _document(_line(), _line(**fields))
    with pytest.raises(CuadreError) as refused:
        cuadre.fill(document)
    assert "lines[1]" in f"{refused.value} {refused.value.detail}"


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"price": None, "line_extension_amount": "2500.00"}, "2500.00"),
        ({"quantity": None, "line_extension_amount": "2500.00"}, "2500.00"),
        ({"quantity": None, "price": {"price_amount": "1000.10", "base_quantity": "2"}}, "2000.20"),
        ({"price": {"price_amount": "0.00"}}, "0.00"),
    ],
)
def test_a_line_that_can_be_valued_is_filled(fields: dict[str, object], value: str) -> None:
    """A stated value is kept where it cannot be computed; a price of 0.00 is a price."""
    (line,) = cuadre.fill(_document(_line(**fields))).lines
    assert _shown(line.line_extension_amount) == value


def test_header_rete_iva_is_computed_from_the_documents_iva() -> None:
    """ReteIVA that only the document states is taken of its IVA: 570.06 × 15 %."""
    filled = cuadre.fill(_document(withholding_tax_totals=[{"tax_subtotals": [_RETE_IVA]}]))
    (total,) = filled.withholding_tax_totals
    (subtotal,) = total.tax_subtotals
    assert _shown(filled.tax_totals[0].tax_amount) == "570.06"
    assert _shown(subtotal.taxable_amount) == "570.06"
    assert (_shown(subtotal.tax_amount), _shown(total.tax_amount)) == ("85.51", "85.51")


def test_header_rete_iva_is_of_all_rates() -> None:
    """Its base is the IVA of every rate of the document, and of no other tax."""
    five = [{"tax_subtotals": [{"percent": "5.00", "tax_scheme_id": "01"}]}]
    inc = [{"tax_subtotals": [{"percent": "8.00", "tax_scheme_id": "04"}]}]
    lines = (_line(), _line(tax_totals=five), _line(tax_totals=inc))
    filled = cuadre.fill(_document(*lines, withholding_tax_totals=[{"tax_subtotals": [_RETE_IVA]}]))
    (subtotal,) = filled.withholding_tax_totals[0].tax_subtotals
    assert (_shown(subtotal.taxable_amount), _shown(subtotal.tax_amount)) == ("720.08", "108.01")


def test_header_rete_iva_of_the_lines_is_their_sum() -> None:
    """Where a line has ReteIVA, the document has the lines' sum and not all of its IVA."""
    held = _line(withholding_tax_totals=[{"tax_subtotals": [_RETE_IVA]}])
    filled = cuadre.fill(_document(held, _line(), withholding_tax_totals=[{"tax_subtotals": [_RETE_IVA]}]))
    (subtotal,) = filled.withholding_tax_totals[0].tax_subtotals
    assert (_shown(subtotal.taxable_amount), _shown(subtotal.tax_amount)) == ("570.06", "85.51")


@pytest.mark.parametrize(
    ("rounding", "payable"), [("0.64", "3571.00"), ("-0.36", "3570.00"), ("0.00", "3570.36")]
)
def test_payable_rounding_is_part_of_the_amount_to_pay(rounding: str, payable: str) -> None:
    """3570.36 with its rounding is a whole amount; the rounding is an input, and kept."""
    total = cuadre.fill(_document(legal_monetary_total={"payable_rounding_amount": rounding}))
    filled = total.legal_monetary_total
    assert filled is not None
    assert _shown(filled.payable_rounding_amount) == rounding
    assert _shown(filled.payable_amount) == payable


def test_a_filled_rounding_is_accepted() -> None:
    """What fill wrote is what a check recomputes."""
    filled = cuadre.fill(_document(legal_monetary_total={"payable_rounding_amount": "0.64"}))
    codes = [found.code for found in cuadre.check(filled).findings if found.rule.startswith(("AU", "CUA"))]
    assert codes == []
    assert cuadre.fill(filled) == filled
