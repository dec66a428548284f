"""The document's taxes after filling: many small lines, taxes without an id, a tax in two groups."""

import cuadre
from cuadre.engine.fill import fill
from cuadre.engine.model.document import Document, TaxTotal
from cuadre.engine.regimes.co.regime import CO

from .building import by_percent, document, faults, line, subtotal


def payable(made: Document) -> str:
    """Fill a document and tell what is to be paid."""
    total = fill(made, CO).legal_monetary_total
    assert total is not None
    return str(total.payable_amount)


def test_many_small_lines_are_not_rejected() -> None:
    """ICA of 600 lines, each rounded to a cent, is no reason for rejection once it is filled."""
    made = document(*[line("0.52", "1", None, by_percent("03", None, "9.66"))] * 600)
    report = cuadre.check(fill(made, CO), select=["FAS", "FAU", "FAX"])
    assert [finding.code for finding in report.findings if finding.severity == "reject"] == []


def _zz(name: str, percent: str) -> TaxTotal:
    part = subtotal("ZZ", None, percent=percent, taxable_amount="1000.00", tax_scheme_name=name)
    return TaxTotal(tax_subtotals=(part,))


def test_two_taxes_without_an_id() -> None:
    """ZZ is the id of every tax that has none, so it may stand twice; each is counted once."""
    taxes = [_zz("Estampilla", "1.00"), _zz("Contribución", "2.00")]
    made = document(line("1000", "1", None, *taxes), tax_totals=taxes)
    assert [len(total.tax_subtotals) for total in fill(made, CO).tax_totals] == [1, 1]
    assert payable(made) == "1030.00"


def test_tax_split_by_rate() -> None:
    """A document that states IVA in two TaxTotals, one a rate, still counts each rate once."""
    one, other = by_percent("01", None, "19.00"), by_percent("01", None, "5.00")
    made = document(
        line("1000", "1", None, one),
        line("1000", "1", None, other),
        tax_totals=[
            by_percent("01", "1000.00", "19.00", "190.00"),
            by_percent("01", "1000.00", "5.00", "50.00"),
        ],
    )
    assert payable(made) == "2240.00"


def test_amount_without_rate() -> None:
    """A stated amount that nothing computes is kept, and the TaxTotal above it has the regime's places."""
    tax = TaxTotal(tax_subtotals=(subtotal("ZZ", "19.129"),))
    filled = fill(document(line("10", "1", None, tax)), CO)
    assert str(filled.lines[0].tax_totals[0].tax_subtotals[0].tax_amount) == "19.129"
    assert faults(filled) == {}
