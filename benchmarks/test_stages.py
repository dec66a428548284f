"""Each stage of a check on invoices of 1 to 10,000 lines, timed by pytest-benchmark; no time fails a test."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.generate import invoice
from benchmarks.stages import AGAIN, BASE, FULL, JUDGING, READING, RECOMPUTE, REPORT, report, stages

_SIZES = (1, 10, 100, 1000, 10_000)
_STAGES = (BASE, REPORT, FULL, READING, RECOMPUTE, JUDGING)


@pytest.mark.benchmark(min_rounds=3, max_time=0.5)
@pytest.mark.parametrize("lines", _SIZES)
@pytest.mark.parametrize("stage", _STAGES)
def test_stage(benchmark: BenchmarkFixture, stage: str, lines: int) -> None:
    """A stage runs on a generated invoice; the base comes first, to compare with."""
    work = stages(invoice(lines))[stage]
    benchmark.group = f"{lines} lines"
    benchmark(work)


@pytest.mark.parametrize(("lines", "odd"), [*[(size, False) for size in _SIZES], (1, True), (1000, True)])
def test_generated_invoice_adds_up(lines: int, odd: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """A generated invoice has so many lines, and nothing to say about them."""
    data = invoice(lines, odd=odd)
    document = report(data).documents[0]
    assert (document.verdict, document.findings) == ("accepted", ())
    assert data.count(b"<cac:InvoiceLine>") == lines


def test_every_stage_is_timed() -> None:
    """No stage of the table is missing here."""
    assert {*_STAGES, AGAIN} == stages(invoice(1)).keys()
