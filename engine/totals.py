"""Recompute every figure of a document from the level right below it, with its trace."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from difflib import get_close_matches
from functools import cached_property
from itertools import chain

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.figures import Figure, Formula, Sign, Trace
from cuadre.engine.line_taxes import Members, gather, path_of
from cuadre.engine.model.document import Document, Line, MonetaryTotal, Rate, TaxSubtotal, TaxTotal, rate_of
from cuadre.engine.model.scalars import Path
from cuadre.engine.regimes.regime import Regime, none_is_plain
from cuadre.engine.source import format_path

_Parts = list[tuple[Sign, Path, Decimal]]


class Totals:
    """The figures of a document, recomputed when they are asked for, in the order of the document."""

    def __init__(self, document: Document, regime: Regime) -> None:
        self.document = document
        self.regime = regime

    @cached_property
    def figures(self) -> list[Figure]:
        """Every figure, with its formula."""
        with localcontext(EXACT):
            return _Recomputation(self).run(none_is_plain)

    @cached_property
    def differing(self) -> list[Figure]:
        """The figures that are not as stated: products where rounding does not make them so, and sums.

        Lines that are right at first sight are passed over, which is most of the work in most documents.
        """
        with localcontext(EXACT):
            figures = _Recomputation(self).run(self.regime.is_plain)
            return [
                figure
                for figure in figures
                if figure.stated != figure.exact
                and (figure.stated != figure.value or not figure.formula.factors)
            ]

    @cached_property
    def line_taxes(self) -> dict[str, dict[Rate, Members]]:
        """The taxes and withholdings of the lines by rate; gathered when a total needs them."""
        return gather(self.document)

    @cached_property
    def by_path(self) -> dict[str, Figure]:
        """The figures by their path, such as ``legal_monetary_total.payable_amount``."""
        return {format_path(figure.path): figure for figure in self.figures}

    def figure(self, name: str) -> Figure:
        """Return a figure by its path, or by the end of it where that is unique.

        Raises UnknownNameError; its ``detail["near"]`` lists the figures that the name could mean.
        """
        exact = self.by_path.get(name)
        if exact is not None:
            return exact
        near = [path for path in self.by_path if path.endswith(f".{name}")]
        near = near or self._close(name)
        total = f"legal_monetary_total.{name}"
        if total in near:
            near = [total]
        if len(near) == 1 and near[0].endswith(name):
            return self.by_path[near[0]]
        if near and near[0].endswith(name):
            sentence = f"{name!r} could be {len(near)} figures, the first of them {near[0]!r}"
        else:
            sentence = f"the document has no figure {name!r}"
        raise UnknownNameError(sentence, near=near)

    def _close(self, name: str) -> list[str]:
        """List the figures whose last name is nearly ``name``."""
        last = {path.rpartition(".")[2]: path for path in reversed(self.by_path)}
        return [last[close] for close in get_close_matches(name.rpartition(".")[2], last)]

    def explain(self, name: str) -> Trace:
        """Tell how the figure ``name`` came about."""
        return self.figure(name).trace()


def recompute(document: Document, regime: Regime) -> Totals:
    """Recompute a document's figures from its parts *as stated*: what a tax authority checks.

    Each level is computed from the level right below it, so one wrong figure gives one difference, at
    the place of the error. To compute from the inputs instead, fill the document first (fill.py).
    Where a country accepts several formulas, the one that the stated figure follows is taken.
    """
    return Totals(document, regime)


class _Recomputation:
    """One pass over a document."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals
        self.document = totals.document
        self.regime = totals.regime
        self.figures: list[Figure] = []
        self.gross: _Parts = []
        self.bases: _Parts = []

    def run(self, passed: Callable[[Line], bool]) -> list[Figure]:
        """Compute the figures of the lines that are not passed over, and those of the document."""
        document = self.document
        # One pass, since the lines of a long document do not fit into a processor's cache.
        for index, line in enumerate(document.lines):
            self._add(line, index)
            if not passed(line):
                self._line(line, ("lines", index))
        self._taxes(document.tax_totals, "tax_totals")
        self._taxes(document.withholding_tax_totals, "withholding_tax_totals")
        self._monetary_total(document)
        return self.figures

    def _add(self, line: Line, index: int) -> None:
        """Keep what the totals of the document add up."""
        value = line.line_extension_amount
        self.gross.append(
            ("+", ("lines", index, "line_extension_amount"), _ABSENT if value is None else value)
        )
        for path, subtotal in self.regime.taxable_subtotals(line):
            if subtotal.taxable_amount is not None:
                self.bases.append(("+", ("lines", index, *path), subtotal.taxable_amount))

    def _line(self, line: Line, path: Path) -> None:
        stated = line.line_extension_amount
        where = (*path, "line_extension_amount")
        self._choose(where, stated, self.regime.line_extension(line, path), line)
        quantity = None if line.quantity is None else ((*path, "quantity"), line.quantity)
        for index, total in enumerate(line.tax_totals):
            self._tax(total, (*path, "tax_totals", index), quantity)
        for index, total in enumerate(line.withholding_tax_totals):
            self._tax(total, (*path, "withholding_tax_totals", index), quantity)

    def _taxes(self, totals: Sequence[TaxTotal], name: str) -> None:
        for index, total in enumerate(totals):
            self._tax(total, (name, index), None)

    def _tax(self, total: TaxTotal, path: Path, quantity: tuple[Path, Decimal] | None) -> None:
        addends: _Parts = []
        in_line = path[0] == "lines"
        for index, subtotal in enumerate(total.tax_subtotals):
            inner = (*path, "tax_subtotals", index)
            stated = subtotal.tax_amount
            where = (*inner, "tax_amount")
            formulas = self.regime.tax_amount(subtotal, inner, quantity)
            has_rate = bool(formulas) or subtotal.per_unit_amount is not None
            of_lines = self._of_lines(str(path[0]), subtotal) if has_rate and not in_line else ()
            self._choose(where, stated, chain(formulas, of_lines), subtotal)
            addends.append(("+", where, _ABSENT if stated is None else stated))
        if addends:
            self._sum((*path, "tax_amount"), total.tax_amount, "Σ TaxSubtotal/TaxAmount", addends, total)

    def _of_lines(self, group: str, subtotal: TaxSubtotal) -> Iterator[Formula]:
        """Offer the sum of the lines' taxes at a rate: over many lines that is not base × rate."""
        members = self.totals.line_taxes[group].get(rate_of(subtotal))
        if members:
            addends: _Parts = [
                ("+", path_of(group, place, "tax_amount"), part.tax_amount or _ABSENT)
                for place, part in members
            ]
            yield Formula("Σ TaxAmount of the lines", addends=addends)

    def _monetary_total(self, document: Document) -> None:
        total = document.legal_monetary_total
        if total is None:
            return
        path: Path = ("legal_monetary_total",)
        sums: list[tuple[str, str, _Parts]] = [
            ("line_extension_amount", "Σ line LineExtensionAmount", self.gross),
            (
                "tax_exclusive_amount",
                "Σ TaxableAmount of the first TaxTotal of each line",
                self.bases,
            ),
            (
                "tax_inclusive_amount",
                "LineExtensionAmount + Σ TaxTotal/TaxAmount",
                _tax_inclusive(document, total),
            ),
            (
                "allowance_total_amount",
                "Σ AllowanceCharge[false]/Amount",
                _allowances(document, charges=False),
            ),
            ("charge_total_amount", "Σ AllowanceCharge[true]/Amount", _allowances(document, charges=True)),
            ("prepaid_amount", "Σ PrepaidPayment/PaidAmount", _prepaid(document)),
        ]
        for name, text, addends in sums:
            stated: Decimal | None = getattr(total, name)
            optional = name in _OPTIONAL and not addends
            if not (optional and not stated):
                self._sum((*path, name), stated, text, addends, total)
        self._choose((*path, "payable_amount"), total.payable_amount, self.regime.payable(total, path), total)

    def _sum(self, path: Path, stated: Decimal | None, text: str, addends: _Parts, subject: object) -> None:
        formula = Formula(text, addends=addends)
        self.figures.append(Figure(path, stated, formula.exact(), formula, self.regime.rounding, subject))

    def _choose(
        self, path: Path, stated: Decimal | None, formulas: Iterable[Formula], subject: object
    ) -> None:
        """Take the formula that the stated figure follows, to the cent or nearly; else the official one.

        The official one comes first; the others are made only where the stated figure does not follow it.
        """
        others = iter(formulas)
        formula = next(others, None)
        if formula is None:
            return
        figure = Figure(path, stated, formula.exact(), formula, self.regime.rounding, subject)
        if stated is not None and stated not in (figure.exact, figure.value):
            figure = self._follow(figure, stated, others)
        self.figures.append(figure)

    def _follow(self, official: Figure, stated: Decimal, formulas: Iterable[Formula]) -> Figure:
        figures = [official, *(official._replace(exact=one.exact(), formula=one) for one in formulas)]
        for figure in figures:
            if figure.is_stated:
                return figure
        agrees = self.regime.tolerance(official).agrees
        if agrees(stated, official.exact):
            return official
        near = [figure for figure in figures if agrees(stated, figure.exact)]
        # A line may be meant either way; any other figure is the official one unless it plainly is another.
        if not near and official.path[0] != "lines":
            return official
        return min(near or figures, key=lambda figure: abs(stated - figure.exact))


# An absent figure enters a sum as nothing, with its place, so that it can be named as the cause.
_ABSENT = Decimal("0.00")
_OPTIONAL = {"allowance_total_amount", "charge_total_amount", "prepaid_amount"}


def _tax_inclusive(document: Document, total: MonetaryTotal) -> _Parts:
    gross = total.line_extension_amount
    addends: _Parts = [
        ("+", ("legal_monetary_total", "line_extension_amount"), _ABSENT if gross is None else gross)
    ]
    addends += [
        ("+", ("tax_totals", index, "tax_amount"), _ABSENT if tax.tax_amount is None else tax.tax_amount)
        for index, tax in enumerate(document.tax_totals)
    ]
    return addends


def _allowances(document: Document, *, charges: bool) -> _Parts:
    return [
        ("+", ("allowance_charges", index, "amount"), part.amount)
        for index, part in enumerate(document.allowance_charges)
        if part.amount is not None and part.is_charge is charges
    ]


def _prepaid(document: Document) -> _Parts:
    return [
        ("+", ("prepaid_payments", index, "paid_amount"), payment.paid_amount)
        for index, payment in enumerate(document.prepaid_payments)
        if payment.paid_amount is not None
    ]
