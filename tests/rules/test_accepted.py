"""What DIAN accepts although the plain formula says otherwise: prepayments, rounding, free goods, bags."""

import pytest

from cuadre.checking import check
from cuadre.report import DocumentReport

from .cases import KINDS, TODAY, base
from .mutate import mutate

_ROUNDING = (
    "after {total}/cbc:PrepaidAmount "
    "<cbc:PayableRoundingAmount currencyID='COP'>%s</cbc:PayableRoundingAmount>"
)
_SECTOR = "set cbc:CustomizationID = SS-CUFE"
_IVA = (
    "<cac:TaxTotal><cbc:TaxAmount currencyID='COP'>22800.00</cbc:TaxAmount><cac:TaxSubtotal>"
    "<cbc:TaxableAmount currencyID='COP'>456000.00</cbc:TaxableAmount>"
    "<cbc:TaxAmount currencyID='COP'>22800.00</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>5.00</cbc:Percent>"
    "<cac:TaxScheme><cbc:ID>01</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
)


def _check(change: str, letter: str = "F", name: str = "full") -> DocumentReport:
    data = mutate(base(name, letter), KINDS[letter].fill(change))
    return check(data, today=TODAY, ignore="XSD").documents[0]


def _payable(value: str, *steps: str) -> str:
    return "; ".join([*steps, f"set {{total}}/cbc:PayableAmount = {value}"])


@pytest.mark.parametrize("letter", KINDS)
@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (_payable("19908.30"), []),
        (_payable("18908.30"), ["CUA106"]),
        (_payable("18908.30", _SECTOR), []),
        (_payable("19908.30", _ROUNDING % "0.70"), []),
        (_payable("19909.00", _ROUNDING % "0.70"), []),
        (_payable("19908.00", _ROUNDING % "-0.30"), []),
        (_payable("18909.00", _ROUNDING % "0.70"), ["CUA106"]),
        (_payable("18909.00", _ROUNDING % "0.70", _SECTOR), []),
    ],
)
def test_payable_with_and_without_prepayment_and_rounding(change: str, codes: list[str], letter: str) -> None:
    """PayableAmount may be less PrepaidAmount and more or less PayableRoundingAmount; none is rejected."""
    assert [found.code for found in _check(change, letter).findings] == codes


@pytest.mark.parametrize("letter", ["F", "D"])
def test_prepaid_amount_may_be_left_out(letter: str) -> None:
    """FAU12 compares PrepaidAmount where it is stated; prepayments alone do not ask for it."""
    assert _check("remove {total}/cbc:PrepaidAmount", letter).findings == ()


@pytest.mark.parametrize("letter", KINDS)
def test_rounding_and_prepayment_are_not_taken_twice(letter: str) -> None:
    """An amount to pay that no combination gives is rejected, and compared with the official formula."""
    report = _check(_payable("19918.30", _ROUNDING % "5.00"), letter)
    (found,) = report.findings
    assert found.code == f"{letter}AU14"
    assert f"{found.expected:f}" == "19908.30"


def test_taxable_base_takes_the_first_tax_of_a_line() -> None:
    """FAU04 adds the bases of the first TaxTotal of each line: with IVA last, its base does not count."""
    behind = f"after {{line}}[4]/cac:TaxTotal[3] {_IVA}; remove {{line}}[4]/cac:TaxTotal[1]"
    (found,) = _check(behind, name="nominal").findings
    assert (found.code, f"{found.stated:f}", f"{found.expected:f}") == ("FAU04", "660700.00", "204700.00")
    right = f"{behind}; set {{total}}/cbc:TaxExclusiveAmount = 204700.00"
    assert _check(right, name="nominal").findings == ()


@pytest.mark.parametrize("letter", KINDS)
@pytest.mark.parametrize(
    "change", ["set {line}[4]//cbc:BaseQuantity = 1.00", "set {line}[4]/{quantity} = 5.00"]
)
def test_line_value_by_quantity_or_base_quantity(change: str, letter: str) -> None:
    """The price times BaseQuantity and the price times the quantity are both a line's value.

    That the two differ is remarked on: in accepted documents they are equal, in DIAN's examples not always.
    """
    report = _check(change, letter)
    found = [(found.code, found.severity, found.place.path) for found in report.findings]
    assert found == [(f"{letter}BB04", "notify", "lines[3].price.base_quantity")]
    assert report.verdict == "accepted_with_observations"


@pytest.mark.parametrize("letter", KINDS)
def test_free_goods(letter: str) -> None:
    """A line with a reference price may be worth nothing; without one its price counts."""
    priced = "set {line}[3]/cac:Price/cbc:PriceAmount = 1500.00"
    assert _check(priced, letter).findings == ()
    (found,) = _check(f"{priced}; remove {{line}}[3]/cac:PricingReference", letter).findings
    assert (found.code, found.place.path) == (f"{letter}AV06", "lines[2].line_extension_amount")
    assert f"{found.expected:f}" == "6000.00"


@pytest.mark.parametrize("letter", KINDS)
def test_wrong_nominal_tax_of_the_document_is_a_notification(letter: str) -> None:
    """DIAN accepted an invoice whose tax per unit did not add up, and said so."""
    more = "set {total}/cbc:TaxInclusiveAmount = 20163.30; set {total}/cbc:PayableAmount = 20008.30"
    report = _check(f"set cac:TaxTotal[3]//cbc:TaxAmount = 1420.00; {more}", letter)
    (found,) = report.findings
    assert (found.code, found.severity) == (f"{letter}AS07", "notify")
    assert found.place.path == "tax_totals[2].tax_subtotals[0].tax_amount"
    assert f"{found.expected:f}" == "1320.00"
    assert report.verdict == "accepted_with_observations"


@pytest.mark.parametrize("letter", KINDS)
def test_wrong_nominal_tax_of_a_line_is_a_rejection(letter: str) -> None:
    """The notification is for the document's tax only."""
    report = _check("set {line}[2]/cac:TaxTotal[3]//cbc:TaxAmount = 1420.00", letter)
    (found,) = report.findings
    assert (found.code, found.severity) == (f"{letter}AX07", "reject")
    assert report.verdict == "rejected"


@pytest.mark.parametrize("letter", KINDS)
@pytest.mark.parametrize(("amount", "severity"), [("0.00", "notify"), ("80.00", "reject")])
def test_tax_that_no_line_has(amount: str, severity: str, letter: str) -> None:
    """INC of 0.00 that stands in no line is remarked on; an amount is for rejection."""
    tax = f"set cac:TaxTotal[4]//cbc:ID = 04; set cac:TaxTotal[4]//cbc:TaxAmount = {amount}"
    findings = _check(tax, letter, "spare").findings
    assert [found.severity for found in findings if found.rule == "AS01b"] == [severity]
