"""Every element that the tables of shapes.py name lands in its field."""

import pytest

from cuadre.engine.document import Document
from cuadre.reading import read
from cuadre.ubl.shapes import FOLD, ROOTS, Shape

from .writing import write

_ALLOWANCE = """<cac:AllowanceCharge><cbc:ID>1</cbc:ID><cbc:ChargeIndicator>true</cbc:ChargeIndicator>
<cbc:AllowanceChargeReasonCode>00</cbc:AllowanceChargeReasonCode><cbc:AllowanceChargeReason>r</cbc:AllowanceChargeReason>
<cbc:MultiplierFactorNumeric>2.0</cbc:MultiplierFactorNumeric><cbc:Amount currencyID="COP">3</cbc:Amount>
<cbc:BaseAmount currencyID="COP">4</cbc:BaseAmount></cac:AllowanceCharge>"""
_CHARGE = {
    "id": "1",
    "charge_indicator": "true",
    "allowance_charge_reason_code": "00",
    "allowance_charge_reason": "r",
    "multiplier_factor_numeric": "2.0",
    "amount": "3",
    "base_amount": "4",
}
_TAX_BODY = """<cbc:TaxAmount currencyID="COP">1</cbc:TaxAmount>
<cbc:RoundingAmount currencyID="COP">2</cbc:RoundingAmount>
<cac:TaxSubtotal><cbc:TaxableAmount currencyID="COP">3</cbc:TaxableAmount>
<cbc:TaxAmount currencyID="COP">4</cbc:TaxAmount>
<cbc:BaseUnitMeasure unitCode="MLT">5</cbc:BaseUnitMeasure>
<cbc:PerUnitAmount currencyID="COP">6</cbc:PerUnitAmount>
<cac:TaxCategory><cbc:Percent>7.00</cbc:Percent>
<cac:TaxScheme><cbc:ID>34</cbc:ID><cbc:Name>IBUA</cbc:Name></cac:TaxScheme>
</cac:TaxCategory></cac:TaxSubtotal>"""
_TAXES = "".join(f"<cac:{name}>{_TAX_BODY}</cac:{name}>" for name in ("TaxTotal", "WithholdingTaxTotal"))
_TAX = {
    "tax_amount": "1",
    "rounding_amount": "2",
    "tax_subtotals": [
        {
            "taxable_amount": "3",
            "tax_amount": "4",
            "base_unit_measure": "5",
            "base_unit_measure_unit_code": "MLT",
            "per_unit_amount": "6",
            "percent": "7.00",
            "tax_scheme_id": "34",
            "tax_scheme_name": "IBUA",
        }
    ],
}
_TOTALS = [
    "LineExtensionAmount",
    "TaxExclusiveAmount",
    "TaxInclusiveAmount",
    "AllowanceTotalAmount",
    "ChargeTotalAmount",
    "PrepaidAmount",
    "PayableRoundingAmount",
    "PayableAmount",
]
_TEXTS = [
    ("CustomizationID", "customization_id", "10"),
    ("ProfileID", "profile_id", "DIAN 2.1"),
    ("ProfileExecutionID", "profile_execution_id", "2"),
    ("ID", "id", "SETP1"),
    ("UUID", "uuid", "abc"),
    ("IssueDate", "issue_date", "2026-11-20"),
    ("IssueTime", "issue_time", "10:00:00-05:00"),
    ("DueDate", "due_date", "2026-12-20"),
    ("DocumentCurrencyCode", "document_currency_code", "COP"),
    ("LineCountNumeric", "line_count_numeric", "2"),
]
_RATES = [
    ("SourceCurrencyCode", "source_currency_code", "USD"),
    ("SourceCurrencyBaseRate", "source_currency_base_rate", "1.00"),
    ("TargetCurrencyCode", "target_currency_code", "COP"),
    ("TargetCurrencyBaseRate", "target_currency_base_rate", "1.0"),
    ("CalculationRate", "calculation_rate", "4100.25"),
    ("Date", "date", "2026-11-19"),
]


