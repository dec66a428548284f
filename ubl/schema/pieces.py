"""Divide a large document into pieces that can be validated one at a time.

libxml2 logs every fault, and counts the siblings of the faulty element each time: 10,000 lines with a
fault each take ten times as long as without. Its log has no limit. In pieces, validation can stop after
any number of faults.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from cuadre.ubl.mapping.extensions import CONTENT

_IS_LARGE = etree.XPath("boolean(descendant::*[4000])")
# An element of each large child: to find the children themselves takes ten times as long.
_INSIDE_LARGE_CHILDREN = etree.XPath("*/descendant::*[1000]")


class Piece(NamedTuple):
    """A part of a document that is validated by itself."""

    element: _Element
    originals: dict[_Element, _Element] = {}  # noqa: RUF012 - a default that nobody writes to
    """Of a copy: the elements of the document that its elements were copied from."""
    is_sibling: bool = False
    """Whether two siblings of the same name are in an earlier piece."""

    def original(self, node: _Element) -> _Element:
        """Return the element of the document that ``node``, which is in this piece, was copied from."""
        if not self.originals:
            return node
        steps: list[int] = []
        while node not in self.originals:
            parent = node.getparent()
            if parent is None:
                return node
            steps.append(parent.index(node))
            node = parent
        node = self.originals[node]
        for step in reversed(steps):
            node = node[step]
        return node


def pieces(element: _Element, *, is_sibling: bool = False) -> Iterator[Piece]:
    """Yield pieces of a document; it is valid where each of them is.

    The first is a copy that has two of each run of siblings with one name. UBL allows one or any number
    of an element, so two show what thousands would. The other siblings follow, each by itself. Small
    documents are one piece and are not copied.
    """
    if not _IS_LARGE(element):
        yield Piece(element, {}, is_sibling)
        return
    shell = _Shell()
    yield Piece(shell.copy(element), shell.originals, is_sibling)
    for sibling in shell.siblings:
        yield Piece(sibling, {}, is_sibling=True)
    for sibling in shell.large_siblings:
        yield from pieces(sibling, is_sibling=True)


class _Shell:
    """A copy of a document without most of its repeated elements."""

    def __init__(self) -> None:
        self.originals: dict[_Element, _Element] = {}
        self.siblings: list[_Element] = []
        self.large_siblings: list[_Element] = []

    def copy(self, element: _Element) -> _Element:
        """Copy a large element; the third and later of siblings with one name go into a list instead."""
        made = etree.Element(str(element.tag), dict(element.items()), element.nsmap)
        made.text = element.text
        self.originals[made] = element
        large = _large_children(element)
        second = first = None
        for child in element[:]:
            name = child.tag
            if name == first == second and not (child.tail or "").strip():
                (self.large_siblings if child in large else self.siblings).append(child)
                continue
            first, second = second, name
            made.append(self._copy(child, large=child in large))
        return made

    def _copy(self, child: _Element, *, large: bool) -> _Element:
        # The schema does not validate what is inside an extension, so no piece of it is validated either.
        if large and child.tag != CONTENT:
            copied = self.copy(child)
            copied.tail = child.tail
            return copied
        copied = deepcopy(child)
        self.originals[copied] = child
        return copied


def _large_children(element: _Element) -> set[_Element]:
    found = _INSIDE_LARGE_CHILDREN(element)
    inside = [node for node in found if isinstance(node, _Element)] if isinstance(found, list) else []
    return {_child_around(node, element) for node in inside}


def _child_around(node: _Element, element: _Element) -> _Element:
    """Return the child of ``element`` that ``node`` is in."""
    parent = node.getparent()
    return node if parent is None or parent is element else _child_around(parent, element)
