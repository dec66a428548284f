"""docs/causes.md lists the causes that there are."""

from .cases import ROOT
from .causes_table import table


def test_the_page_has_the_table() -> None:
    """The page ends with the table of likely_causes.csv, which causes_table.py writes."""
    assert (ROOT / "docs" / "causes.md").read_text(encoding="utf-8").endswith(f"\n\n{table()}\n")
