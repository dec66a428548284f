"""Where a value stood in what the user gave: file and line, XPath for XML, JSON pointer for a payload."""

from dataclasses import dataclass
from typing import Protocol

from cuadre.engine.model.scalars import Path


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of a document, as a person finds it."""

    number: int
    """Counted from 1."""
    description: str | None = None
    """What is sold, in one short line."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the caller's own input. What does not apply, or is not known, is None."""

    path: str
    """In the Document: ``lines[0].price.price_amount``."""
    file: str | None = None
    line: int | None = None
    """Of the file, counted from 1."""
    xpath: str | None = None
    pointer: str | None = None
    """RFC 6901, in the provider's own names."""
    item: LineItem | None = None
    """The line of the document that this is in; ``cuadre.check`` fills it in."""


class Source(Protocol):
    """Tells the place of any path of the document that was read from it."""

    def place(self, path: Path) -> Place:
        """Find ``path``; where the input does not state it, the place of what it would stand in."""
        ...


class InMemory:
    """The source of a Document that a program made: it has paths and nothing else."""

    def place(self, path: Path) -> Place:
        """Return a place that knows the path only."""
        return Place(format_path(path))


def format_path(path: Path) -> str:
    """Write a path as ``lines[0].price.price_amount``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
