"""How far a figure may be off: whole pesos for sums, 2.00 for products, 5.00 for IVA stated in tens."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from cuadre.checking import check
from cuadre.engine.findings import Finding
from cuadre.rules.registry import packs

from .cases import KINDS, TODAY, base, table
from .mutate import mutate

_SEVERITIES = {rule.code: rule.severity for pack in packs("CO") for rule in pack.rules}


class Edge(NamedTuple):
    """One stated value beside the computed one, and the code that it fires."""

    code: str
    letter: str
    base: str
    change: str
    path: str
    exact: str
    value: str

    def findings(self) -> list[Finding]:
        """Check the document; return the findings at the figure."""
        change = KINDS[self.letter].fill(self.change).replace("{value}", self.value)
        report = check(mutate(base(self.base, self.letter), change), today=TODAY, ignore="XSD")
        return [found for found in report.findings if found.place.path == self.path]


def _edges(column: str) -> Iterator[Edge]:
    for row in table("tolerances"):
        for letter in row["kinds"]:
            for value in row[column].split():
                code = row["code"].replace("?", letter)
                yield Edge(code, letter, row["base"], row["change"], row["path"], row["exact"], value)


def _id(edge: Edge) -> str:
    return f"{edge.code}-{edge.value}-of-{edge.exact}-{edge.base}"


@pytest.mark.parametrize("edge", list(_edges("tolerated")), ids=_id)
def test_a_figure_at_the_edge_is_only_remarked_on(edge: Edge) -> None:
    """The last value that DIAN accepts has a lint about the difference and nothing else."""
    (found,) = edge.findings()
    assert found.code == "CUA105"
    assert (f"{found.stated:f}", f"{found.expected:f}") == (edge.value, edge.exact)


@pytest.mark.parametrize("edge", list(_edges("rejected")), ids=_id)
def test_a_figure_past_the_edge_fires(edge: Edge) -> None:
    """One cent further the figure's own rule fires, and no lint repeats that."""
    (found,) = edge.findings()
    assert (found.code, found.severity) == (edge.code, _SEVERITIES[edge.code])
    assert (f"{found.stated:f}", f"{found.expected:f}") == (edge.value, edge.exact)


@pytest.mark.parametrize("edge", list(_edges("tolerated")), ids=_id)
def test_the_exact_figure_has_no_finding(edge: Edge) -> None:
    """The computed value itself is right."""
    assert edge._replace(value=edge.exact).findings() == []


@pytest.mark.parametrize(
    ("taxable", "stated", "code", "detail"),
    [
        ("5100.00", "260.00", "CUA103", "half_up to tens"),
        ("5090.00", "250.00", "CUA103", "half_up to tens"),
        ("5100.00", "250.00", "CUA105", "±5.00"),
        ("5000.00", "252.00", "CUA105", "±2.00"),
    ],
)
def test_the_tolerance_is_named(taxable: str, stated: str, code: str, detail: str) -> None:
    """A lint says which tolerance, or which other rounding, lets the IVA of a line pass."""
    subtotal = "cac:InvoiceLine[2]/cac:TaxTotal[1]/cac:TaxSubtotal"
    change = f"set {subtotal}/cbc:TaxableAmount = {taxable}; set {subtotal}/cbc:TaxAmount = {stated}"
    path = "lines[1].tax_totals[0].tax_subtotals[0].tax_amount"
    findings = check(mutate(base("full"), change), today=TODAY, ignore="XSD").findings
    assert [(found.code, found.detail) for found in findings if found.place.path == path] == [(code, detail)]
