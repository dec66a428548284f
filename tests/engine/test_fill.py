"""Filling a document: what holds of every document that was computed from its inputs."""

from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import given

import cuadre
from cuadre.engine.fill import fill
from cuadre.engine.findings import Severity
from cuadre.engine.json_reading import read_json
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.regimes.co.regime import CO
from cuadre.rules.registry import packs

from .building import faults
from .strategies import EXACT, documents

_SCALED = {"price_amount", "per_unit_amount", "amount", "base_amount", "paid_amount"}


@given(documents())
def test_idempotent(document: Document) -> None:
    """Filling twice changes nothing more."""
    once = fill(document, CO)
    assert fill(once, CO) == once


@given(documents())
def test_inputs_are_kept(document: Document) -> None:
    """Quantities, prices, rates and stated discounts are after filling what they were before."""
    filled = fill(document, CO)
    assert _inputs(filled) == _inputs(document)


def _inputs(document: Document) -> list[object]:
    return [
        *document.prepaid_payments,
        *[part.amount for part in document.allowance_charges if part.multiplier_factor_numeric is None],
        *[(line.quantity, line.price) for line in document.lines],
        *[
            (part.tax_scheme_id, part.percent, part.per_unit_amount, part.base_unit_measure)
            for line in document.lines
            for total in (*line.tax_totals, *line.withholding_tax_totals)
            for part in total.tax_subtotals
        ],
    ]


@given(documents())
def test_no_figure_differs(document: Document) -> None:
    """Every figure that a filled document states is the one that is computed from its parts."""
    assert faults(fill(document, CO)) == {}


@given(documents())
def test_places(document: Document) -> None:
    """Totals are written with the places of the regime, and none of the four main ones is missing."""
    total = fill(document, CO).legal_monetary_total
    assert total is not None
    written = {name: value for name, value in total if isinstance(value, Decimal)}
    assert {value.as_tuple().exponent for value in written.values()} == {-CO.rounding.places}
    assert written.keys() >= {
        "line_extension_amount",
        "tax_exclusive_amount",
        "tax_inclusive_amount",
        "payable_amount",
    }


@cache
def _arithmetic() -> list[str]:
    """List the codes that judge a figure, and those that hold the taxes of lines and document together."""
    plan = packs()[0].plan(DocumentKind.INVOICE)
    groups = [plan.rules[name] for name in ("AS01a", "AS01b", "AS04", "AT01", "AT04", "AY05", "AQ07", "AQ09")]
    return [rule.code for rule in (*plan.figures.values(), *groups)]


@given(documents())
def test_nothing_is_rejected(document: Document) -> None:
    """A filled document has no arithmetic for which the authority would reject it."""
    report = cuadre.check(fill(document, CO), select=_arithmetic())
    rejected = [finding for finding in report.findings if finding.severity is Severity.REJECT]
    assert [(finding.code, finding.place.path) for finding in rejected] == []


@given(documents())
def test_read_back(document: Document) -> None:
    """A filled document can be written as JSON and read back, with every digit."""
    filled = fill(document, CO)
    assert repr(Document.model_validate(read_json(filled.model_dump_json()))) == repr(filled)


@given(documents())
def test_order_of_lines(document: Document) -> None:
    """The totals do not depend on the order of the lines."""
    turned = document.model_copy(update={"lines": document.lines[::-1]})
    assert fill(turned, CO).legal_monetary_total == fill(document, CO).legal_monetary_total


@given(documents(EXACT, results=False))
def test_ten_times(document: Document) -> None:
    """Where nothing is rounded, ten times every price and amount gives ten times every total."""
    small = fill(document, CO).legal_monetary_total
    large = fill(Document.model_validate(_ten_times(document.model_dump())), CO).legal_monetary_total
    assert small is not None
    assert large is not None
    assert dict(large) == {name: value * 10 if isinstance(value, Decimal) else value for name, value in small}


def _ten_times(part: Any) -> Any:  # noqa: ANN401 - any part of a dumped document
    if isinstance(part, dict):
        return {
            name: str(Decimal(value) * 10) if name in _SCALED and value is not None else _ten_times(value)
            for name, value in part.items()
        }
    return [_ten_times(one) for one in part] if isinstance(part, (list, tuple)) else part
