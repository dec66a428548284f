"""The line of the input that an element begins in."""

from lxml.etree import _Element

_MOST = 65_535


def line_of(element: _Element, offset: int = 0) -> int | None:
    """Return the line of an element, from 1; None where it is not known.

    libxml2 counts to 65,535 and gives that for every line after it. ``offset`` is added, for a document
    inside another.
    """
    line = element.sourceline
    return None if line is None or line >= _MOST else line + offset
