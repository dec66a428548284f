"""The chain of totals: what enters each figure of LegalMonetaryTotal, and what never does."""

from decimal import Decimal

from cuadre.engine.model.document import MonetaryTotal
from cuadre.engine.source import format_path

from .building import by_percent, by_unit, charge, computed, discount, document, faults, figure, line, values

IVA_19 = by_percent("01", "100000.00", "19.00", "19000.00")
NAMES = [name for name in MonetaryTotal.model_fields if name.endswith("_amount")]


def totals(*figures: str) -> dict[str, str]:
    """Write a LegalMonetaryTotal: gross, base, with taxes, payable."""
    names = ("line_extension_amount", "tax_exclusive_amount", "tax_inclusive_amount", "payable_amount")
    return dict(zip(names, figures, strict=True))


def test_chain() -> None:
    """Gross, base, taxes, discounts, charges: a document that adds up has no figure that differs."""
    made = document(
        line("50000", "2", "100000.00", IVA_19),
        line("3333.333333", "3", "10000.00", by_percent("01", "10000.00", "5.00", "500.00")),
        tax_totals=[IVA_19, by_percent("01", "10000.00", "5.00", "500.00")],
        allowance_charges=[discount("1000.50"), charge("200.25"), discount("0.50")],
        total={
            **totals("110000.00", "110000.00", "129500.00", "128699.25"),
            "allowance_total_amount": "1001.00",
            "charge_total_amount": "200.25",
        },
    )
    assert faults(made) == {}


def test_order_and_names() -> None:
    """Figures come in the order of the document: lines, taxes, withholdings, totals."""
    made = document(
        line("1", "1", "1.00", by_percent("01", "1.00", "19", "0.19")),
        tax_totals=[by_percent("01", "1.00", "19", "0.19")],
        withholding_tax_totals=[by_percent("06", "1.00", "2.5", "0.03")],
        total=totals("1.00", "1.00", "1.19", "1.19"),
    )
    assert [one.name for one in computed(made).figures] == [
        "lines.line_extension_amount",
        "lines.tax_totals.tax_subtotals.tax_amount",
        "lines.tax_totals.tax_amount",
        "tax_totals.tax_subtotals.tax_amount",
        "tax_totals.tax_amount",
        "withholding_tax_totals.tax_subtotals.tax_amount",
        "withholding_tax_totals.tax_amount",
        "legal_monetary_total.line_extension_amount",
        "legal_monetary_total.tax_exclusive_amount",
        "legal_monetary_total.tax_inclusive_amount",
        "legal_monetary_total.payable_amount",
    ]


def test_withholdings_enter_no_total() -> None:
    """A document has the same totals with and without its withholdings."""
    withheld = [
        by_percent("06", "100000.00", "2.50", "2500.00"),
        by_percent("07", "100000.00", "9.66", "966"),
    ]
    total = totals("100000.00", "100000.00", "119000.00", "119000.00")
    with_them, without = (
        values(
            document(
                line("50000", "2", "100000.00", IVA_19, withholding_tax_totals=part),
                tax_totals=[IVA_19],
                withholding_tax_totals=part,
                total=total,
            )
        )
        for part in (withheld, [])
    )
    assert {name: with_them[f"legal_monetary_total.{name}"] for name in total} == total
    assert {path: value for path, value in with_them.items() if "withholding" not in path} == without


def test_free_goods() -> None:
    """A free item is worth 0.00; its IVA on the reference price is in the total and in what is paid."""
    reference = {"price_amount": "50000.00", "price_type_code": "01"}
    made = document(
        line("50000", "2", "0.00", IVA_19, pricing_reference=reference),
        line("0", "2", "0.00", IVA_19, pricing_reference=reference),
        tax_totals=[by_percent("01", "200000.00", "19.00", "38000.00")],
        total=totals("0.00", "200000.00", "38000.00", "38000.00"),
    )
    assert faults(made) == {}


def test_excluded_and_exempt() -> None:
    """An excluded line has no TaxTotal and adds no base; an exempt one has 0.00 % and adds its base."""
    exempt = by_percent("01", "70000.00", "0.00", "0.00")
    made = document(
        line("30000", "1", "30000.00"),
        line("70000", "1", "70000.00", exempt),
        tax_totals=[exempt],
        total=totals("100000.00", "70000.00", "100000.00", "100000.00"),
    )
    assert faults(made) == {}
    only = document(line("30000", "1", "30000.00"), total=totals("30000.00", "0.00", "30000.00", "30000.00"))
    assert faults(only) == {}


def test_first_tax_only() -> None:
    """Only the first TaxTotal of a line, with all its rates, is in TaxExclusiveAmount."""
    ibua = by_unit("34", "18", "4500.00", base_unit_measure="25000", taxable_amount="100000.00")
    icui = by_percent("35", "100000.00", "20.00", "20000.00")
    made = document(line("50000", "2", "100000.00", IVA_19, icui, ibua), total={})
    base = figure(made, "legal_monetary_total.tax_exclusive_amount")
    assert [(one.path, str(one.value)) for one in base.computation.inputs()] == [
        (("lines", 0, "tax_totals", 0, "tax_subtotals", 0, "taxable_amount"), "100000.00")
    ]
    other = document(
        line("50000", "2", "100000.00", ibua.model_copy(update={"tax_subtotals": ()}), IVA_19), total={}
    )
    assert values(other)["legal_monetary_total.tax_exclusive_amount"] == "0.00"


def test_wrong_figures() -> None:
    """A figure outside of its tolerance is wrong, one that must be stated and is not too, and no other."""
    made = computed(
        document(
            line("1", "1", "1000.00", by_percent("01", "1000.00", "19.00", "191.99")),
            line("1000", "1", None),
            tax_totals=[by_percent("01", "1000.00", "19.00", "190.00")],
            total=totals("1000.49", "1060.00", "1190.49", "1190.00"),
        )
    )
    assert [format_path(path) for path in made.wrong] == [
        "lines[0].line_extension_amount",
        "lines[1].line_extension_amount",
        "legal_monetary_total.tax_exclusive_amount",
    ]
    taxable = ("legal_monetary_total", "tax_exclusive_amount")
    assert made.is_off_by(taxable, Decimal("60.40"))
    assert not made.is_off_by(taxable, Decimal("61.00"))
    assert not made.is_off_by(("legal_monetary_total", "payable_amount"), Decimal("0.00"))
