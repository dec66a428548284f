"""A Document written as an Ecuafact invoice: numbers as JSON numbers with the digits that they have."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Never

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.document import Document, DocumentKind, Line, TaxSubtotal, TaxTotal
from cuadre.engine.regimes.ec.payments import payment_amounts
from cuadre.engine.regimes.ec.taxes import IVA, SUBTOTALS, tax_codes
from cuadre.senders.contract import PayloadError
from cuadre.senders.ecuafact import field_map
from cuadre.senders.ecuafact.fields import number
from cuadre.senders.payloads.fields import Body, write_fields
from cuadre.senders.payloads.json_lines import pointer
from cuadre.senders.payloads.payload import Json, Steps

_GROUPS = {"": "taxed", "0": "zero", "6": "not_subject", "7": "exempt"}
_ZERO = Decimal("0.00")
_ISSUE = 1
_DOLLAR = "DOLAR"
"""The currency of Ecuador, where a document states none."""


def write_body(document: Document, spelling: str = field_map.ADDITIONAL[0]) -> Body:
    """Write a document; ``spelling`` is the key of its additional fields.

    Raises PayloadError, with the pointer, for what the format cannot hold.
    """
    _refuse_what_has_no_field(document)
    total, party = document.legal_monetary_total, document.accounting_customer_party
    body = {
        **_subtotals(document),
        **_totals(document),
        **_taxes(document),
        "Payments": _payments(document),
        "Details": [_line(line, ("Details", index)) for index, line in enumerate(document.lines)],
        "Currency": _DOLLAR,
        **write_fields(document, field_map.HEAD),
        **write_fields(
            party.party_tax_schemes[0] if party and party.party_tax_schemes else None, field_map.IDENTITY
        ),
        **write_fields(party and party.contact, field_map.CONTACT),
        **write_fields(party and party.physical_location, field_map.ADDRESS),
        "Reason": "\n".join(document.note) or None,
        **write_fields(total, field_map.MONETARY_TOTAL[-1:]),
        spelling: _additional(document),
        "Status": _ISSUE,
    }
    return {key: value for key, value in body.items() if value is not None and value != []}


def _refuse_what_has_no_field(document: Document) -> None:
    if document.kind is not DocumentKind.INVOICE:
        _refuse((), f"a {document.kind.value}: it has an address for invoices")
    if document.country != "EC":
        _refuse((), f"a document of the country {document.country}")
    total = document.legal_monetary_total
    if total is not None and (total.prepaid_amount or total.payable_rounding_amount):
        _refuse(("Total",), "a prepayment or a rounding of the total")
    if document.withholding_tax_totals:
        _refuse((), "withholdings")
    if any(not part.is_charge for part in document.allowance_charges) or len(document.allowance_charges) > 1:
        _refuse(("Tip",), "discounts or charges of the document other than one tip")
    for part in document.tax_totals:
        if tax_codes(part.tax_scheme_id)[0] not in field_map.TAXES and part.tax_amount:
            _refuse(("ValueAddedTax",), f"the tax {part.tax_scheme_id} of the document")


def _subtotals(document: Document) -> Body:
    """Write the four subtotals: as the heading states them, or added up from the lines."""
    stated = {
        tax_codes(part.tax_scheme_id): part.taxable_amount
        for total in document.tax_totals
        for part in total.tax_subtotals
        if part.taxable_amount is not None
    }
    body: Body = {}
    whole = (IVA, "") in stated or not document.lines
    for rate, key in field_map.SUBTOTALS.items():
        amount = stated.get((IVA, rate)) if whole else _of_lines(document, _GROUPS[rate])
        if amount is not None:
            body[key] = number(amount)
    return body


def _of_lines(document: Document, group: str) -> Decimal:
    result = _ZERO
    for line in document.lines:
        rates = [
            tax_codes(part.tax_scheme_id)[1]
            for total in line.tax_totals
            for part in total.tax_subtotals
            if tax_codes(part.tax_scheme_id)[0] == IVA
        ]
        if rates and SUBTOTALS.get(rates[0]) == group:
            result = EXACT.add(result, line.line_extension_amount or _ZERO)
    return result


def _totals(document: Document) -> Body:
    total = document.legal_monetary_total
    body = write_fields(total, field_map.MONETARY_TOTAL[:-1])
    discounts = [part.amount for line in document.lines for part in line.allowance_charges if part.amount]
    if total is not None and total.allowance_total_amount is None and discounts:
        body["TotalDiscount"] = number(_sum(discounts))
    tips = [part.amount for part in document.allowance_charges if part.amount is not None]
    return {**body, "Tip": number(tips[0])} if tips and "Tip" not in body else body


def _sum(amounts: list[Decimal]) -> Decimal:
    result = _ZERO
    for amount in amounts:
        result = EXACT.add(result, amount)
    return result


def _taxes(document: Document) -> Body:
    body: Body = {}
    for code, key in field_map.TAXES.items():
        amounts = [
            total.tax_amount
            for total in document.tax_totals
            if tax_codes(total.tax_scheme_id)[0] == code and total.tax_amount is not None
        ]
        if amounts:
            body[key] = number(amounts[0] if len(amounts) == 1 else _sum(amounts))
    return body


def _payments(document: Document) -> list[Json]:
    amounts = [amount for _, amount in payment_amounts(document)]
    payments: list[Json] = []
    for means, amount in zip_longest(document.payment_means, amounts):
        total: Body = {} if amount is None else {"Total": number(amount)}
        payments.append({**write_fields(means, field_map.PAYMENT), **total})
    return payments


def _additional(document: Document) -> list[Json]:
    fields = [
        field for element in document.other if element.name == "infoAdicional" for field in element.children
    ]
    return [
        {
            **({"Name": field.attributes["nombre"]} if "nombre" in field.attributes else {}),
            "Value": field.text,
        }
        for field in fields
    ]


def _line(line: Line, steps: Steps) -> Body:
    item = line.item
    if len(line.allowance_charges) > 1 or any(part.is_charge for part in line.allowance_charges):
        _refuse((*steps, "Discount"), "charges or more than one discount of a line")
    body = {
        **write_fields(item and item.sellers_item_identification, field_map.MAIN_CODE),
        **write_fields(item and item.standard_item_identification, field_map.OTHER_CODE),
        **write_fields(item, field_map.ITEM),
        **write_fields(line.price, field_map.PRICE),
        **write_fields(line, field_map.LINE[:1]),
        **write_fields(line.allowance_charges[0] if line.allowance_charges else None, field_map.DISCOUNT),
        **_short_forms(line),
        **write_fields(line, field_map.LINE[1:]),
        "Taxes": list(_rates(line)),
    }
    return {key: value for key, value in body.items() if value != []}


def _short_forms(line: Line) -> Body:
    body: Body = {}
    for total in line.tax_totals:
        code, rate = tax_codes(total.tax_scheme_id)
        if code in field_map.SHORT_FORMS and total.tax_amount is not None:
            rate_key, value_key = field_map.SHORT_FORMS[code]
            body.update({**({rate_key: rate} if rate else {}), value_key: number(total.tax_amount)})
    return body


def _rates(line: Line) -> Iterator[Json]:
    for total in line.tax_totals:
        for part in total.tax_subtotals:
            if not _is_short(total, part):
                yield _rate(part)


def _is_short(total: TaxTotal, part: TaxSubtotal) -> bool:
    """Tell whether the short form says all that there is of a tax."""
    alone = total.tax_amount is not None and len(total.tax_subtotals) == 1
    rate = part.percent if part.per_unit_amount is None else part.per_unit_amount
    return (
        alone
        and part.taxable_amount is None
        and rate is None
        and part.tax_amount == total.tax_amount
        and tax_codes(part.tax_scheme_id)[0] in field_map.SHORT_FORMS
    )


def _rate(part: TaxSubtotal) -> Body:
    code, rate = tax_codes(part.tax_scheme_id)
    percent = part.percent if part.per_unit_amount is None else part.per_unit_amount
    body: Body = {"Code": code, **({"PercentageCode": rate} if rate else {})}
    if percent is not None:
        body["Rate"] = number(percent)
    return {**body, **write_fields(part, field_map.TAX)}


def _refuse(steps: Steps, what: str) -> Never:
    where = pointer(steps)
    sentence = f"{where or 'the payload'}: Ecuafact's invoice cannot hold {what}"
    raise PayloadError(sentence, pointer=where)
