"""Finding a figure by its path or by the end of it, and the names that mean none or several."""

import pytest

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.totals import Totals

from .building import by_percent, computed, document, line


@pytest.fixture
def totals() -> Totals:
    """Recompute a document of two lines with IVA."""
    iva = by_percent("01", "10.00", "19.00", "1.90")
    return computed(
        document(
            line("10", "1", "10.00", iva),
            line("10", "1", "10.00", iva),
            tax_totals=[by_percent("01", "20.00", "19.00", "3.80")],
            total={
                "line_extension_amount": "20.00",
                "tax_inclusive_amount": "23.80",
                "payable_amount": "23.80",
            },
        )
    )


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("payable_amount", "legal_monetary_total.payable_amount"),
        ("legal_monetary_total.payable_amount", "legal_monetary_total.payable_amount"),
        ("line_extension_amount", "legal_monetary_total.line_extension_amount"),
        ("lines[1].line_extension_amount", "lines[1].line_extension_amount"),
        ("tax_totals[0].tax_amount", "tax_totals[0].tax_amount"),
    ],
)
def test_known(totals: Totals, name: str, path: str) -> None:
    """A whole path is that figure; the end of one is the only figure, or that of the totals."""
    figure = totals.figure(name)
    assert figure is totals.by_path[path]
    assert totals.explain(name).path == path


def test_ambiguous(totals: Totals) -> None:
    """A name that could be several figures is refused, with all of them."""
    with pytest.raises(UnknownNameError) as caught:
        totals.figure("tax_amount")
    assert caught.value.detail == {
        "near": [
            "lines[0].tax_totals[0].tax_subtotals[0].tax_amount",
            "lines[0].tax_totals[0].tax_amount",
            "lines[1].tax_totals[0].tax_subtotals[0].tax_amount",
            "lines[1].tax_totals[0].tax_amount",
            "tax_totals[0].tax_subtotals[0].tax_amount",
            "tax_totals[0].tax_amount",
        ]
    }


@pytest.mark.parametrize(
    "name", ["", "amount", "nothing", "lines[2].line_extension_amount", "extension_amount"]
)
def test_unknown(totals: Totals, name: str) -> None:
    """A name that no figure ends with, as a whole word, is refused as a LookupError with a code."""
    with pytest.raises(UnknownNameError) as caught:
        totals.explain(name)
    assert isinstance(caught.value, LookupError)
    assert (caught.value.code, list(caught.value.detail)) == ("unknown", ["near"])


def test_misspelt(totals: Totals) -> None:
    """A name that is nearly one has the closest names in its error, the closest first (errors.py)."""
    with pytest.raises(UnknownNameError) as caught:
        totals.figure("payable_amout")
    assert caught.value.detail == {
        "near": [
            "legal_monetary_total.payable_amount",
            "lines[0].tax_totals[0].tax_subtotals[0].tax_amount",
        ]
    }
