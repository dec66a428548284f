"""Compute a document from its inputs: quantity, price, rate, discount. What results is a new Document."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from cuadre.engine.amounts import parse_amount
from cuadre.engine.decimals import EXACT
from cuadre.engine.figures import Formula
from cuadre.engine.model.document import (
    AllowanceCharge,
    Document,
    Line,
    MonetaryTotal,
    Rate,
    TaxSubtotal,
    TaxTotal,
    rate_of,
)
from cuadre.engine.regimes.regime import Regime

_ZERO = Decimal("0.00")
_PERCENT = -2


def fill(document: Document, regime: Regime) -> Document:
    """Return the document with every result computed from its inputs, whatever it stated.

    Inputs are kept: quantities, prices, rates, amounts per unit, stated discounts, charges, bases,
    prepayments and the payable rounding. Results are computed: line values, tax amounts, sums, the
    document's taxes and its totals. A base or a discount that is not stated is computed as well.
    Amounts have the regime's places. Filling twice changes nothing. Raises AmountError where a result
    has more than 18 integer digits.
    """
    with localcontext(EXACT):
        return _Filling(regime).document(document)


class _Filling:
    def __init__(self, regime: Regime) -> None:
        self.regime = regime

    def round(self, value: Decimal) -> Decimal:
        """Round a result; raise AmountError where it has more digits than an amount may have."""
        return parse_amount(self.regime.rounding(value))

    def document(self, document: Document) -> Document:
        lines = tuple([self._line(line) for line in document.lines])
        gross = self._gross(lines)
        allowances = tuple([self._allowance(part, gross) for part in document.allowance_charges])
        taxes = self._totals(document.tax_totals, [line.tax_totals for line in lines])
        withheld = self._totals(
            document.withholding_tax_totals, [line.withholding_tax_totals for line in lines]
        )
        filled = document.model_copy(
            update={
                "lines": lines,
                "allowance_charges": allowances,
                "tax_totals": taxes,
                "withholding_tax_totals": withheld,
            }
        )
        return filled.model_copy(update={"legal_monetary_total": self._monetary_total(filled, gross)})

    def _gross(self, lines: Sequence[Line]) -> Decimal:
        return self.round(sum((line.line_extension_amount or _ZERO for line in lines), _ZERO))

    def _line(self, line: Line) -> Line:
        price = line.price.price_amount if line.price else None
        value = _ZERO if price is None or line.quantity is None else price * line.quantity
        allowances = tuple([self._allowance(part, value) for part in line.allowance_charges])
        line = line.model_copy(update={"allowance_charges": allowances})
        formula = self._follow(self.regime.line_extension(line, ()), line.line_extension_amount)
        extension = line.line_extension_amount if formula is None else self.round(formula.exact())
        line = line.model_copy(update={"line_extension_amount": extension})
        base = self._base(line)
        taxes = tuple([self._tax(total, line, base) for total in line.tax_totals])
        iva = sum((t.tax_amount or _ZERO for t in taxes if t.tax_scheme_id == self.regime.vat), _ZERO)
        withheld = tuple(
            [
                self._tax(t, line, iva if t.tax_scheme_id == self.regime.vat_withholding else base)
                for t in line.withholding_tax_totals
            ]
        )
        return line.model_copy(update={"tax_totals": taxes, "withholding_tax_totals": withheld})

    def _base(self, line: Line) -> Decimal | None:
        """Return the base of a line's taxes: its value, or its reference price where it is free."""
        reference, quantity = line.pricing_reference, line.quantity
        free = reference is not None and not line.line_extension_amount
        if free and reference is not None and reference.price_amount is not None and quantity is not None:
            return self.round(reference.price_amount * quantity)
        return line.line_extension_amount

    def _allowance(self, part: AllowanceCharge, base: Decimal) -> AllowanceCharge:
        if part.amount is not None or part.multiplier_factor_numeric is None:
            return part
        base = base if part.base_amount is None else part.base_amount
        amount = self.round((base * part.multiplier_factor_numeric).scaleb(_PERCENT))
        return part.model_copy(update={"base_amount": self.round(base), "amount": amount})

    def _tax(self, total: TaxTotal, line: Line | None, base: Decimal | None) -> TaxTotal:
        subtotals = tuple([self._subtotal(part, line, base) for part in total.tax_subtotals])
        amounts = [part.tax_amount for part in subtotals if part.tax_amount is not None]
        if not amounts:
            return total.model_copy(update={"tax_subtotals": subtotals})
        return total.model_copy(
            update={"tax_subtotals": subtotals, "tax_amount": self.round(sum(amounts, _ZERO))}
        )

    def _subtotal(self, part: TaxSubtotal, line: Line | None, base: Decimal | None) -> TaxSubtotal:
        if part.taxable_amount is None and part.percent is not None:
            part = part.model_copy(update={"taxable_amount": base})
        quantity = line.quantity if line else None
        formulas = self.regime.tax_amount(part, (), None if quantity is None else ((), quantity))
        formula = self._follow(formulas, part.tax_amount)
        if formula is None:
            return part
        return part.model_copy(update={"tax_amount": self.round(formula.exact())})

    def _totals(
        self, stated: Sequence[TaxTotal], lines: Sequence[Sequence[TaxTotal]]
    ) -> tuple[TaxTotal, ...]:
        """Return the document's taxes: those of the lines added up by rate, then those that no line has.

        A stated TaxTotal keeps its rates; a rate of the lines that none states goes to the first
        TaxTotal of its tax.
        """
        groups: dict[Rate, TaxSubtotal] = {}
        for totals in lines:
            for total in totals:
                for part in total.tax_subtotals:
                    _add(groups, part)
        taxed = {rate[:2] for rate in groups}
        claimed = {rate_of(part) for total in stated for part in total.tax_subtotals}
        result = []
        for total in stated:
            parts = self._stated_rates(total, groups, taxed)
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
        self, total: TaxTotal, groups: dict[Rate, TaxSubtotal], taxed: set[tuple[str | None, str | None]]
    ) -> list[TaxSubtotal]:
        """Take the rates that a TaxTotal states: from the lines, or its own where no line has the tax."""
        parts = []
        for part in total.tax_subtotals:
            rate = rate_of(part)
            if rate in groups:
                kept = {"other": part.other, "attributes": part.attributes}
                parts.append(groups.pop(rate).model_copy(update=kept))
            elif rate[:2] not in taxed:
                parts.append(self._subtotal(part, None, None))
        return parts

    def _summed(self, total: TaxTotal, parts: Sequence[TaxSubtotal]) -> TaxTotal:
        amount = sum((part.tax_amount or _ZERO for part in parts), _ZERO)
        return total.model_copy(update={"tax_subtotals": tuple(parts), "tax_amount": self.round(amount)})

    def _monetary_total(self, document: Document, gross: Decimal) -> MonetaryTotal:
        stated = document.legal_monetary_total or MonetaryTotal()
        bases = [
            part.taxable_amount
            for line in document.lines
            for _, part in self.regime.taxable_subtotals(line)
            if part.taxable_amount is not None
        ]
        taxes = [total.tax_amount for total in document.tax_totals if total.tax_amount is not None]
        figures = {
            "line_extension_amount": gross,
            "tax_exclusive_amount": self.round(sum(bases, _ZERO)),
            "tax_inclusive_amount": self.round(gross + sum(taxes, _ZERO)),
            **self._optional(document, stated),
        }
        total = stated.model_copy(update=figures)
        formula = self._follow(self.regime.payable(total, ()), stated.payable_amount)
        payable = stated.payable_amount if formula is None else self.round(formula.exact())
        return total.model_copy(update={"payable_amount": payable})

    def _optional(self, document: Document, stated: MonetaryTotal) -> dict[str, Decimal]:
        discounts = [p.amount for p in document.allowance_charges if not p.is_charge and p.amount is not None]
        charges = [p.amount for p in document.allowance_charges if p.is_charge and p.amount is not None]
        prepaid = [p.paid_amount for p in document.prepaid_payments if p.paid_amount is not None]
        figures = {}
        for name, parts in (
            ("allowance_total_amount", discounts),
            ("charge_total_amount", charges),
            ("prepaid_amount", prepaid),
        ):
            was = getattr(stated, name)
            if parts or was is not None:
                figures[name] = self.round(sum(parts, _ZERO))
        return figures

    def _follow(self, formulas: Sequence[Formula], stated: Decimal | None) -> Formula | None:
        """Take the formula that a stated figure follows to the cent, else the official one."""
        if not formulas:
            return None
        if stated is not None:
            for formula in formulas:
                if self.round(formula.exact()) == stated:
                    return formula
        return formulas[0]


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
