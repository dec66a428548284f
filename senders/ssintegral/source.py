"""Where a figure is in an envelope: its XPath in the provider's own names, and its line."""

from functools import cached_property
from xml.parsers import expat

from cuadre.engine.model.scalars import Path
from cuadre.engine.source import Place, format_path
from cuadre.senders.payloads.payload import PayloadSource

Elements = dict[Path, tuple[str, ...]]
"""For a path of the Document the elements below the operation that lead to it; a number counts members."""


class EnvelopeSource(PayloadSource):
    """Finds the place of every figure of a document that was read from an envelope."""

    def __init__(self, data: bytes, elements: Elements, file: str | None = None) -> None:
        super().__init__("", {}, file)
        self._data = data
        self._elements = elements
        self._name = file

    def place(self, path: Path) -> Place:
        """Find ``path``, or the nearest part around it."""
        around = path
        while around and around not in self._elements:
            around = around[:-1]
        steps = self._elements.get(around, ())
        xpath = "".join(f"[{step}]" if step.isdigit() else f"/{step}" for step in steps)
        plain = tuple([step for step in steps if not step.isdigit()])
        return Place(
            format_path(path), self._name, self._lines_of.get(plain), xpath=f"/{xpath}" if xpath else None
        )

    @cached_property
    def _lines_of(self) -> dict[tuple[str, ...], int]:
        """The line of the first element with each name, below the operation."""
        lines: dict[tuple[str, ...], int] = {}
        stack: list[str] = []
        parser = expat.ParserCreate(namespace_separator="}")

        def start(name: str, _: dict[str, str]) -> None:
            stack.append(name.rpartition("}")[2])
            lines.setdefault(tuple(stack[3:]), parser.CurrentLineNumber)

        parser.StartElementHandler = start
        parser.EndElementHandler = lambda _: stack.pop()
        # It has been read once, with every guard, so it is well-formed and has no DTD.
        parser.Parse(self._data, True)  # noqa: FBT003 - expat's own signature
        return lines
