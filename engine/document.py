"""The document: one immutable model for every kind and country, in the words of UBL 2.1.

Every figure is optional, since a document may leave it out, and absent is not zero. Amounts are
``Decimal`` in the document's currency and keep the digits that they were written with.
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from cuadre.engine.amounts import parse_amount
from cuadre.engine.element import Element


class _AmountSchema:
    """Reads through ``parse_amount`` and writes decimal text."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own signature
        return core_schema.no_info_plain_validator_function(
            parse_amount,
            serialization=core_schema.plain_serializer_function_ser_schema(format_amount),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[+-]?([0-9]{1,18}(\.[0-9]{0,12})?|\.[0-9]{1,12})$"}


def format_amount(value: Decimal) -> str:
    """Write an amount with the digits that it has, without an exponent."""
    return f"{value:f}"


Amount = Annotated[Decimal, _AmountSchema]
"""A ``Decimal`` with at most 18 integer digits and 12 decimals; JSON writes it as text."""
Code = Annotated[str, StringConstraints(strip_whitespace=True)]
"""A code or an identifier: text without white space around it."""
Path = tuple[str | int, ...]
"""Where a value stands in a Document: ``("lines", 0, "price", "price_amount")``."""


class DocumentKind(StrEnum):
    """What a document is to the tax authority."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DEBIT_NOTE = "debit_note"
    SUPPORT_DOCUMENT = "support_document"
    SUPPORT_DOCUMENT_ADJUSTMENT = "support_document_adjustment"
    EQUIVALENT_DOCUMENT = "equivalent_document"
    EQUIVALENT_DOCUMENT_CREDIT_NOTE = "equivalent_document_credit_note"
    EQUIVALENT_DOCUMENT_DEBIT_NOTE = "equivalent_document_debit_note"


class Aggregate(BaseModel):
    """The root of every part: immutable, and nothing that was read is dropped.

    ``other`` holds the children that have no field; ``attributes`` the attributes of fields that
    have none of their own, by field name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    other: tuple[Element, ...] = ()
    attributes: dict[str, dict[str, str]] | None = None


class AllowanceCharge(Aggregate):
    """A discount (``charge_indicator`` false) or a charge, of a line or of the document."""

    id: Code | None = None
    charge_indicator: Code | None = None
    allowance_charge_reason_code: Code | None = None
    allowance_charge_reason: Code | None = None
    multiplier_factor_numeric: Amount | None = None
    amount: Amount | None = None
    base_amount: Amount | None = None

    @property
    def is_charge(self) -> bool:
        """Whether it adds; what says neither true nor false is taken for a discount."""
        return self.charge_indicator in {"true", "1"}


class TaxSubtotal(Aggregate):
    """One rate of one tax: base, rate and amount; or units and amount per unit.

    UBL's TaxCategory and TaxScheme are folded in. ``percent`` is as written: a percentage, but per
    mille for ICA and ReteICA (table 13.2.2 of annex 1.9).
    """

    taxable_amount: Amount | None = None
    tax_amount: Amount | None = None
    percent: Amount | None = None
    base_unit_measure: Amount | None = None
    base_unit_measure_unit_code: Code | None = None
    per_unit_amount: Amount | None = None
    tax_scheme_id: Code | None = None
    tax_scheme_name: Code | None = None


class TaxTotal(Aggregate):
    """One tax, or one withholding, with a subtotal for each rate."""

    tax_amount: Amount | None = None
    rounding_amount: Amount | None = None
    tax_subtotals: tuple[TaxSubtotal, ...] = ()

    @property
    def tax_scheme_id(self) -> str | None:
        """The tax of the first subtotal; a TaxTotal speaks of one tax."""
        return self.tax_subtotals[0].tax_scheme_id if self.tax_subtotals else None


class Price(Aggregate):
    """The unit price, up to 6 decimals. In Colombia ``base_quantity`` repeats the line's quantity."""

    price_amount: Amount | None = None
    base_quantity: Amount | None = None
    base_quantity_unit_code: Code | None = None


class PricingReference(Aggregate):
    """The reference price of a free item (UBL AlternativeConditionPrice)."""

    price_amount: Amount | None = None
    price_type_code: Code | None = None


class Item(Aggregate):
    """What is sold."""

    description: tuple[str, ...] = ()


class Line(Aggregate):
    """A line of an invoice, a credit note or a debit note.

    ``quantity`` is UBL's InvoicedQuantity, CreditedQuantity or DebitedQuantity.
    """

    id: Code | None = None
    note: tuple[str, ...] = ()
    quantity: Amount | None = None
    quantity_unit_code: Code | None = None
    line_extension_amount: Amount | None = None
    free_of_charge_indicator: Code | None = None
    pricing_reference: PricingReference | None = None
    allowance_charges: tuple[AllowanceCharge, ...] = ()
    tax_totals: tuple[TaxTotal, ...] = ()
    withholding_tax_totals: tuple[TaxTotal, ...] = ()
    item: Item | None = None
    price: Price | None = None


class MonetaryTotal(Aggregate):
    """UBL LegalMonetaryTotal, or RequestedMonetaryTotal in a debit note."""

    line_extension_amount: Amount | None = None
    tax_exclusive_amount: Amount | None = None
    tax_inclusive_amount: Amount | None = None
    allowance_total_amount: Amount | None = None
    charge_total_amount: Amount | None = None
    prepaid_amount: Amount | None = None
    payable_rounding_amount: Amount | None = None
    payable_amount: Amount | None = None


class PrepaidPayment(Aggregate):
    """A payment received before the document."""

    id: Code | None = None
    paid_amount: Amount | None = None
    received_date: dt.date | None = None
    paid_date: dt.date | None = None


class ExchangeRate(Aggregate):
    """UBL PaymentExchangeRate: value in the target currency = value in the source currency × rate."""

    source_currency_code: Code | None = None
    source_currency_base_rate: Amount | None = None
    target_currency_code: Code | None = None
    target_currency_base_rate: Amount | None = None
    calculation_rate: Amount | None = None
    date: dt.date | None = None


class InvoiceControl(Aggregate):
    """DIAN's authorisation of a range of numbers (sts:InvoiceControl)."""

    invoice_authorization: Code | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    prefix: Code | None = None
    from_number: Code | None = None
    to_number: Code | None = None


class ForeignCurrency(BaseModel):
    """An amount whose currencyID is not the document's; ``currency_id`` is None where it has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: tuple[str | int, ...]
    currency_id: str | None = None


class Document(Aggregate):
    """An invoice or a note: what it states, and nothing that was computed from it."""

    kind: DocumentKind
    invoice_control: InvoiceControl | None = None
    customization_id: Code | None = None
    profile_id: Code | None = None
    profile_execution_id: Code | None = None
    id: Code | None = None
    uuid: Code | None = None
    issue_date: dt.date | None = None
    issue_time: Code | None = None
    due_date: dt.date | None = None
    signing_time: Code | None = None
    type_code: Code | None = None
    note: tuple[str, ...] = ()
    document_currency_code: Code | None = None
    line_count_numeric: Amount | None = None
    payment_exchange_rate: ExchangeRate | None = None
    prepaid_payments: tuple[PrepaidPayment, ...] = ()
    allowance_charges: tuple[AllowanceCharge, ...] = ()
    tax_totals: tuple[TaxTotal, ...] = ()
    withholding_tax_totals: tuple[TaxTotal, ...] = ()
    legal_monetary_total: MonetaryTotal | None = None
    lines: tuple[Line, ...] = ()
    foreign_currencies: tuple[ForeignCurrency, ...] = ()
