"""Every amount is in the currency of the document: the code depends on the element (xAD15b, xAU03 …)."""

from collections.abc import Callable, Iterator

from cuadre.engine.model.document import Document
from cuadre.rules.registration import check
from cuadre.rules.rule import Check, Context, Fault

# The rule of an amount's currencyID, by the amount's path without positions; AD15b is the rule of the rest.
_RULES = {
    "legal_monetary_total.line_extension_amount": "AU03",
    "legal_monetary_total.tax_exclusive_amount": "AU05",
    "legal_monetary_total.tax_inclusive_amount": "AU07",
    "legal_monetary_total.allowance_total_amount": "AU09",
    "legal_monetary_total.charge_total_amount": "AU11",
    "legal_monetary_total.prepaid_amount": "AU13",
    "legal_monetary_total.payable_amount": "AU15",
    "allowance_charges.amount": "AQ08",
    "allowance_charges.base_amount": "AQ10",
    "tax_totals.tax_amount": "AS03",
    "tax_totals.tax_subtotals.taxable_amount": "AS06",
    "tax_totals.tax_subtotals.tax_amount": "AS08",
    "tax_totals.tax_subtotals.per_unit_amount": "AS12",
    "withholding_tax_totals.tax_amount": "AT03",
    "withholding_tax_totals.tax_subtotals.taxable_amount": "AT06",
    "withholding_tax_totals.tax_subtotals.tax_amount": "AT08",
    "prepaid_payments.paid_amount": "BD04",
    "lines.line_extension_amount": "AV07",
    "lines.allowance_charges.amount": "BE07",
    "lines.allowance_charges.base_amount": "BE09",
    "lines.tax_totals.tax_amount": "AX03",
    "lines.tax_totals.tax_subtotals.taxable_amount": "AX06",
    "lines.tax_totals.tax_subtotals.tax_amount": "AX08",
    "lines.tax_totals.tax_subtotals.per_unit_amount": "AX12",
    "lines.tax_totals.rounding_amount": "AX19",
    "lines.withholding_tax_totals.tax_amount": "AY03",
    "lines.withholding_tax_totals.tax_subtotals.taxable_amount": "AY06",
    "lines.withholding_tax_totals.tax_subtotals.tax_amount": "AY08",
}


def _currency_check(belongs: Callable[[str], bool]) -> Check:
    def same_currency(document: Document, context: Context) -> Iterator[Fault] | None:
        del context
        if not document.foreign_currencies or not document.document_currency_code:
            return None
        return _foreign(document, belongs)

    return same_currency


def _foreign(document: Document, belongs: Callable[[str], bool]) -> Iterator[Fault]:
    for amount in document.foreign_currencies:
        if belongs(".".join([step for step in amount.path if isinstance(step, str)])):
            yield Fault(
                amount.path,
                "currency" if amount.currency_id else "currency_absent",
                amount.currency_id or None,
                document.document_currency_code,
            )


check("AD15b", at="document")(_currency_check(lambda name: name not in _RULES))
for _name, _rule in _RULES.items():
    check(_rule, at="document")(_currency_check(_name.__eq__))
