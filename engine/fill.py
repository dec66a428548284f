"""Compute a document from its inputs: quantity, price, rate, discount. What results is a new Document."""

from dataclasses import replace
from decimal import Decimal, localcontext

from cuadre.engine.decimals import EXACT
from cuadre.engine.errors import DocumentError
from cuadre.engine.fill_taxes import TaxFilling
from cuadre.engine.model.document import AllowanceCharge, Document, Line, MonetaryTotal
from cuadre.engine.policies import Policy
from cuadre.engine.regimes.regime import Regime, Total
from cuadre.engine.source import Place, format_path
from cuadre.engine.texts import say

_ZERO = Decimal("0.00")
_PERCENT = -2


def fill(document: Document, regime: Regime, policy: Policy | None = None) -> Document:
    """Return the document with every result computed from its inputs, whatever it stated.

    Inputs are kept: quantities, prices, rates, amounts per unit, stated discounts, charges, bases,
    prepayments and the payable rounding. Results are computed: line values, tax amounts, sums, the
    document's taxes and its totals. A base or a discount that is not stated is computed as well.
    Amounts have the regime's places, and are rounded as it does, or as ``policy`` says: per document, a tax
    of the document is its base times its rate, rounded once, and not the sum of the lines' taxes. Filling
    twice changes nothing. Raises DocumentError where a line has neither a value nor what gives one, and
    AmountError where a result has over 18 integer digits.
    """
    with localcontext(EXACT):
        _refuse_lines_without_value(document, regime)
        if policy is None:
            return _Filling(regime, at_once=False).document(document)
        rounded = replace(regime, rounding=policy.rounding)
        return _Filling(rounded, at_once=policy.per == "document").document(document)


def _refuse_lines_without_value(document: Document, regime: Regime) -> None:
    """Refuse a line that would count as nothing, since the sale would be billed short."""
    problems: list[dict[str, object]] = []
    first = ""
    for index, line in enumerate(document.lines):
        has_value = any(formula.exact(line, line) is not None for formula in regime.line_extension(line))
        if line.line_extension_amount is None and not has_value:
            lacks = "quantity" if line.price and line.price.price_amount is not None else "price"
            name = f" ({line.item.description[0]})" if line.item and line.item.description else ""
            sentence = say(f"cuadre.engine:line_without_{lacks}", number=index + 1, name=name)
            field = ("quantity",) if lacks == "quantity" else ("price", "price_amount")
            place = Place(format_path(("lines", index, *field)))
            problems.append({"place": place, "sentence": sentence})
            first = first or sentence
    if problems:
        raise DocumentError(first, problems=problems)


class _Filling:
    def __init__(self, regime: Regime, *, at_once: bool) -> None:
        self.regime = regime
        self.taxes = TaxFilling(regime, at_once=at_once)
        self.round = self.taxes.round

    def document(self, document: Document) -> Document:
        lines = tuple([self._line(line) for line in document.lines])
        gross = self.round(sum((line.line_extension_amount or _ZERO for line in lines), _ZERO))
        allowances = tuple([self._allowance(part, gross) for part in document.allowance_charges])
        taxes = self.taxes.of_document(document.tax_totals, [line.tax_totals for line in lines], gross)
        filled = document.model_copy(
            update={"lines": lines, "allowance_charges": allowances, "tax_totals": taxes}
        )
        withheld = self.taxes.of_document(
            document.withholding_tax_totals,
            [line.withholding_tax_totals for line in lines],
            gross,
            self.taxes.vat_of(taxes),
        )
        filled = filled.model_copy(update={"withholding_tax_totals": withheld})
        return self._totals(filled)

    def _line(self, line: Line) -> Line:
        price = line.price.price_amount if line.price else None
        value = _ZERO if price is None or line.quantity is None else price * line.quantity
        allowances = tuple([self._allowance(part, value) for part in line.allowance_charges])
        line = line.model_copy(update={"allowance_charges": allowances})
        stated = line.line_extension_amount
        extension = self.taxes.follow(self.regime.line_extension(line), line, line, stated)
        line = line.model_copy(update={"line_extension_amount": stated if extension is None else extension})
        base = self._base(line)
        taxes = tuple([self.taxes.of_line(total, line, base) for total in line.tax_totals])
        iva = self.taxes.vat_of(taxes)
        withheld = tuple(
            [
                self.taxes.of_line(t, line, iva if t.tax_scheme_id == self.regime.vat_withholding else base)
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

    def _totals(self, document: Document) -> Document:
        """Compute the totals one after the other, since each may need those before it."""
        stated = document.legal_monetary_total or MonetaryTotal()
        for total in self.regime.totals:
            value = self._total(document.model_copy(update={"legal_monetary_total": stated}), stated, total)
            stated = stated.model_copy(update={total.name: value})
        return document.model_copy(update={"legal_monetary_total": stated})

    def _total(self, document: Document, stated: MonetaryTotal, total: Total) -> Decimal | None:
        was: Decimal | None = getattr(stated, total.name)
        if total.optional and was is None and not total.formulas[0].has_inputs(document):
            return None
        default = total.filled or total.formulas[0]
        computed = self.taxes.follow(total.formulas, document, None, was, default)
        return was if computed is None else computed
