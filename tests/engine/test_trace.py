"""Traces: the printed expression gives the exact value, and every input stands where its path says."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cuadre.engine.figures import Figure
from cuadre.engine.model.document import Document
from cuadre.engine.model.scalars import Path as DocumentPath
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.totals import recompute
from cuadre.reading import read

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.xml"))
_TOKEN = re.compile(r"\s*(?:\(−(?P<negative>[0-9.]+)\)|(?P<number>[0-9.]+)|(?P<mark>[×/+−]))\s*")


@cache
def example(path: Path) -> tuple[Document, list[Figure]]:
    """Read an example and recompute it."""
    read_document = read(path.read_bytes(), str(path)).document
    assert read_document is not None
    return read_document, recompute(read_document, CO).figures


def evaluate(expression: str) -> Decimal:
    """Compute what an expression says: products and quotients first, then sums."""
    tokens = list(_TOKEN.finditer(expression))
    assert "".join(token[0] for token in tokens) == expression
    total, term, sign, mark = Decimal(0), Decimal(0), 1, "+"
    for token in tokens:
        if token["mark"]:
            mark = token["mark"]
            continue
        value = Decimal(token["number"]) if token["number"] else -Decimal(token["negative"])
        if mark == "×":
            term *= value
        elif mark == "/":
            term /= value
        else:
            total += sign * term
            term, sign = value, 1 if mark == "+" else -1
    return total + sign * term


def held(made: Document, path: DocumentPath) -> object:
    """Walk a path of the document."""
    part: Any = made
    for step in path:
        part = part[step] if isinstance(step, int) else getattr(part, step)
    return part


def test_examples_are_there() -> None:
    """There is at least one example of each kind of document."""
    assert {example(path)[0].kind.value for path in EXAMPLES} == {"invoice", "credit_note", "debit_note"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_expressions(path: Path) -> None:
    """The whole expression of every figure, computed by itself, is its exact value."""
    _, figures = example(path)
    assert figures
    wrong = [
        (figure.path, expression, figure.exact)
        for figure in figures
        if evaluate(expression := figure.computation.expression(most=None)) != figure.exact
    ]
    assert wrong == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_inputs(path: Path) -> None:
    """Every input of every figure, and what it states, is in the document at its path."""
    made, figures = example(path)
    wrong = [
        (where, value)
        for figure in figures
        for where, value in [
            *((one.path, one.value) for one in figure.trace().inputs),
            (figure.path, figure.stated),
        ]
        if held(made, where) != value and not (held(made, where) is None and value == 0)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_inputs_stand_in_the_file(path: Path) -> None:
    """The place of every stated figure is an element of the file, with its line."""
    reading = read(path.read_bytes(), str(path))
    stated = [figure for figure in example(path)[1] if figure.stated is not None]
    rows = path.read_text(encoding="utf-8").splitlines()
    wrong = [
        place
        for figure in stated
        if (place := reading.source.place(figure.path)).line is None
        or f">{figure.stated:f}<" not in rows[place.line - 1]
    ]
    assert wrong == []


def test_trace_is_of_the_figure() -> None:
    """A trace repeats the figure's value, rounding and stated amount."""
    for path in EXAMPLES:
        traces = [(figure, figure.trace()) for figure in example(path)[1]]
        assert [
            figure.path
            for figure, trace in traces
            if (trace.exact, trace.value, trace.stated, trace.rounding)
            != (figure.exact, figure.rounding(figure.exact), figure.stated, CO.rounding)
        ] == []
