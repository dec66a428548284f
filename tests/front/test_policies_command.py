"""``cuadre policies``: a document whose cents depend on the rounding."""

import json
from pathlib import Path

import pytest

from cuadre.checking import fill
from cuadre.engine.fill import fill as fill_by
from cuadre.engine.model.document import Document
from cuadre.engine.policies import policies
from cuadre.engine.regimes.co.regime import CO
from cuadre.policy_results import policy_figures
from cuadre.reading import read_figures

from .running import BROKEN, INVOICE, run

Capture = pytest.CaptureFixture[str]


def _document(prices: list[str], rate: str = "19.00") -> Document:
    """Make an invoice of lines of one piece each, from its inputs."""
    subtotal = {"percent": rate, "tax_scheme_id": "01", "tax_scheme_name": "IVA"}
    lines = [
        {
            "id": str(number),
            "quantity": "1",
            "price": {"price_amount": price, "base_quantity": "1"},
            "tax_totals": [{"tax_subtotals": [subtotal]}],
        }
        for number, price in enumerate(prices, start=1)
    ]
    return fill({"kind": "invoice", "country": "CO", "document_currency_code": "COP", "lines": lines})


def test_cents_of_three_lines(tmp_path: Path, capsys: Capture) -> None:
    """Three taxes of 0.095 are 0.30, 0.24 or 0.27 by line, and 0.29 or 0.28 at once."""
    file = tmp_path / "lines.json"
    file.write_text(_document(["0.50"] * 3).model_dump_json(exclude_unset=True), encoding="utf-8")
    done = run(capsys, "policies", str(file), "--format", "json")
    taxes = {one["policy"]: (one["tax_amount"], one["payable_amount"]) for one in json.loads(done.out)}
    assert done.code == 0
    assert taxes == {
        None: ("0.30", "1.80"),
        "half_up per line": ("0.30", "1.80"),
        "half_up per document": ("0.29", "1.79"),
        "half_even per line": ("0.30", "1.80"),
        "half_even per document": ("0.28", "1.78"),
        "truncate per line": ("0.27", "1.77"),
        "truncate per document": ("0.28", "1.78"),
        "xpath per line": ("0.30", "1.80"),
        "xpath per document": ("0.29", "1.79"),
    }


def test_table(capsys: Capture) -> None:
    """A wrong document is rejected as stated, and the difference of each policy is to what it states."""
    rows = [row.split() for row in run(capsys, "policies", BROKEN).out.splitlines()]
    assert rows[1] == ["as", "stated", "FAU04,", "FAU14", "584900.25", "41937.81", "604838.06"]
    assert rows[2] == [
        "half_up", "per", "line", "accepted", "584900.25", "41937.81", "584838.06", "-20000.00",
    ]  # fmt: skip
    assert len(rows) == 2 + len(policies())
    spanish = run(capsys, "policies", INVOICE, "--lang", "es").out.splitlines()
    assert spanish[0].split()[:2] == ["política", "DIAN"]
    assert spanish[3].split()[:4] == ["half_up", "por", "documento", "aceptado"]


def test_every_policy_adds_up() -> None:
    """By each policy the authority accepts the figures, and filling twice changes nothing."""
    document = _document(["0.50", "1234.56", "9.99", "0.03"], "8.00")
    assert {one.codes for one in policy_figures(document)} == {()}
    for policy in policies():
        filled = fill_by(document, CO, policy)
        assert fill_by(filled, CO, policy) == filled


def test_the_file_cannot_be_read(capsys: Capture, tmp_path: Path) -> None:
    """What cannot be read is one sentence and exit code 2."""
    file = tmp_path / "x.xml"
    file.write_text("<a/>", encoding="utf-8")
    done = run(capsys, "policies", str(file))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("cuadre: ")


def test_read_figures() -> None:
    """The figures of a file are those of its document."""
    assert read_figures(INVOICE).id == "SETP990000101"