def _cbc(rows: list[tuple[str, str, str]]) -> str:
    return "".join(f"<cbc:{name}>{value}</cbc:{name}>" for name, _, value in rows)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _body(root: str, quantity: str, total: str) -> str:
    totals = "".join(f'<cbc:{name} currencyID="COP">{n}</cbc:{name}>' for n, name in enumerate(_TOTALS))
    line = f"""<cac:{root}Line><cbc:ID>1</cbc:ID><cbc:Note>a</cbc:Note><cbc:Note>b</cbc:Note>
<cbc:{quantity}Quantity unitCode="94">1.5</cbc:{quantity}Quantity>
<cbc:LineExtensionAmount currencyID="COP">9</cbc:LineExtensionAmount>
<cbc:FreeOfChargeIndicator>false</cbc:FreeOfChargeIndicator><cac:PricingReference><cac:AlternativeConditionPrice>
<cbc:PriceAmount currencyID="COP">8</cbc:PriceAmount><cbc:PriceTypeCode>01</cbc:PriceTypeCode>
</cac:AlternativeConditionPrice></cac:PricingReference>{_ALLOWANCE}{_TAXES}
<cac:Item><cbc:Description>x</cbc:Description><cbc:Description>y</cbc:Description></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="COP">7</cbc:PriceAmount>
<cbc:BaseQuantity unitCode="KGM">6</cbc:BaseQuantity></cac:Price></cac:{root}Line>"""
    return f"""{_cbc(_TEXTS)}<cbc:{root}TypeCode>99</cbc:{root}TypeCode>
<cbc:Note>n</cbc:Note><cbc:Note>m</cbc:Note>
<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="COP">5</cbc:PaidAmount>
<cbc:ReceivedDate>2026-11-01</cbc:ReceivedDate><cbc:PaidDate>2026-11-02</cbc:PaidDate></cac:PrepaidPayment>
{_ALLOWANCE}{_ALLOWANCE}<cac:PaymentExchangeRate>{_cbc(_RATES)}</cac:PaymentExchangeRate>{_TAXES}
<cac:{total}MonetaryTotal>{totals}</cac:{total}MonetaryTotal>{line}{line}"""


def _expected(kind: str) -> dict[str, object]:
    line = {
        "id": "1",
        "note": ["a", "b"],
        "quantity": "1.5",
        "quantity_unit_code": "94",
        "line_extension_amount": "9",
        "free_of_charge_indicator": "false",
        "pricing_reference": {"price_amount": "8", "price_type_code": "01"},
        "allowance_charges": [_CHARGE],
        "tax_totals": [_TAX],
        "withholding_tax_totals": [_TAX],
        "item": {"description": ["x", "y"]},
        "price": {"price_amount": "7", "base_quantity": "6", "base_quantity_unit_code": "KGM"},
    }
    paid = {"id": "1", "paid_amount": "5", "received_date": "2026-11-01", "paid_date": "2026-11-02"}
    return {
        **{field: value for _, field, value in _TEXTS},
        "kind": kind,
        "type_code": "99",
        "note": ["n", "m"],
        "prepaid_payments": [paid],
        "allowance_charges": [_CHARGE, _CHARGE],
        "payment_exchange_rate": {field: value for _, field, value in _RATES},
        "tax_totals": [_TAX],
        "withholding_tax_totals": [_TAX],
        "legal_monetary_total": {_snake(name): str(n) for n, name in enumerate(_TOTALS)},
        "lines": [line, line],
    }


ROOT_NAMES = [
    ("Invoice", "Invoiced", "Legal", "invoice"),
    ("CreditNote", "Credited", "Legal", "credit_note"),
    ("DebitNote", "Debited", "Requested", "debit_note"),
]


@pytest.mark.parametrize(("root", "quantity", "total", "kind"), ROOT_NAMES)
def test_every_field(root: str, quantity: str, total: str, kind: str) -> None:
    """A document that states everything is read into every field, digit by digit."""
    document = read(write(_body(root, quantity, total), root)).document
    assert document is not None
    assert document.model_dump(mode="json", exclude_defaults=True) == _expected(kind)


@pytest.mark.parametrize(("root", "quantity", "total", "kind"), ROOT_NAMES)
def test_every_element_is_tried(root: str, quantity: str, total: str, kind: str) -> None:
    """The document of the test above names every element of the tables, and they know its root."""
    text = _body(root, quantity, total)
    missing = {name for name in _names(ROOTS[root]) if f":{name}>" not in text and f":{name} " not in text}
    assert (missing, kind in {"invoice", "credit_note", "debit_note"}) == (set(), True)


def test_other_fields_are_known() -> None:
    """The fields that no table names are those that the reader makes itself."""
    named = {step.field for step in ROOTS["Invoice"].values()}
    made = {"kind", "invoice_control", "signing_time", "foreign_currencies", "other", "attributes"}
    assert Document.model_fields.keys() - named == made


def _names(shape: Shape) -> set[str]:
    names = {name.rpartition("}")[2] for name in shape}
    for step in shape.values():
        assert step.field or step.take == FOLD
        names |= _names(step.shape)
    return names
