"""One pass over a document that computes its figures: all, or those that differ from what is stated."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from cuadre.engine.computation import Computation
from cuadre.engine.figures import Figure
from cuadre.engine.formula import Formula
from cuadre.engine.line_taxes import Members, path_of
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Document, Line, MonetaryTotal, Rate, TaxSubtotal, TaxTotal, rate_of
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.regime import Regime, Total
from cuadre.engine.texts import say

TAX_TOTAL = Formula(TaxTotal, "tax_subtotals.tax_amount")
"""A tax is the sum of its rates; so in every country."""
_OF_SUBTOTALS = (TAX_TOTAL,)
_ABSENT = Decimal("0.00")
Trail = tuple[Path | str | int, ...]
"""The path of the part around, then steps: a path is put together only for a figure that is kept."""


class Recomputation:
    """Computes in the context EXACT; a figure object is made only for what is wanted."""

    def __init__(
        self, document: Document, regime: Regime, line_taxes: dict[str, dict[Rate, Members]], *, every: bool
    ) -> None:
        self.document = document
        self.regime = regime
        self.line_taxes = line_taxes
        self.every = every
        self.figures: list[Figure] = []

    def run(self) -> list[Figure]:
        """Return the figures in the order of the document: lines, taxes, totals."""
        document = self.document
        for index, line in enumerate(document.lines):
            self._figure(
                line,
                ((), "lines", index),
                "line_extension_amount",
                line.line_extension_amount,
                self.regime.line_extension(line),
                line,
            )
            if line.tax_totals:
                self._taxes(line.tax_totals, ("lines", index, "tax_totals"), line)
            if line.withholding_tax_totals:
                self._taxes(line.withholding_tax_totals, ("lines", index, "withholding_tax_totals"), line)
        self._taxes(document.tax_totals, ("tax_totals",), None)
        self._taxes(document.withholding_tax_totals, ("withholding_tax_totals",), None)
        if document.legal_monetary_total is not None:
            for total in self.regime.totals:
                self._total(document.legal_monetary_total, total)
        return self.figures

    def total(self, name: str) -> Figure | None:
        """Return the figure of one total, by the field of MonetaryTotal."""
        if self.document.legal_monetary_total is not None:
            for total in self.regime.totals:
                if total.name == name:
                    self._total(self.document.legal_monetary_total, total)
        return self.figures[0] if self.figures else None

    def _taxes(self, totals: Sequence[TaxTotal], path: Path, line: Line | None) -> None:
        for index, total in enumerate(totals):
            for inner, part in enumerate(total.tax_subtotals):
                formulas = self.regime.tax_amount(part)
                trail = (path, index, "tax_subtotals", inner)
                self._figure(part, trail, "tax_amount", part.tax_amount, formulas, line)
            if total.tax_subtotals:
                self._figure(total, (path, index), "tax_amount", total.tax_amount, _OF_SUBTOTALS, line)

    def _total(self, stated: MonetaryTotal, total: Total) -> None:
        value: Decimal | None = getattr(stated, total.name)
        if total.optional and not value and not total.formulas[0].has_inputs(self.document):
            return
        self._figure(self.document, ((),), total.name, value, total.formulas, None)

    def _figure(
        self,
        part: Aggregate,
        trail: Trail,
        field: str,
        stated: Decimal | None,
        formulas: Sequence[Formula],
        line: Line | None,
    ) -> None:
        """Keep a figure where it is wanted, with the formula that the stated one follows."""
        for formula in formulas:
            exact = formula.exact(part, line)
            if exact is not None:
                break
        else:
            self._lines_only(part, _path(trail), field, stated)
            return
        if stated == exact:
            if not self.every:
                return
        elif not self.every and formula.is_product and stated == self.regime.rounding(exact):
            return
        base = _path(trail)
        if not self.every and isinstance(part, TaxSubtotal) and self._is_sum(base, part):
            return
        path = (*base, field) if base else ("legal_monetary_total", field)
        figure = Figure(path, stated, exact, formula, self.regime.rounding, part, base, line)
        if stated is not None and stated not in (exact, figure.value):
            figure = self._followed(figure, stated, formulas)
        if self.every or figure.differs:
            self.figures.append(figure)

    def _lines_only(self, part: Aggregate, base: Path, field: str, stated: Decimal | None) -> None:
        """Compute a tax of the document that has no formula of its own from the lines."""
        if not isinstance(part, TaxSubtotal) or base[0] == "lines":
            return
        found = self._of_lines(str(base[0]), part)
        if found is not None and (self.every or stated != found.exact()):
            exact = found.exact()
            self.figures.append(
                Figure((*base, field), stated, exact, found, self.regime.rounding, part, base)
            )

    def _followed(self, official: Figure, stated: Decimal, formulas: Sequence[Formula]) -> Figure:
        """Take the formula that the stated figure follows, to the cent or nearly; else the official one."""
        figures = [official, *self._alternatives(official, formulas)]
        for figure in figures:
            if figure.is_stated:
                return figure
        agrees = self.regime.tolerance(official).agrees
        if agrees(stated, official.exact):
            return official
        near = [figure for figure in figures if agrees(stated, figure.exact)]
        # A line may be meant either way; any other figure is the official one unless it clearly is another.
        if not near and official.path[0] != "lines":
            return official
        return min(near or figures, key=lambda figure: abs(stated - figure.exact))

    def _alternatives(self, official: Figure, formulas: Iterable[Formula]) -> Iterator[Figure]:
        for formula in formulas:
            exact = formula.exact(official.part, official.line)
            if exact is not None and formula is not official.formula:
                yield _with(official, formula, exact)
        if isinstance(official.part, TaxSubtotal) and official.line is None:
            found = self._of_lines(str(official.path[0]), official.part)
            if found is not None:
                yield _with(official, found, found.exact())

    def _of_lines(self, group: str, subtotal: TaxSubtotal) -> Computation | None:
        """Offer the sum of the lines' taxes at a rate: over many lines that is not base × rate."""
        members = self._members(group, subtotal)
        if not members:
            return None
        return Computation(
            say("cuadre.engine:sum_over_lines", field="TaxAmount"),
            addends=[
                ("+", path_of(group, place, "tax_amount"), part.tax_amount or _ABSENT)
                for place, part in members
            ],
        )

    def _is_sum(self, base: Path, subtotal: TaxSubtotal) -> bool:
        """Tell whether a tax of the document is the sum of the lines' taxes, which needs no figure then."""
        members = None if base[0] == "lines" else self._members(str(base[0]), subtotal)
        amounts = [part.tax_amount or _ABSENT for _, part in members or ()]
        return bool(amounts) and subtotal.tax_amount == sum(amounts, _ABSENT)

    def _members(self, group: str, subtotal: TaxSubtotal) -> Members | None:
        """Return the lines' taxes that a tax of the document may be the sum of.

        Not where the stated base is another than the sum of the lines' bases, nor where the document
        states the rate twice: then the sum belongs to neither.
        """
        rate = rate_of(subtotal)
        members = self.line_taxes[group].get(rate)
        if not members or self._stated_rates[group][rate] > 1:
            return None
        bases = sum([part.taxable_amount for _, part in members if part.taxable_amount is not None], _ABSENT)
        tolerances = self.regime.tolerances
        usual, *_ = tolerances.get(f"{group}.tax_subtotals.tax_amount", tolerances[""])
        base = subtotal.taxable_amount
        if base is not None and not usual.agrees(base, bases):
            return None
        return members

    @cached_property
    def _stated_rates(self) -> dict[str, Counter[Rate]]:
        """How often the document itself states each rate."""
        groups = {
            "tax_totals": self.document.tax_totals,
            "withholding_tax_totals": self.document.withholding_tax_totals,
        }
        return {
            name: Counter([rate_of(part) for total in totals for part in total.tax_subtotals])
            for name, totals in groups.items()
        }


def _with(figure: Figure, formula: Formula | Computation, exact: Decimal) -> Figure:
    return Figure(
        figure.path, figure.stated, exact, formula, figure.rounding, figure.part, figure.base, figure.line
    )


def _path(trail: Trail) -> Path:
    around, *steps = trail
    return (*around, *steps)  # type: ignore[misc, arg-type]
