"""``cuadre diff``: figures of two documents, whatever their formats and the order of their parts."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from cuadre.figure_differences import FigurePair, figure_pairs
from cuadre.reading import read_figures

from .running import BROKEN, INVOICE, run

Capture = pytest.CaptureFixture[str]


def _changed(tmp_path: Path, old: bytes, new: bytes) -> str:
    file = tmp_path / "changed.xml"
    content = Path(INVOICE).read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))
    return str(file)


def test_what_differs(tmp_path: Path, capsys: Capture) -> None:
    """A changed figure has its path, both values and the second minus the first; the exit code is 1."""
    done = run(capsys, "diff", INVOICE, _changed(tmp_path, b">3650.50<", b">3650.40<"), "--format", "json")
    assert done.code == 1
    assert json.loads(done.out) == [
        {
            "path": "lines[0].price.price_amount",
            "first": "3650.50",
            "second": "3650.40",
            "difference": "-0.10",
        }
    ]


def test_nothing_differs(tmp_path: Path, capsys: Capture) -> None:
    """Zeros at the end are no difference; the exit code is 0, and --all shows every figure."""
    file = _changed(tmp_path, b">3650.50<", b">3650.5000<")
    done = run(capsys, "diff", INVOICE, file)
    assert (done.code, done.out) == (0, "all 32 figures are the same\n")
    every = run(capsys, "diff", INVOICE, file, "--all", "--lang", "es")
    assert every.code == 0
    assert len(every.out.splitlines()) == 33
    assert every.out.split()[0] == "cifra"


def test_the_same_document_in_another_format(tmp_path: Path, capsys: Capture) -> None:
    """An XML and the model's JSON of it have the same figures."""
    file = tmp_path / "invoice.json"
    assert run(capsys, "convert", INVOICE, "--to", "json", "--output", str(file)).code == 0
    assert run(capsys, "diff", INVOICE, str(file)).code == 0


def test_parts_belong_together() -> None:
    """Lines are paired by their number, and taxes by tax and rate, whatever their order is."""
    document = read_figures(INVOICE)
    turned = document.model_copy(
        update={
            "lines": document.lines[::-1],
            "tax_totals": tuple(
                [
                    one.model_copy(update={"tax_subtotals": one.tax_subtotals[::-1]})
                    for one in document.tax_totals
                ]
            ),
        }
    )
    assert [pair for pair in figure_pairs(document, turned) if pair.differs] == []
    less = document.model_copy(update={"lines": document.lines[1:]})
    gone = [pair for pair in figure_pairs(document, less) if pair.differs]
    assert {pair.path.partition(".")[0] for pair in gone} == {"lines[0]"}
    assert FigurePair("lines[0].quantity", Decimal("40.00"), None) in gone


def test_table(capsys: Capture) -> None:
    """What one document does not state is a dash, and a difference has its sign."""
    rows = [line.split() for line in run(capsys, "diff", INVOICE, BROKEN).out.splitlines()]
    assert rows[0] == ["figure", INVOICE, BROKEN, "difference"]
    assert ["legal_monetary_total.payable_amount", "626838.06", "604838.06", "-22000.00"] in rows
    assert ["allowance_charges[0].amount", "–", "18000.00", "+18000.00"] in rows
