"""The search for a likely cause: what it says in words, when it says nothing, and how much it looks at."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from cuadre.checking import check
from cuadre.engine.computation import Computation
from cuadre.engine.errors import DefinitionError
from cuadre.engine.fill import fill
from cuadre.engine.findings import Finding, LikelyCause
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.registry import find_regime
from cuadre.engine.totals import recompute
from cuadre.rules.cause_search import MAX_FIGURES, CauseSearch
from cuadre.rules.draft import Draft
from cuadre.rules.likely_causes import _mistake, usual_mistakes
from cuadre.rules.registry import plan_of
from cuadre.rules.rule import Fault

_TOTAL = "legal_monetary_total"
_PAYABLE = f"{_TOTAL}.payable_amount"


def _line(price: str, tax: str | None = "19.00", **fields: object) -> dict[str, Any]:
    taxes = [{"tax_subtotals": [{"tax_scheme_id": "01", "percent": tax}]}] if tax else []
    return {"quantity": "1", "price": {"price_amount": price}, "tax_totals": taxes, **fields}


def _document(lines: Sequence[dict[str, Any]], **fields: object) -> Document:
    data = {"kind": "invoice", "country": "CO", "issue_date": "2026-11-20", "lines": lines, **fields}
    return fill(Document.model_validate(data), find_regime("CO"))


def _with(document: Document, **totals: str) -> Document:
    total = document.legal_monetary_total
    assert total is not None
    changed = total.model_copy(update={name: Decimal(value) for name, value in totals.items()})
    return document.model_copy(update={_TOTAL: changed})


def _finding(document: Document, name: str) -> Finding:
    (found,) = [
        one
        for one in check(document).findings
        if one.place.path == f"{_TOTAL}.{name}" and one.tolerance and one.caused_by is None
    ]
    return found


def _cause(document: Document, name: str = "payable_amount") -> LikelyCause:
    cause = _finding(document, name).likely_cause
    assert cause is not None
    return cause


def _discount(amount: str, sign: str = "false") -> dict[str, str]:
    return {"charge_indicator": sign, "amount": amount}


def _withheld(*amounts: str) -> list[dict[str, Any]]:
    """Make withholdings that filling keeps, by bases of which they are all."""
    return [
        {"tax_subtotals": [{"tax_scheme_id": "06", "taxable_amount": amount, "percent": "100.00"}]}
        for amount in amounts
    ]


def test_in_words() -> None:
    """A second sentence says the difference, in the language and the amounts of the reader."""
    document = _document([_line("1000.00")], allowance_charges=[_discount("25.50")])
    found = _finding(_with(document, payable_amount="1139.00"), "payable_amount")
    assert found.message() == (
        "PayableAmount is 1139.00, must be 1164.50 (1190.00 − 25.50 + 0.00): 25.50 too little. "
        "The difference is a discount of the document that was counted twice: 25.50"
    )
    assert found.message("es", write=lambda value: f"<{value}>").endswith(
        "faltan <25.50>. La diferencia es un descuento del documento que se contó dos veces: <25.50>"
    )


def test_a_line_is_named() -> None:
    """An amount of a line is said with the number of the line; of equal amounts, that there are others."""
    lines = [_line("1000.00"), _line("2500.00"), _line("1300.00"), _line("1300.00")]
    document = _document(lines)
    cause = _cause(_with(document, line_extension_amount="3600.00"), "line_extension_amount")
    assert (cause.name, cause.text) == (
        "line_left_out",
        "The difference is a line that was left out: 2500.00 (line 2)",
    )
    cause = _cause(_with(document, line_extension_amount="4800.00"), "line_extension_amount")
    assert cause.text.endswith(": 1300.00 (line 3), or another of the same amount")


def test_amounts_of_both_signs() -> None:
    """What was added and what was subtracted is said with its sign."""
    parts = [_discount("300.00"), _discount("50.00", "true")]
    document = _document([_line("1000.00")], allowance_charges=parts)
    cause = _cause(_with(document, payable_amount="1190.00"))
    assert cause.name == "discounts_and_charges_left_out"
    assert cause.text.endswith(": 300.00 − 50.00")
    assert [(one.sign, one.value) for one in cause.amounts] == [("+", Decimal(300)), ("-", Decimal(50))]


def test_a_rounding_that_is_accepted() -> None:
    """Where the total also has an amount that DIAN accepts, it is told apart from the mistake."""
    document = _document(
        [_line("1000.00")],
        withholding_tax_totals=_withheld("25.00"),
        legal_monetary_total={"payable_rounding_amount": "10.00"},
    )
    cause = _cause(_with(document, payable_amount="1175.00"))
    assert cause.name == "withholdings_subtracted"
    assert [(one.sign, one.value) for one in cause.amounts] == [("-", Decimal("25.00"))]
    assert [(one.sign, one.value) for one in cause.accepted] == [("+", Decimal("10.00"))]
    assert cause.text.endswith(": 25.00; the rest may be in this total: 10.00")


def test_a_total_in_whole_pesos() -> None:
    """A total that is written in whole pesos is compared in whole pesos."""
    document = _document([_line("1000.00")], withholding_tax_totals=_withheld("25.37"))
    assert _cause(_with(document, payable_amount="1165")).name == "withholdings_subtracted"
    assert _cause(_with(document, payable_amount="1164.63")).name == "withholdings_subtracted"
    assert _finding(_with(document, payable_amount="1165.20"), "payable_amount").likely_cause is None


def test_a_long_sum_is_cut() -> None:
    """The text has seven amounts of many; the data has all of them."""
    lines = [_line(f"{number}1.00", None) for number in range(1, 21)]
    document = _document([_line("1000.00"), *lines])
    cause = _cause(_with(document, tax_exclusive_amount="3120.00"), "tax_exclusive_amount")
    assert cause.name == "untaxed_lines_counted"
    assert cause.text.endswith("61.00 + 71.00 + … (20 terms)")
    assert sum(one.value for one in cause.amounts) == Decimal("2120.00")


def test_two_mistakes_that_make_the_same_difference() -> None:
    """A discount that is as large as the withholding: either may be meant, so neither is told."""
    document = _document(
        [_line("1000.00")], allowance_charges=[_discount("25.00")], withholding_tax_totals=_withheld("25.00")
    )
    assert _finding(_with(document, payable_amount="1140.00"), "payable_amount").likely_cause is None


def test_many_round_amounts_explain_nothing() -> None:
    """Where nearly every round difference is some line's amount, only one with cents is told."""
    lines = [_line(f"{number}000.00") for number in range(1, 31)] + [_line("7654.32")]
    document = _document(lines)
    stated = Decimal("472654.32")
    for amount, name in (("9000.00", None), ("7654.32", "line_left_out")):
        wrong = _with(document, line_extension_amount=str(stated - Decimal(amount)))
        cause = _finding(wrong, "line_extension_amount").likely_cause
        assert (cause and cause.name) == name


