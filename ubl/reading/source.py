"""The place of each figure of a UBL document: line and XPath, looked up on demand."""

import re
from collections import defaultdict

from lxml.etree import _Element

from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Place, format_path
from cuadre.ubl.mapping.extensions import CONTENT, DIAN_EXTENSIONS, EXTENSION, EXTENSIONS
from cuadre.ubl.mapping.namespaces import prefixed
from cuadre.ubl.mapping.vocabulary import INLINE, TEXT, WRAPPED_TEXTS, FieldMap, MapEntry
from cuadre.ubl.reading.lines import line_of


class XmlSource:
    """The places of a document that was read from XML; satisfies ``cuadre.engine.source.Source``."""

    def __init__(
        self, root: _Element, field_map: FieldMap, file: str | None = None, line_offset: int = 0
    ) -> None:
        self._root = root
        self._field_map = field_map
        self._file = file
        self._offset = line_offset
        self._children: dict[_Element, dict[str, list[_Element]]] = {}
        self._positions: dict[tuple[_Element, str], dict[_Element, int]] = {}

    def place(self, path: Path) -> Place:
        """Find ``path``; where the document does not state it, the nearest element around it."""
        element, missing = self._locate(path)
        return Place(
            path=format_path(path),
            file=self._file,
            line=line_of(element, self._offset),
            xpath=self._xpath(element) + missing,
        )

    def _below(self, element: _Element, name: str) -> list[_Element]:
        """List the children with a name. Each element is indexed once, since it may have thousands."""
        if element not in self._children:
            index: defaultdict[str, list[_Element]] = defaultdict(list)
            for child in element:
                index[str(child.tag)].append(child)
            self._children[element] = dict(index)
        return self._children[element].get(name, [])

    def _locate(self, path: Path) -> tuple[_Element, str]:
        """Follow the field map; return the last element that is there, and the rest as an XPath."""
        element, field_map, missing = self._root, self._field_map, ""
        for index, step in enumerate(path):
            if isinstance(step, int):
                continue
            if step in _ELSEWHERE:
                element, field_map = _dian_extensions(self._root)
                continue
            names, below, attribute = _names(field_map, step)
            if not names:
                break
            following = path[index + 1] if index + 1 < len(path) else 0
            position = following if isinstance(following, int) else 0
            # In PartyName/Name each text has an aggregate of its own, so the aggregates are counted.
            counted = 0 if field_map.get(names[0], _NO_STEP).form == WRAPPED_TEXTS else len(names) - 1
            for depth, name in enumerate(names):
                found = [] if missing else self._below(element, name)
                wanted = position if depth == counted else 0
                if wanted < len(found):
                    element = found[wanted]
                else:
                    missing += f"/{prefixed(name)}"
            if attribute:
                return element, missing + attribute
            field_map = below
        return element, missing

    def _xpath(self, element: _Element) -> str:
        """Write an absolute XPath, with the positions from the index."""
        steps: list[str] = []
        node = element
        parent = node.getparent()
        while parent is not None:
            twins = self._below(parent, str(node.tag))
            position = f"[{self._position(parent, node, twins)}]" if len(twins) > 1 else ""
            steps.append(prefixed(str(node.tag)) + position)
            node, parent = parent, parent.getparent()
        return "/" + "/".join([prefixed(str(node.tag)), *reversed(steps)])

    def _position(self, parent: _Element, node: _Element, twins: list[_Element]) -> int:
        key = (parent, str(node.tag))
        if key not in self._positions:
            self._positions[key] = {twin: position for position, twin in enumerate(twins, start=1)}
        return self._positions[key][node]


_NO_STEP = MapEntry(TEXT)
_ELSEWHERE = {"dian_extensions"}


def _dian_extensions(root: _Element) -> tuple[_Element, FieldMap]:
    for name, field_map in DIAN_EXTENSIONS.items():
        found = root.find(f"{EXTENSIONS}/{EXTENSION}/{CONTENT}/{name}")
        if found is not None:
            return found, field_map
    return root, {}


def _names(field_map: FieldMap, field: str) -> tuple[list[str], FieldMap, str]:
    """Find the names of the elements that lead to a field, and the attribute if it is one."""
    for name, entry in field_map.items():
        if entry.field == field:
            return [name, *entry.field_map] if entry.form == WRAPPED_TEXTS else [name], entry.field_map, ""
        for attribute, target in entry.named:
            if target == field:
                return [name], {}, f"/@{attribute}"
        if entry.form == INLINE:
            names, below, attribute = _names(entry.field_map, field)
            if names:
                return [name, *names], below, attribute
    return [], {}, ""


def xpath_of(element: _Element) -> str:
    """Write an absolute XPath with usual prefixes; positions where a name repeats among siblings."""
    tree = element.getroottree()
    root = f"/{prefixed(str(tree.getroot().tag))}"
    path = tree.getelementpath(element)
    return root if path == "." else f"{root}/{_CLARK.sub(lambda name: prefixed(name[0]), path)}"


_CLARK = re.compile(r"\{[^{}]*\}[^/\[]+")
