"""Which line of the document a finding is about: its number, counted from 1, and what is sold in it."""

import re
from dataclasses import replace

from cuadre.engine.findings import Finding
from cuadre.engine.model.document import Document
from cuadre.engine.source import LineItem, Place

_PATH = re.compile(r"lines\[([0-9]+)\]")
_XPATH = re.compile(r"/\w+/cac:(?:Invoice|CreditNote|DebitNote)Line(?:\[([0-9]+)\])?(?:/|$)")
_LONGEST = 80


def with_item(finding: Finding, document: Document) -> Finding:
    """Add the line to the finding's place and to that of its cause, where they are in one."""
    item, cause = line_item(finding.place, document), finding.caused_by
    if item is not None:
        finding = replace(finding, place=replace(finding.place, item=item))
    other = None if cause is None else line_item(Place(cause.path), document)
    return (
        finding if cause is None or other is None else replace(finding, caused_by=replace(cause, item=other))
    )


def line_item(place: Place, document: Document) -> LineItem | None:
    """Find the line that a place is in, by its path or, where it has none, by its XPath."""
    found = _PATH.match(place.path) if place.path else _XPATH.match(place.xpath or "")
    if found is None:
        return None
    number = int(found[1]) + 1 if place.path else int(found[1] or 1)
    return LineItem(number, _description(document, number))


def _description(document: Document, number: int) -> str | None:
    """Take the item's description as one line of at most 80 characters."""
    item = document.lines[number - 1].item if number <= len(document.lines) else None
    if item is None or not item.description:
        return None
    # Cut first: a document may have a description of megabytes, and a thousand findings about it.
    words = " ".join(item.description[0][: 2 * _LONGEST].split())
    return words or None if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
