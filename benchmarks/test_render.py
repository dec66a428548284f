"""Rendering beside lxml alone, which builds the same tree of names and texts that are at hand already."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import pytest
from lxml import etree
from lxml.etree import SubElement, _Element
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.generate import invoice
from benchmarks.stages import Work, paused
from cuadre.engine.model.document import Document
from cuadre.reading import read
from cuadre.ubl.writing.render import render, render_tree

RENDER = "render"
BASE = "SubElement + tostring"
AGAIN = "the base, timed again"
_SIZES = (10, 100, 1000)


class Plain(NamedTuple):
    """An element as a program has it that knows what to write: no lxml object, and nothing to decide."""

    name: str
    attributes: Mapping[str, str]
    text: str | None
    namespaces: dict[str | None, str] | None
    children: tuple["Plain", ...]


def plain(element: _Element, around: Mapping[str | None, str] | None = None) -> Plain:
    """Take a tree apart; namespaces are kept only where an element declares some."""
    declared = dict(element.nsmap)
    namespaces = None if declared == around else declared
    children = tuple([plain(child, declared) for child in element])
    return Plain(str(element.tag), dict(element.items()), element.text, namespaces, children)


def build(root: Plain) -> bytes:
    """Build the tree with lxml and write it, as ``render`` does at its end."""
    element = etree.Element(root.name, root.attributes, nsmap=root.namespaces)
    _fill(element, root.children)
    return etree.tostring(element.getroottree(), encoding="UTF-8", xml_declaration=True)


def _fill(parent: _Element, children: tuple[Plain, ...]) -> None:
    for name, attributes, text, namespaces, inner in children:
        if namespaces is None:
            node = SubElement(parent, name, attributes)
        else:
            node = SubElement(parent, name, attributes, nsmap=namespaces)
        if text is not None:
            node.text = text
        if inner:
            _fill(node, inner)


def document_of(lines: int) -> Document:
    """Read the generated invoice with so many lines."""
    document = read(invoice(lines)).document
    if document is None:
        sentence = "the generated invoice is no document"
        raise ValueError(sentence)
    return document


def works(lines: int) -> dict[str, Work]:
    """Return the base and the rendering of one document, by name, in the order in which they are timed.

    The collector is paused in both. Raises ValueError where the two do not write the same bytes.
    """
    document = document_of(lines)
    tree = plain(render_tree(document))
    if build(tree) != render(document):
        sentence = "the base does not write what render writes"
        raise ValueError(sentence)
    return {
        BASE: paused(lambda: build(tree)),
        RENDER: paused(lambda: render(document)),
        AGAIN: paused(lambda: build(tree)),
    }


def drafthorse(lines: int) -> Work:
    """Return what writes lines of the same invoice with drafthorse; raise ImportError where it is missing."""
    models = import_module("drafthorse.models.document")
    items = import_module("drafthorse.models.tradelines")
    document = document_of(lines)

    def work() -> object:
        made = models.Document()
        made.header.id = document.id
        for line in document.lines:
            item = items.LineItem()
            item.document.line_id = line.id
            item.product.name = line.item.description[0] if line.item else ""
            item.agreement.net.amount = line.price.price_amount if line.price else None
            item.delivery.billed_quantity = (line.quantity, "C62")
            item.settlement.monetary_summation.total_amount = line.line_extension_amount
            made.trade.items.add(item)
        return made.serialize(schema=None)

    return paused(work)


@pytest.mark.benchmark(min_rounds=3, max_time=0.5)
@pytest.mark.parametrize("lines", _SIZES)
@pytest.mark.parametrize("name", [BASE, RENDER])
def test_render(benchmark: BenchmarkFixture, name: str, lines: int) -> None:
    """A generated invoice is rendered; the base comes first, to compare with."""
    benchmark.group = f"render, {lines} lines"
    benchmark(works(lines)[name])


@pytest.mark.parametrize("lines", _SIZES)
def test_both_write_the_same(lines: int) -> None:
    """The base and ``render`` write the same bytes, which read back as the document."""
    document = document_of(lines)
    data = build(plain(render_tree(document)))
    assert data == render(document)
    assert read(data).document == document
    assert len(document.lines) == lines


@pytest.mark.benchmark(min_rounds=3, max_time=0.5)
@pytest.mark.skipif(find_spec("drafthorse") is None, reason="drafthorse is not installed")
def test_drafthorse(benchmark: BenchmarkFixture) -> None:
    """The drafthorse library writes the lines of the same invoice as CII: another, smaller tree."""
    benchmark.group = "render, 100 lines"
    assert benchmark(drafthorse(100))
