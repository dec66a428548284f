"""What is paid, with prepayment and rounding or without; and totals that are wrong or not there."""

import pytest

from .building import by_percent, computed, document, faults, line, values


@pytest.mark.parametrize(
    ("stated", "payable"),
    [
        ("119000.00", "119000.00"),
        ("118000.00", "118000.00"),
        ("119000.43", "119000.43"),
        ("118000.43", "118000.43"),
        ("118000.30", "118000.43"),
        ("119001.00", "119000.00"),
        ("110000.00", "119000.00"),
        ("130000.00", "119000.00"),
    ],
)
def test_payable(stated: str, payable: str) -> None:
    """Prepayment and rounding may be in the payable amount or not: the formula that agrees is taken."""
    made = document(
        total={
            "tax_inclusive_amount": "119000.00",
            "payable_amount": stated,
            "prepaid_amount": "1000.00",
            "payable_rounding_amount": "0.43",
        }
    )
    assert values(made)["legal_monetary_total.payable_amount"] == payable


def test_prepaid_amount() -> None:
    """PrepaidAmount is the sum of the prepayments, and no figure where there is nothing of either."""
    payments = [{"paid_amount": "1000.00"}, {"paid_amount": "0.50"}, {}]
    made = document(prepaid_payments=payments, total={"prepaid_amount": "1000.00"})
    assert faults(made)["legal_monetary_total.prepaid_amount"] == ("1000.00", "1000.50")
    assert "legal_monetary_total.prepaid_amount" not in values(document(total={}))


def test_sums_are_of_stated_parts() -> None:
    """One wrong line gives one wrong figure: what is above it adds up the lines as stated."""
    iva = by_percent("01", "100000.00", "19.00", "19000.00")
    made = document(
        line("50000", "2", "100900.00", iva),
        tax_totals=[iva],
        total={
            "line_extension_amount": "100900.00",
            "tax_exclusive_amount": "100000.00",
            "tax_inclusive_amount": "119900.00",
            "payable_amount": "119900.00",
        },
    )
    assert list(faults(made)) == ["lines[0].line_extension_amount"]


def test_nothing_stated() -> None:
    """A document without totals has no figures of totals; absent parts are not counted as zero."""
    assert computed(document()).figures == []
    empty = values(document(line("10", "2"), total={}))
    assert empty["lines[0].line_extension_amount"] == "20.00"
    assert empty["legal_monetary_total.line_extension_amount"] == "0.00"
    assert "legal_monetary_total.payable_amount" not in empty
