"""docs/causes.md lists the causes that there are."""

from .cases import ROOT
from .causes_table import table


def test_the_page_has_the_table() -> None:
    """The table of the page is that of likely_causes.csv; ``python -m tests.rules.causes_table`` writes it."""
    assert (ROOT / "docs" / "causes.md").read_text(encoding="utf-8").endswith(f"\n\n{table()}\n")
