"""Write the table of docs/causes.md from likely_causes.csv: ``python -m tests.rules.causes_table``."""

from collections.abc import Iterator

from cuadre.engine.element_names import ubl_name
from cuadre.engine.model.document import Document
from cuadre.engine.selectors import Selector
from cuadre.engine.tables import load_table
from cuadre.rules.cause_amounts import FILTERS
from cuadre.rules.likely_causes import PACKAGE

_FUNCTIONS = {
    "free_line_bases()": "base of each free line",
    "free_line_taxes()": "tax of each free line",
    "gross_price_cents()": "round price with tax × quantity, less the line with its taxes",
    "line_taxes()": "tax of each line at the rate",
    "lines_in_units()": "line rounded to whole pesos, less its value",
    "lines_with_taxes()": "line with its taxes",
    "reference_values()": "reference price × quantity of each free line",
    "tax_of_discounts()": "discount of the document × rate",
    "terms()": "term of the total",
    "unrounded_lines()": "price × quantity before rounding, less the line's value",
}
_TAKE = {"all": "all together", "some": "all, one, or two", "part": "one or two"}


def table() -> str:
    """Write the table as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "| name | wrong figure | the difference is | of these | country |"
    yield "|---|---|---|---|---|"
    for row in load_table(PACKAGE, "likely_causes", ("name", "figures", "difference"), ("country", "take")):
        figures = ", ".join([_element(figure) for figure in row["figures"].split()])
        words = row["difference"].split()
        terms = zip(words[::2], words[1::2], strict=True)
        difference = " ".join([f"{sign.replace('-', '−')} {_written(term)}" for sign, term in terms])
        yield f"| `{row['name']}` | {figures} | {difference} | {_TAKE[row['take']]} | {row['country']} |"


def _element(figure: str) -> str:
    return "/".join([ubl_name(step) for step in figure.split(".")])


def _written(term: str) -> str:
    return _FUNCTIONS.get(term) or str(Selector(Document, term, FILTERS))


if __name__ == "__main__":
    print(table())  # noqa: T201 - that is what the command is for
