"""Compute the taxes of lines and of the document from bases, rates and amounts per unit."""

from collections.abc import Sequence
from decimal import Decimal

from cuadre.engine.amounts import parse_amount
from cuadre.engine.formula import Formula
from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.document import Line, Rate, TaxSubtotal, TaxTotal, rate_of
from cuadre.engine.regimes.regime import Regime

_ZERO = Decimal("0.00")


class TaxFilling:
    """Computes in the context EXACT, with the formulas and the rounding of a regime."""

    def __init__(self, regime: Regime, *, at_once: bool = False) -> None:
        self.regime = regime
        self.at_once = at_once
        """Whether a tax of the document is its base times its rate, rounded once, and no sum of lines."""

    def round(self, value: Decimal) -> Decimal:
        """Round a result; raise AmountError where it has more digits than an amount may have."""
        return parse_amount(self.regime.rounding(value))

    def follow(
        self,
        formulas: Sequence[Formula],
        part: Aggregate,
        line: Line | None,
        stated: Decimal | None,
        default: Formula | None = None,
    ) -> Decimal | None:
        """Compute by the formula that the stated figure follows to the cent, else by the default.

        The default is the first formula that has all its inputs. None where none has.
        """
        results = [self.round(exact) for one in formulas if (exact := one.exact(part, line)) is not None]
        if stated is not None and stated in results:
            return next(result for result in results if result == stated)
        exact = default.exact(part, line) if default else None
        if exact is not None:
            return self.round(exact)
        return results[0] if results else None

    def vat_of(self, totals: Sequence[TaxTotal]) -> Decimal:
        """Add up the value added tax."""
        amounts = [total.tax_amount for total in totals if total.tax_scheme_id == self.regime.vat]
        return sum([amount for amount in amounts if amount is not None], _ZERO)

    def of_line(self, total: TaxTotal, line: Line, base: Decimal | None) -> TaxTotal:
        """Compute one tax of a line."""
        subtotals = tuple([self._subtotal(part, line, base) for part in total.tax_subtotals])
        amounts = [part.tax_amount for part in subtotals if part.tax_amount is not None]
        if not amounts:
            return total.model_copy(update={"tax_subtotals": subtotals})
        return self._summed(total, subtotals)

    def _subtotal(self, part: TaxSubtotal, line: Line | None, base: Decimal | None) -> TaxSubtotal:
        if part.taxable_amount is None and part.percent is not None:
            part = part.model_copy(update={"taxable_amount": base})
        amount = self.follow(self.regime.tax_amount(part), part, line, part.tax_amount)
        return part if amount is None else part.model_copy(update={"tax_amount": amount})

    def of_document(
        self,
        stated: Sequence[TaxTotal],
        lines: Sequence[Sequence[TaxTotal]],
        gross: Decimal,
        vat: Decimal | None = None,
    ) -> tuple[TaxTotal, ...]:
        """Return the document's taxes: those of the lines added up by rate, then those that no line has.

        A stated TaxTotal keeps its rates; a rate of the lines that none states goes to the first
        TaxTotal of its tax. A tax that no line has is computed on ``gross``, the withholding of the
        value added tax on ``vat``, where it states no base.
        """
        groups: dict[Rate, TaxSubtotal] = {}
        for totals in lines:
            for total in totals:
                for part in total.tax_subtotals:
                    _add(groups, part)
        if self.at_once:
            groups = {rate: self._subtotal(part, None, None) for rate, part in groups.items()}
        taxed = {rate[:2] for rate in groups}
        claimed = {rate_of(part) for total in stated for part in total.tax_subtotals}
        result = []
        for total in stated:
            base = vat if total.tax_scheme_id == self.regime.vat_withholding else gross
            parts = self._stated_rates(total, groups, taxed, base)
            mine = {rate_of(part)[:2] for part in total.tax_subtotals}
            for rate in [rate for rate in groups if rate[:2] in mine and rate not in claimed]:
                parts.append(groups.pop(rate))
            if parts or not total.tax_subtotals:
                result.append(self._summed(total, parts) if parts else total)
        while groups:
            tax = next(iter(groups))[:2]
            rates = [rate for rate in groups if rate[:2] == tax]
            result.append(self._summed(TaxTotal(), [groups.pop(rate) for rate in rates]))
        return tuple(result)

    def _stated_rates(
        self,
        total: TaxTotal,
        groups: dict[Rate, TaxSubtotal],
        taxed: set[tuple[str | None, str | None]],
        base: Decimal | None,
    ) -> list[TaxSubtotal]:
        """Take the rates that a TaxTotal states: from the lines, or its own where no line has the tax."""
        parts = []
        for part in total.tax_subtotals:
            rate = rate_of(part)
            if rate in groups:
                kept = {"other": part.other, "attributes": part.attributes}
                parts.append(groups.pop(rate).model_copy(update=kept))
            elif rate[:2] not in taxed:
                parts.append(self._subtotal(part, None, base))
        return parts

    def _summed(self, total: TaxTotal, parts: Sequence[TaxSubtotal]) -> TaxTotal:
        amount = sum([part.tax_amount for part in parts if part.tax_amount is not None], _ZERO)
        return total.model_copy(update={"tax_subtotals": tuple(parts), "tax_amount": self.round(amount)})


def _add(groups: dict[Rate, TaxSubtotal], part: TaxSubtotal) -> None:
    rate = rate_of(part)
    was = groups.get(rate)
    if was is None:
        groups[rate] = part.model_copy(update={"other": (), "attributes": None})
        return
    sums = {}
    for field in ("taxable_amount", "tax_amount", "base_unit_measure"):
        one, two = getattr(was, field), getattr(part, field)
        if one is not None or two is not None:
            sums[field] = (one or _ZERO) + (two or _ZERO)
    groups[rate] = was.model_copy(update=sums)
