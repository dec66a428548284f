"""Where each figure of a UBL document stands: line and XPath, found only when somebody asks."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from lxml.etree import _Element

from cuadre.engine.document import Path
from cuadre.engine.source import Place, format_path
from cuadre.ubl.namespaces import prefixed
from cuadre.ubl.shapes import FOLD, Shape


class Node(NamedTuple):
    """An element of the outline."""

    text: str
    attributes: dict[str, str]
    line: int | None


class XmlSource:
    """The places of a document that was read from XML; satisfies ``cuadre.engine.source.Source``."""

    def __init__(self, root: _Element, shape: Shape, file: str | None = None, line_offset: int = 0) -> None:
        self._root = root
        self._shape = shape
        self._file = file
        self._offset = line_offset

    def place(self, path: Path) -> Place:
        """Find ``path``; where the document does not state it, the nearest element around it."""
        element, missing = _locate(self._root, self._shape, path)
        line = element.sourceline
        return Place(
            path=format_path(path),
            file=self._file,
            line=None if line is None else line + self._offset,
            xpath=_xpath(element) + missing,
        )

    @cached_property
    def outline(self) -> dict[str, tuple[Node, ...]]:
        """Every element by its path, such as ``/Invoice/cbc:ID``, with its text, attributes and line."""
        nodes: defaultdict[str, list[Node]] = defaultdict(list)

        def visit(element: _Element, path: str) -> None:
            line = None if element.sourceline is None else element.sourceline + self._offset
            nodes[path].append(Node((element.text or "").strip(), dict(element.attrib), line))
            for child in element:
                visit(child, f"{path}/{prefixed(str(child.tag))}")

        visit(self._root, f"/{prefixed(str(self._root.tag))}")
        return {path: tuple(found) for path, found in nodes.items()}


def _locate(root: _Element, shape: Shape, path: Path) -> tuple[_Element, str]:
    """Walk down the shape; return the last element that is there, and the rest as an XPath."""
    element = root
    for index, step in enumerate(path):
        if isinstance(step, int):
            continue
        position = path[index + 1] if index + 1 < len(path) and isinstance(path[index + 1], int) else 0
        names, shape_below = _names(shape, step)
        if not names:
            return element, ""
        for depth, name in enumerate(names):
            last = depth == len(names) - 1
            found = [child for child in element if child.tag == name]
            wanted = int(position) if last else 0
            if wanted >= len(found):
                return element, "".join(f"/{prefixed(part)}" for part in names[depth:])
            element = found[wanted]
        shape = shape_below
    return element, ""


def _names(shape: Shape, field: str) -> tuple[list[str], Shape]:
    """Find the element names that lead to a field, through folded aggregates."""
    for name, (take, target, inner) in shape.items():
        if target == field:
            return [name], inner or {}
        if take == FOLD and inner is not None:
            names, below = _names(inner, field)
            if names:
                return [name, *names], below
    return _names(shape, field.removesuffix("_unit_code")) if field.endswith("_unit_code") else ([], {})


def _xpath(element: _Element) -> str:
    """Write an absolute XPath with usual prefixes; positions where a name repeats among siblings."""
    steps: list[str] = []
    node: _Element | None = element
    while node is not None:
        parent = node.getparent()
        name = prefixed(str(node.tag))
        if parent is not None:
            twins = [child for child in parent if child.tag == node.tag]
            if len(twins) > 1:
                name += f"[{twins.index(node) + 1}]"
        steps.append(name)
        node = parent
    return "/" + "/".join(reversed(steps))
