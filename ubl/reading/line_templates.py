"""Lines with identical markup are parsed from a cached template."""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.model.aggregate import Aggregate
from cuadre.ubl.reading.bindings import AggregateBinding
from cuadre.ubl.reading.line_template import PLACEHOLDER, SampleReader, Template, make_template

Markup = str
"""What is around the texts, with a sign in the place of each that XML cannot have."""
_TEXT = re.compile(">([^<]+)<")
_LONGEST = 6_000


class LineTemplates:
    """The templates of all documents, since an issuer's documents have the same markup.

    To make a template takes as long as to read three lines, and each use saves half a line, so a markup
    gets one when it is seen for the fourth time. Few are kept; when there are more, all are dropped.
    Safe between threads: two of them may make the same template twice.
    """

    def __init__(self, sights: int = 3, most: int = 64) -> None:
        self._enough = sights
        self._most = most
        self._templates: dict[tuple[str, Markup], Template | None] = {}
        self._sights: dict[tuple[str, Markup], int] = {}

    def __len__(self) -> int:
        """Count the templates."""
        return len(self._templates)

    def make(self, element: _Element, binding: AggregateBinding, reader: SampleReader) -> Aggregate | None:
        """Make an element from its texts; None where there is no template for its markup.

        Raises ValueError where a text is not the amount that it should be.
        """
        found = _split(element)
        if found is None:
            return None
        markup, texts = found
        key = reader.currency, markup
        template = self._templates.get(key)
        if template is None and key not in self._templates:
            template = self._see(key, element, binding, texts, reader)
        return None if template is None else template.make(texts, reader.amounts)

    def _see(
        self,
        key: tuple[str, Markup],
        element: _Element,
        binding: AggregateBinding,
        texts: Sequence[str],
        reader: SampleReader,
    ) -> Template | None:
        """Count a markup without a template, and make one when it was seen often enough."""
        sights = self._sights.get(key, 0)
        if sights < self._enough:
            if len(self._sights) >= self._most:
                self._sights.clear()
            self._sights[key] = sights + 1
            return None
        if len(self._templates) >= self._most:
            self._templates.clear()
        usable = PLACEHOLDER not in key[1]
        template = make_template(element, binding, len(texts), reader) if usable else None
        self._templates[key] = template
        return template


def _split(element: _Element) -> tuple[Markup, list[str]] | None:
    """Split an element into its markup and its texts; None where it is too long or has an entity."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    if "&" in written or len(written) > _LONGEST:
        return None
    pieces = _TEXT.split(written)
    return "\0".join(pieces[::2]), pieces[1::2]