def test_a_total_of_zero() -> None:
    """A total of zero lacks no line in particular, but may lack all discounts."""
    document = _document([_line("1000.00")], allowance_charges=[_discount("25.00")])
    assert _finding(_with(document, line_extension_amount="0"), "line_extension_amount").likely_cause is None
    assert _cause(_with(document, allowance_total_amount="0"), "allowance_total_amount").name == (
        "discount_left_out"
    )


def test_a_figure_that_another_finding_explains() -> None:
    """The consequence of a wrong total is told the total, and no likely cause."""
    document = _document([_line("1000.00"), _line("500.00")], withholding_tax_totals=_withheld("500.00"))
    wrong = _with(document, line_extension_amount="1000.00", tax_inclusive_amount="1285.00")
    found = {one.place.path: one for one in check(wrong).findings}
    assert found.keys() >= {f"{_TOTAL}.line_extension_amount"}
    assert all(one.likely_cause is None for one in found.values() if one.caused_by)


@pytest.mark.parametrize("path", [("tax_totals", 7, "tax_amount"), ("nothing", "tax_amount"), ()])
def test_a_place_that_is_not_there(path: tuple[str | int, ...]) -> None:
    """A rule may name a part that the document has not; then there is no figure to explain."""
    rule = next(iter(plan_of("CO", "invoice").rules.values()))
    fault = Fault(path, "not_equal", Decimal(1), Decimal(2))
    totals = recompute(_document([_line("1000.00")]), find_regime("CO"))
    draft = Draft(rule, fault, path, Computation("1 + 1"))
    figure = draft.wrong_figure(totals)
    assert figure is None or CauseSearch(totals).likely_cause(figure) is None


def _searched(count: int) -> tuple[int, list[LikelyCause | None]]:
    """Search a document of many lines whose amounts are all different and whose totals are all wrong."""
    lines = [_line(f"{1000 + number * 7}.{number % 100:02d}") for number in range(count)]
    document = _document(lines, allowance_charges=[_discount("7.00"), _discount("9.50", "true")])
    wrong = _with(
        document,
        line_extension_amount="123456789.01",
        tax_exclusive_amount="123456789.02",
        tax_inclusive_amount="323456789.03",
        payable_amount="987654321.09",
    )
    totals = recompute(wrong, find_regime("CO"))
    search = CauseSearch(totals)
    causes = [search.likely_cause(figure) for figure in totals.wrong.values()]
    assert len(causes) == 4
    return search.groups.looked_at, causes


def test_the_search_is_linear() -> None:
    """Four wrong totals over 20000 lines look at a fixed number of amounts for each line, and at no pair."""
    looked_at, causes = _searched(20_000)
    assert causes == [None] * 4
    assert looked_at < 20 * 20_000
    few, _ = _searched(1000)
    assert looked_at < 21 * few


def test_no_more_figures_are_explained() -> None:
    """Of a document with hundreds of wrong taxes the first are explained."""
    part = {"tax_scheme_id": "01", "percent": "19.00", "taxable_amount": "100.00", "tax_amount": "19.00"}
    other = {**part, "percent": "5.00", "tax_amount": "5.00"}
    tax = {"tax_amount": "5.00", "tax_subtotals": [part, other]}
    document = Document.model_validate({"kind": "invoice", "country": "CO", "tax_totals": [tax] * 200})
    causes = [one.likely_cause for one in check(document).findings if one.place.path.endswith("].tax_amount")]
    assert len([one for one in causes if one]) == MAX_FIGURES


@pytest.mark.parametrize("country", ["CO", "EC", "XX"])
def test_the_table_is_whole(country: str) -> None:
    """Every row is understood; a country without rows of its own has those of every country."""
    assert len(usual_mistakes(country)) > 5


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"difference": "withholding_tax_totals.tax_amount"}, "is no difference"),
        ({"difference": "- nothing()"}, "no path"),
        ({"difference": "- withholding_tax_totals.amount"}, "no field"),
        ({"take": "most"}, "is no difference"),
        ({"difference": "- lines.line_extension_amount + terms()", "take": "some"}, "is no difference"),
        ({"name": "a_new_one"}, "has no sentence"),
    ],
)
def test_a_wrong_row_is_refused(changes: dict[str, str], fault: str) -> None:
    """A row that cannot be understood names itself when the table is loaded."""
    row = {
        "name": "withholdings_subtracted",
        "country": "",
        "difference": "- withholding_tax_totals.tax_amount",
        "take": "all",
    }
    with pytest.raises(DefinitionError, match=fault):
        _mistake({**row, **changes})
