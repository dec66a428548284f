"""Taxes of the document beside the sums of its lines, which the authority does not compare (CUA107)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
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
_TAXABLE: Path = ("legal_monetary_total", "tax_exclusive_amount")
_GETTERS = {field: attrgetter(field) for field in (_BASE, _AMOUNT)}
_UNKNOWN: set[str | None] = {None, ""}


class _Rate(NamedTuple):
    """A tax at one rate, which the document states once, and the lines that have it."""

    path: Path
    stated: TaxSubtotal
    members: Members

    def sum(self, field: str) -> Decimal | None:
        """Add up a field of the lines; None where a line does not state it."""
        get = _GETTERS[field]
        values = [get(part) for _, part in self.members]
        try:
            return sum(values, _ZERO)
        except TypeError:
            return None

    def fault(self, field: str) -> Fault | None:
        """Compare a field with its sum over the lines, to the cent."""
        stated, total = getattr(self.stated, field), self.sum(field)
        if stated is None or total is None or abs(stated - total) <= _CENT or self._is_twice_in_a_line():
            return None
        formula = Computation(
            say("cuadre.engine:sum_over_lines", field=ubl_name(field)), addends=self._addends(field)
        )
        return Fault((*self.path, field), "not_lines", stated, total, formula=formula)

    def _is_twice_in_a_line(self) -> bool:
        return len({line for (line, *_), _ in self.members}) < len(self.members)

    def _addends(self, field: str) -> list[tuple[Sign, Path, Decimal]]:
        group = str(self.path[0])
        return [("+", path_of(group, place, field), getattr(part, field)) for place, part in self.members]


@check("CUA107", at="document")
def document_taxes_are_sums_of_lines(document: Document, context: Context) -> Iterator[Fault]:
    """A document's tax at a rate has the base and the amount of the lines' taxes at that rate.

    An amount that is not base × rate is for the authority's rule.
    """
    for rate in _rates(document.tax_totals, "tax_totals", context):
        fault = rate.fault(_BASE)
        if fault is not None:
            yield fault._replace(explains=_explained(fault, context))
            continue
        fault = rate.fault(_AMOUNT)
        if fault is not None and (*rate.path, _AMOUNT) not in context.totals.wrong:
            yield fault


def _explained(fault: Fault, context: Context) -> Sequence[Path]:
    """Name the taxable base of the document where it is off by just as much: the lines lack a base."""
    stated, expected = fault.stated, fault.expected
    if not isinstance(stated, Decimal) or not isinstance(expected, Decimal):
        return ()
    return (_TAXABLE,) if context.totals.is_off_by(_TAXABLE, stated - expected) else ()


@check("CUA107", at="document")
def withholding_of_the_lines_has_their_base(document: Document, context: Context) -> Iterator[Fault]:
    """A document's withholding whose amount is the lines' has their base too, where base × rate is wrong."""
    for rate in _rates(document.withholding_tax_totals, "withholding_tax_totals", context):
        figure = context.totals.wrong.get((*rate.path, _AMOUNT))
        amount = rate.sum(_AMOUNT) if figure else None
        if figure is None or figure.stated is None or amount is None:
            continue
        if context.totals.regime.tolerance(figure).agrees(figure.stated, amount):
            fault = rate.fault(_BASE)
            if fault is not None:
                yield fault


def _rates(totals: Sequence[TaxTotal], group: str, context: Context) -> Iterator[_Rate]:
    """List the rates that can be compared, which is where no finding of the authority is the cause.

    That is a line that does not say which tax it has, or at which rate, or whose amount is not base ×
    rate; a rate that the document states twice; and one that a line has twice (``_Rate.fault``).
    """
    lines = context.line_taxes if group == "tax_totals" else context.line_withholdings
    if not lines or _UNKNOWN & lines.keys():
        return
    parts = [
        ((group, index, "tax_subtotals", inner), part)
        for index, total in enumerate(totals)
        for inner, part in enumerate(total.tax_subtotals)
    ]
    wrong = context.once(_wrong_taxes)
    stated = Counter([(part.tax_scheme_id, part.percent) for _, part in parts])
    for path, part in parts:
        of_tax = lines.get(part.tax_scheme_id, {})
        members = of_tax.get(part.percent)
        comparable = None not in of_tax and part.tax_scheme_id not in wrong
        if members and comparable and stated[part.tax_scheme_id, part.percent] == 1:
            yield _Rate(path, part, members)


def _wrong_taxes(context: Context) -> set[str | None]:
    """List the taxes of which a line has an amount that is not base × rate."""
    parts = [figure.part for figure in context.totals.wrong.values() if figure.path[0] == "lines"]
    return {part.tax_scheme_id for part in parts if isinstance(part, TaxSubtotal)}
