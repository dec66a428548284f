"""Recompute every figure of a document from the level right below it, with its trace."""

from decimal import Decimal, localcontext
from difflib import get_close_matches
from functools import cached_property

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import UnknownNameError
from cuadre.engine.figures import Figure, Trace
from cuadre.engine.line_taxes import Members, gather
from cuadre.engine.model.document import Document, Rate
from cuadre.engine.model.scalars import Path
from cuadre.engine.recomputation import Recomputation
from cuadre.engine.regimes.regime import Regime
from cuadre.engine.source import format_path
from cuadre.engine.texts import say


class Totals:
    """The figures of a document, recomputed when they are asked for, in the order of the document."""

    def __init__(self, document: Document, regime: Regime) -> None:
        self.document = document
        self.regime = regime

    @cached_property
    def figures(self) -> list[Figure]:
        """Every figure, with its formula."""
        return self._recomputed(every=True)

    @cached_property
    def differing(self) -> list[Figure]:
        """The figures that are not as stated: products where rounding does not make them so, and sums."""
        return self._recomputed(every=False)

    @cached_property
    def wrong(self) -> dict[Path, Figure]:
        """The figures outside of the authority's tolerance, or missing where they must be stated, by path."""
        with localcontext(EXACT):
            return {figure.path: figure for figure in self.differing if self._is_wrong(figure)}

    def _is_wrong(self, figure: Figure) -> bool:
        if figure.stated is not None:
            return not self.regime.tolerance(figure).agrees(figure.stated, figure.exact)
        mine = [total for total in self.regime.totals if not figure.base and total.name == figure.path[-1]]
        return not any(total.may_be_absent or (total.optional and not figure.exact) for total in mine)

    def is_off_by(self, path: Path, amount: Decimal) -> bool:
        """Tell whether the stated figure at ``path`` is wrong, and is the computed one plus ``amount``."""
        figure = self.wrong.get(path)
        if figure is None or figure.stated is None:
            return False
        return self.regime.tolerance(figure).agrees(figure.stated, EXACT.add(figure.exact, amount))

    def _recomputed(self, *, every: bool) -> list[Figure]:
        with localcontext(EXACT):
            return Recomputation(self.document, self.regime, self.line_taxes, every=every).run()

    @cached_property
    def line_taxes(self) -> dict[str, dict[Rate, Members]]:
        """The taxes and withholdings of the lines, by group and rate."""
        return gather(self.document)

    @cached_property
    def by_path(self) -> dict[str, Figure]:
        """The figures by their path, such as ``legal_monetary_total.payable_amount``."""
        return {format_path(figure.path): figure for figure in self.figures}

    def total(self, name: str) -> Figure | None:
        """Return one of the document's totals, such as ``payable_amount``; None where it has no figure."""
        with localcontext(EXACT):
            return Recomputation(self.document, self.regime, self.line_taxes, every=True).total(name)

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
            sentence = say("cuadre.engine:figure_unclear", name=name, count=len(near), first=near[0])
        else:
            sentence = say("cuadre.engine:no_figure", name=name)
        raise UnknownNameError(sentence, near=near)

    def _close(self, name: str) -> list[str]:
        """List the figures whose last name is nearly ``name``."""
        last = {path.rpartition(".")[2]: path for path in reversed(self.by_path)}
        return [last[close] for close in get_close_matches(name.rpartition(".")[2], last)]

    def explain(self, name: str) -> Trace:
        """Say how the figure ``name`` came about."""
        return self.figure(name).trace()


def recompute(document: Document, regime: Regime) -> Totals:
    """Recompute a document's figures from its parts *as stated*: what a tax authority checks.

    Each level is computed from the level right below it, so one wrong figure gives one difference, at
    the place of the error. To compute from the inputs instead, fill the document first (fill.py).
    Where a country accepts several formulas, the one that the stated figure follows is taken.
    """
    return Totals(document, regime)
