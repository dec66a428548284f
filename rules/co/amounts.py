"""The sign of amounts (VLR01, annex 1.9 §5.2.3): only PayableRoundingAmount may be negative."""

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from cuadre.rules.registration import check
from cuadre.rules.rule import Check, Context, Fault

_ALLOWANCE = ("multiplier_factor_numeric", "amount", "base_amount")
_TAX_TOTAL = ("tax_amount", "rounding_amount")
_SUBTOTAL = ("taxable_amount", "tax_amount", "percent", "base_unit_measure", "per_unit_amount")
_FIELDS: dict[str, tuple[str, ...]] = {
    "payment_exchange_rate": ("source_currency_base_rate", "target_currency_base_rate", "calculation_rate"),
    "prepaid_payments": ("paid_amount",),
    "allowance_charges": _ALLOWANCE,
    "tax_totals": _TAX_TOTAL,
    "tax_totals.tax_subtotals": _SUBTOTAL,
    "withholding_tax_totals": _TAX_TOTAL,
    "withholding_tax_totals.tax_subtotals": _SUBTOTAL,
    "legal_monetary_total": (
        "line_extension_amount",
        "tax_exclusive_amount",
        "tax_inclusive_amount",
        "allowance_total_amount",
        "charge_total_amount",
        "prepaid_amount",
        "payable_amount",
    ),
    "lines": ("line_extension_amount",),
    "lines.price": ("price_amount", "base_quantity"),
    "lines.pricing_reference": ("price_amount",),
    "lines.allowance_charges": _ALLOWANCE,
    "lines.tax_totals": _TAX_TOTAL,
    "lines.tax_totals.tax_subtotals": _SUBTOTAL,
    "lines.withholding_tax_totals": _TAX_TOTAL,
    "lines.withholding_tax_totals.tax_subtotals": _SUBTOTAL,
}


_ZERO = Decimal(0)


def _sign_check(fields: tuple[str, ...]) -> Check:
    # attrgetter returns a tuple for two names or more, so a single name is asked for twice.
    get = attrgetter(*fields) if fields[1:] else attrgetter(*fields, *fields)

    def not_negative(part: object, context: Context) -> Iterator[Fault] | None:
        del context
        values = get(part)
        for value in values:
            # Quicker than a comparison; of a negative zero there are no faults.
            if value is not None and value.is_signed():
                return _faults(fields, values)
        return None

    return not_negative


def _faults(fields: tuple[str, ...], values: tuple[Decimal | None, ...]) -> Iterator[Fault]:
    for field, value in zip(fields, values, strict=False):
        if value is not None and value < _ZERO:
            yield Fault(field, "below", value, _ZERO)


for _at, _fields in _FIELDS.items():
    check("VLR01", at=_at)(_sign_check(_fields))
