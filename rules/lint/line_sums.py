"""Taxes of the document beside the sums of its lines, which the authority does not compare (CUA107)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cuadre.engine.computation import Computation, Sign
from cuadre.engine.element_names import ubl_name
from cuadre.engine.line_taxes import Members, path_of
from cuadre.engine.model.document import Document, TaxSubtotal, TaxTotal
from cuadre.engine.model.scalars import Path
from cuadre.engine.texts import say
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_CENT = Decimal("0.01")
_ZERO = Decimal(0)
_BASE, _AMOUNT = "taxable_amount", "tax_amount"
_UNKNOWN: set[str | None] = {None, ""}


class _Rate(NamedTuple):
    """A tax at one rate, which the document states once, and the lines that have it."""

    path: Path
    stated: TaxSubtotal
    members: Members

    def sum(self, field: str) -> Decimal | None:
        """Add up a field of the lines; None where a line does not state it."""
        values = [getattr(part, field) for _, part in self.members]
        return None if any(value is None for value in values) else sum(values, _ZERO)

    def fault(self, field: str) -> Fault | None:
        """Compare a field with its sum over the lines, to the cent."""
        stated, total = getattr(self.stated, field), self.sum(field)
        if stated is None or total is None or abs(stated - total) <= _CENT:
            return None
        formula = Computation(
            say("cuadre.engine:sum_over_lines", field=ubl_name(field)), addends=self._addends(field)
        )
        return Fault((*self.path, field), "not_lines", stated, total, formula=formula)

    def _addends(self, field: str) -> list[tuple[Sign, Path, Decimal]]:
        group = str(self.path[0])
        return [("+", path_of(group, place, field), getattr(part, field)) for place, part in self.members]


@check("CUA107", at="document")
def document_taxes_are_sums_of_lines(document: Document, context: Context) -> Iterator[Fault]:
    """A document's tax at a rate has the base and the amount of the lines' taxes at that rate.

    The base is compared where the lines' amounts are right, the amount where the document's is right:
    else a rule of the authority has said it.
    """
    wrong = context.totals.wrong
    for rate in _rates(document.tax_totals, "tax_totals", context.line_taxes):
        fault = rate.fault(_BASE)
        lines = [path_of("tax_totals", place, _AMOUNT) for place, _ in rate.members] if fault else []
        if fault is None or not wrong.keys().isdisjoint(lines):
            fault = None if (*rate.path, _AMOUNT) in wrong else rate.fault(_AMOUNT)
        if fault is not None:
            yield fault


@check("CUA107", at="document")
def withholding_of_the_lines_has_their_base(document: Document, context: Context) -> Iterator[Fault]:
    """A document's withholding whose amount is the lines' has their base too, where base × rate is wrong."""
    group = "withholding_tax_totals"
    for rate in _rates(document.withholding_tax_totals, group, context.line_withholdings):
        figure = context.totals.wrong.get((*rate.path, _AMOUNT))
        amount = rate.sum(_AMOUNT) if figure else None
        if figure is None or figure.stated is None or amount is None:
            continue
        if context.totals.regime.tolerance(figure).agrees(figure.stated, amount):
            fault = rate.fault(_BASE)
            if fault is not None:
                yield fault


def _rates(
    totals: Sequence[TaxTotal], group: str, lines: dict[str | None, dict[Decimal | None, Members]]
) -> Iterator[_Rate]:
    """List the rates that can be compared: where every line says which tax it has, and at which rate.

    A rate that the document states twice is for the authority's own rule, and belongs to no sum.
    """
    if not lines or _UNKNOWN & lines.keys():
        return
    parts = [
        ((group, index, "tax_subtotals", inner), part)
        for index, total in enumerate(totals)
        for inner, part in enumerate(total.tax_subtotals)
    ]
    stated = Counter([(part.tax_scheme_id, part.percent) for _, part in parts])
    for path, part in parts:
        of_tax = lines.get(part.tax_scheme_id, {})
        members = of_tax.get(part.percent)
        if members and None not in of_tax and stated[part.tax_scheme_id, part.percent] == 1:
            yield _Rate(path, part, members)
