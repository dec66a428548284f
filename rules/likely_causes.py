"""The table of likely causes (likely_causes.csv): which amounts make which totals wrong, as data.

A row says that a total is wrong by certain amounts: ``difference`` is what stated less computed is, in
paths of the document, as in ``- withholding_tax_totals.tax_amount``, or in functions of cause_amounts.py
and cause_roundings.py, which end in ``()``. ``figures`` are the totals (a name of LegalMonetaryTotal) and
the taxes of the document. ``take`` is ``all`` where all amounts together make the difference, ``part`` where
one or two of them do, and ``some`` where all or a part may. An empty ``country`` is every country.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cuadre.engine.computation import Sign
from cuadre.engine.errors import DefinitionError
from cuadre.engine.model.document import MonetaryTotal
from cuadre.engine.model.fields import field_of
from cuadre.engine.sentences import load_sentences
from cuadre.engine.tables import load_table
from cuadre.rules import cause_amounts, cause_roundings
from cuadre.rules.cause_amounts import Source, selected

PACKAGE = "cuadre.rules"
TAXES = (
    "tax_totals.tax_subtotals.taxable_amount",
    "tax_totals.tax_amount",
    "tax_totals.tax_subtotals.tax_amount",
    "withholding_tax_totals.tax_amount",
    "withholding_tax_totals.tax_subtotals.tax_amount",
)
"""The figures besides the totals that a row may name: the taxes of the document."""
_OF_DOCUMENT = (
    cause_amounts.lines_with_taxes,
    cause_amounts.reference_values,
    cause_roundings.gross_price_cents,
    cause_roundings.lines_in_units,
    cause_roundings.unrounded_lines,
)
_OF_FIGURE = (
    cause_amounts.free_line_bases,
    cause_amounts.free_line_taxes,
    cause_amounts.line_taxes,
    cause_amounts.tax_of_discounts,
    cause_amounts.terms,
)
"""Functions whose amounts are others for each figure."""
_FUNCTIONS: Mapping[str, Source] = {f"{one.__name__}()": one for one in (*_OF_DOCUMENT, *_OF_FIGURE)}
_TAKES = ("all", "some", "part")
_ONE = r"([+-]) (\S+)"


class Term(NamedTuple):
    """Amounts that are in a difference."""

    sign: Sign
    written: str
    """As in the table."""
    source: Source

    @property
    def of_figure(self) -> bool:
        """Whether the amounts may be others for each figure."""
        return self.source in _OF_FIGURE


class UsualMistake(NamedTuple):
    """A row of the table."""

    name: str
    country: str
    terms: Sequence[Term]
    take: str
    """``all``, ``some`` or ``part`` of the amounts make the difference."""


@cache
def usual_mistakes(country: str) -> Mapping[str, Sequence[UsualMistake]]:
    """Return the rows for a country by the name of the figure, in the order of the table.

    Raises DefinitionError, naming the row, for a figure, a path or a function that there is not, and for
    a row without a sentence.
    """
    found: dict[str, list[UsualMistake]] = {}
    for row in load_table(PACKAGE, "likely_causes", ("name", "figures", "difference"), ("country", "take")):
        mistake = _mistake(row)
        for figure in row["figures"].split():
            if mistake.country in {"", country}:
                found.setdefault(_full_name(row["name"], figure), []).append(mistake)
    return found


def _mistake(row: Mapping[str, str]) -> UsualMistake:
    name, written, take = row["name"], row["difference"], row["take"]
    terms = re.findall(_ONE, written)
    known = " ".join([f"{sign} {source}" for sign, source in terms]) == written
    several = len(terms) > 1
    if not terms or not known or take not in _TAKES or (several and take != "all"):
        sentence = f"{PACKAGE}: {name}: {written!r}, {take!r} is no difference"
        raise DefinitionError(sentence, name=name, difference=written)
    if f"cause_{name}" not in load_sentences(PACKAGE, "texts"):
        sentence = f"{PACKAGE}: {name} has no sentence in texts.csv"
        raise DefinitionError(sentence, name=name)
    return UsualMistake(
        name,
        row["country"],
        [Term(sign, source, _source(source)) for sign, source in terms],
        take,
    )


def _source(written: str) -> Source:
    function = _FUNCTIONS.get(written)
    return selected(written) if function is None else function


def _full_name(name: str, figure: str) -> str:
    if figure in TAXES:
        return figure
    try:
        field_of(MonetaryTotal, figure)
    except DefinitionError as error:
        sentence = f"{PACKAGE}: {name}: {error}"
        raise DefinitionError(sentence, name=name, figure=figure) from None
    return f"legal_monetary_total.{figure}"
