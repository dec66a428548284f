"""What a check costs grows in step with the document, also where every figure in it is wrong."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

import cuadre
from cuadre.engine.model.document import Document

from .running import ROOT

_OURS = tuple(str(ROOT / folder) for folder in ("engine", "rules", "ubl", "cuadre"))
_Trace = Callable[[FrameType, str, Any], Any]
_XML = (ROOT / "examples" / "invoice.xml").read_text(encoding="utf-8")
_LINE = re.findall(r"(?s)<cac:InvoiceLine>.*?</cac:InvoiceLine>", _XML)[0]
_ALLOWANCE = {
    "charge_indicator": "false",
    "amount": "3",
    "base_amount": "1",
    "multiplier_factor_numeric": "7",
}


def _subtotal(percent: str) -> dict[str, str]:
    return {"taxable_amount": "1", "tax_amount": "9", "percent": percent, "tax_scheme_id": "01"}


def _line(**fields: object) -> dict[str, object]:
    taxes = [{"tax_amount": "7", "tax_subtotals": [_subtotal("19")]}]
    return {
        "quantity": "2",
        "line_extension_amount": "1",
        "price": {"price_amount": "5"},
        "tax_totals": taxes,
        **fields,
    }


def _document(**fields: object) -> Document:
    names = ("line_extension_amount", "tax_exclusive_amount", "tax_inclusive_amount", "payable_amount")
    total = dict.fromkeys(names, "3")
    whole = {"kind": "invoice", "legal_monetary_total": total, "lines": [_line()], **fields}
    return Document.model_validate(whole)


def _taxes(count: int) -> list[dict[str, object]]:
    return [{"tax_amount": "1", "tax_subtotals": [_subtotal("19")]}] * count


def _rates(count: int) -> list[dict[str, object]]:
    return [{"tax_amount": "1", "tax_subtotals": [_subtotal(f"{number}.5") for number in range(count)]}]


def _both(count: int, **subtotal: str) -> Document:
    """As many lines with a tax as the document has subtotals of the same tax at the same rate."""
    one = {**_subtotal("19"), **subtotal}
    taxes = [{"tax_amount": "1", "tax_subtotals": [one] * count}]
    return _document(tax_totals=taxes, lines=[_line()] * count)


def _held(count: int) -> Document:
    """As many lines with a withholding as the document has subtotals of it."""
    held = [{"tax_amount": "1", "tax_subtotals": [{**_subtotal("2.5"), "tax_scheme_id": "06"}]}]
    return _document(withholding_tax_totals=held * count, lines=[_line(withholding_tax_totals=held)] * count)


def _xml(count: int, old: str, new: str) -> bytes:
    assert old in _LINE
    return _XML.replace("</Invoice>", _LINE.replace(old, new) * count + "</Invoice>").encode()


GROWING: dict[str, Callable[[int], Document | bytes]] = {
    "lines": lambda count: _document(lines=[_line()] * count),
    "discounts": lambda count: _document(allowance_charges=[_ALLOWANCE] * count),
    "taxes": lambda count: _document(tax_totals=_taxes(count)),
    "rates": lambda count: _document(tax_totals=_rates(count)),
    "discounts of a line": lambda count: _document(lines=[_line(allowance_charges=[_ALLOWANCE] * count)]),
    "taxes of a line": lambda count: _document(lines=[_line(tax_totals=_taxes(count))]),
    "rates of a line": lambda count: _document(lines=[_line(tax_totals=_rates(count))]),
    "rates and lines": _both,
    "rates and lines of the same sum": lambda count: _both(count, taxable_amount=str(count)),
    "withholdings and lines": _held,
    "XML, right lines": lambda count: _xml(count, "3650.50", "3650.50"),
    "XML, wrong lines": lambda count: _xml(count, "146020.00", "1.00"),
    "XML, lines in dollars": lambda count: _xml(count, "COP", "USD"),
    "XML, lines without amounts": lambda count: _xml(count, "146020.00", "1,00"),
}


def _steps(given: Document | bytes) -> int:
    """Count the lines of our code that a check runs through."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> _Trace | None:
        nonlocal steps
        del argument
        if not frame.f_code.co_filename.startswith(_OURS):
            return None
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        cuadre.check(given)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("name", GROWING)
def test_growth(name: str) -> None:
    """Six times the parts cost six times the steps, or a little more, and not thirty-six times."""
    make = GROWING[name]
    cuadre.check(make(1))
    few, many = _steps(make(100)), _steps(make(600))
    assert few > 0
    assert many < 8 * few, f"{many / few:.1f} times"


_MANY = 20_000
_KEPT = 1_000


@pytest.mark.parametrize("make", [_both, _held])
def test_twenty_thousand_rates_and_lines(make: Callable[[int], Document]) -> None:
    """A document with 20,000 subtotals and lines of one tax is judged, and 1,000 findings kept at most."""
    few, many = _steps(make(100)), _steps(make(600))
    assert many < 8 * few, "the long document would not end"
    report = cuadre.check(make(_MANY)).documents[0]
    assert report.verdict == "rejected"
    assert 0 < len(report.findings) <= _KEPT
    assert sum(len(found.inputs) for found in report.findings) <= 10 * _MANY
