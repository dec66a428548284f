"""The figures that differ are those of all figures that do, however the document was passed through."""

from hypothesis import given, settings

from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.regime import CO
from cuadre.engine.totals import recompute

from .nearly_plain import documents

_RANDOM = settings(derandomize=True, deadline=None, database=None, max_examples=500)


@given(document=documents())
@_RANDOM
def test_differing(document: Document) -> None:
    """Lines that are right but for one or two things."""
    totals = recompute(document, CO)
    assert totals.differing == [figure for figure in totals.figures if figure.differs]
