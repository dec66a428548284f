"""The figures of two documents side by side: which differ, and by how much."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import AllowanceCharge, Document, Line, TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.source import format_path

Key = tuple[object, ...]


class FigurePair(NamedTuple):
    """A figure in two documents; None where a document does not state it."""

    path: str
    """In the first document, else in the second."""
    first: Decimal | None
    second: Decimal | None

    @property
    def difference(self) -> Decimal:
        """The second minus the first; what is not stated counts as nothing."""
        zero = Decimal(0)
        return EXACT.subtract(self.second or zero, self.first or zero)

    @property
    def differs(self) -> bool:
        """Whether the figures are two: 19 and 19.00 are one, and 0.00 is not the same as none."""
        return self.first != self.second


def figure_pairs(first: Document, second: Document) -> Iterator[FigurePair]:
    """Yield every figure of two documents, in the order of the first.

    Lines belong together by their number (``ID``), taxes by tax and rate; other parts by their order.
    """
    one, other = _figures(first), _figures(second)
    for key in dict.fromkeys((*one, *other)):
        path = (one.get(key) or other[key])[0]
        yield FigurePair(format_path(path), one.get(key, _NONE)[1], other.get(key, _NONE)[1])


_NONE: tuple[Path, None] = ((), None)


def _figures(document: Document) -> Mapping[Key, tuple[Path, Decimal]]:
    return {key: (path, value) for key, path, value in _of_part(document, (), ())}


def _of_part(part: Aggregate, key: Key, path: Path) -> Iterator[tuple[Key, Path, Decimal]]:
    for name, value in part:
        if isinstance(value, Decimal):
            yield (*key, name), (*path, name), value
        elif isinstance(value, Aggregate):
            yield from _of_part(value, (*key, name), (*path, name))
        elif isinstance(value, tuple):
            seen: set[Key] = set()
            for index, member in enumerate(value):
                if isinstance(member, Aggregate):
                    own = (*key, name, *_identity(member, index))
                    own = (*own, index) if own in seen else own
                    seen.add(own)
                    yield from _of_part(member, own, (*path, name, index))


def _identity(part: Aggregate, index: int) -> Key:
    if isinstance(part, Line):
        return (part.id or index,)
    if isinstance(part, TaxTotal):
        return (part.tax_scheme_id,)
    if isinstance(part, TaxSubtotal):
        return (part.tax_scheme_id, part.percent, part.per_unit_amount)
    if isinstance(part, AllowanceCharge):
        return (part.is_charge, index)
    return (index,)
