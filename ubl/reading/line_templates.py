"""Lines of documents look alike: where the markup of two is the same, only their texts are read anew."""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from cuadre.engine.model.aggregate import Aggregate
from cuadre.ubl.reading.bindings import AggregateBinding
from cuadre.ubl.reading.line_template import MARK, LineTemplate, SpecimenReader, learn

Markup = tuple[str, ...]
_TEXT = re.compile(">([^<]+)<")
_LONGEST = 6_000


class LineTemplates:
    """The templates that were learnt, for all documents: those of one issuer look alike too.

    To learn one takes as long as to read three lines, and each use saves half a line; so a markup is
    learnt when it is seen for the fourth time. Few are kept, and all are forgotten when there are more.
    Safe between threads: what two of them do at once is done twice.
    """

    def __init__(self, sights: int = 3, most: int = 64) -> None:
        self._enough = sights
        self._most = most
        self._templates: dict[tuple[str, Markup], LineTemplate | None] = {}
        self._sights: dict[tuple[str, Markup], int] = {}

    def __len__(self) -> int:
        """Count the templates."""
        return len(self._templates)

    def make(self, element: _Element, binding: AggregateBinding, reader: SpecimenReader) -> Aggregate | None:
        """Make an element from its texts; None where it has to be read. Raises as its template does."""
        found = _split(element)
        if found is None:
            return None
        markup, texts = found
        key = reader.currency, markup
        template = self._templates.get(key)
        if template is None and key not in self._templates:
            template = self._meet(key, element, binding, texts, reader)
        return None if template is None else template.make(texts, reader.amounts)

    def _meet(
        self,
        key: tuple[str, Markup],
        element: _Element,
        binding: AggregateBinding,
        texts: Sequence[str],
        reader: SpecimenReader,
    ) -> LineTemplate | None:
        sights = self._sights.get(key, 0)
        if sights < self._enough:
            if len(self._sights) >= self._most:
                self._sights.clear()
            self._sights[key] = sights + 1
            return None
        if len(self._templates) >= self._most:
            self._templates.clear()
        unmarked = not any(MARK in piece for piece in key[1])
        template = self._templates[key] = learn(element, binding, len(texts), reader) if unmarked else None
        return template


def _split(element: _Element) -> tuple[Markup, list[str]] | None:
    """Split an element into its markup and its texts; None where that cannot be kept or told."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    if "&" in written or len(written) > _LONGEST:
        return None
    pieces = _TEXT.split(written)
    return tuple(pieces[::2]), pieces[1::2]
