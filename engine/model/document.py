"""The document: one immutable model for every kind and country, in the words of UBL 2.1.

Every figure is optional, since a document may leave it out, and absent is not zero. Amounts are
``Decimal`` in the document's currency and keep the digits that they were written with.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from cuadre.engine.model.aggregate import Aggregate
from cuadre.engine.model.element import Element
from cuadre.engine.model.parties import Party
from cuadre.engine.model.references import (
    BillingReference,
    DiscrepancyResponse,
    DocumentReference,
    OrderReference,
    PaymentMeans,
    Period,
)
from cuadre.engine.model.scalars import Amount, Code, Date
from cuadre.engine.regimes.co.dian import DianExtensions, InvoiceControl


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


Rate = tuple[str | None, str | None, Decimal | None, Decimal | None, str | None]
_OTHER_TAXES = "ZZ"


def rate_of(subtotal: TaxSubtotal) -> Rate:
    """Identify a tax at one rate, or at one amount per unit; 19 and 19.00 are one rate.

    The first two tell the tax: its id, and its name where the id is the one of all others (ZZ).
    """
    tax = subtotal.tax_scheme_id
    return (
        tax,
        subtotal.tax_scheme_name if tax == _OTHER_TAXES else None,
        subtotal.percent,
        subtotal.per_unit_amount,
        subtotal.base_unit_measure_unit_code,
    )


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


class ItemIdentification(Aggregate):
    """A code of an item, and the standard that it belongs to (table 13.3.5 of annex 1.9)."""

    id: Code | None = None
    id_scheme_id: Code | None = None
    id_scheme_name: Code | None = None
    id_scheme_agency_id: Code | None = None


class Item(Aggregate):
    """What is sold."""

    description: tuple[str, ...] = ()
    brand_name: tuple[str, ...] = ()
    model_name: tuple[str, ...] = ()
    sellers_item_identification: ItemIdentification | None = None
    standard_item_identification: ItemIdentification | None = None


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
    received_date: Date | None = None
    paid_date: Date | None = None


class ExchangeRate(Aggregate):
    """UBL PaymentExchangeRate: value in the target currency = value in the source currency × rate."""

    source_currency_code: Code | None = None
    source_currency_base_rate: Amount | None = None
    target_currency_code: Code | None = None
    target_currency_base_rate: Amount | None = None
    calculation_rate: Amount | None = None
    date: Date | None = None


class ForeignCurrency(BaseModel):
    """An amount whose currencyID is not the document's; ``currency_id`` is None where it has none."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    path: tuple[str | int, ...]
    currency_id: str | None = None


class Document(Aggregate):
    """An invoice or a note: what it states, and nothing that was computed from it."""

    kind: DocumentKind
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] = "CO"
    """ISO 3166 code of the country whose arithmetic and rules hold."""
    dian_extensions: DianExtensions | None = None
    extensions: tuple[Element, ...] = ()
    ubl_version_id: Code | None = None
    customization_id: Code | None = None
    profile_id: Code | None = None
    profile_execution_id: Code | None = None
    id: Code | None = None
    uuid: Code | None = None
    uuid_scheme_id: Code | None = None
    uuid_scheme_name: Code | None = None
    issue_date: Date | None = None
    issue_time: Code | None = None
    due_date: Date | None = None
    tax_point_date: Date | None = None
    signing_time: Code | None = None
    type_code: Code | None = None
    note: tuple[str, ...] = ()
    document_currency_code: Code | None = None
    line_count_numeric: Amount | None = None
    invoice_periods: tuple[Period, ...] = ()
    discrepancy_responses: tuple[DiscrepancyResponse, ...] = ()
    order_reference: OrderReference | None = None
    billing_references: tuple[BillingReference, ...] = ()
    additional_document_references: tuple[DocumentReference, ...] = ()
    accounting_supplier_party: Party | None = None
    accounting_customer_party: Party | None = None
    payment_means: tuple[PaymentMeans, ...] = ()
    payment_exchange_rate: ExchangeRate | None = None
    prepaid_payments: tuple[PrepaidPayment, ...] = ()
    allowance_charges: tuple[AllowanceCharge, ...] = ()
    tax_totals: tuple[TaxTotal, ...] = ()
    withholding_tax_totals: tuple[TaxTotal, ...] = ()
    legal_monetary_total: MonetaryTotal | None = None
    lines: tuple[Line, ...] = ()
    foreign_currencies: tuple[ForeignCurrency, ...] = ()

    @property
    def invoice_control(self) -> InvoiceControl | None:
        """The authorisation of the document's numbers."""
        return self.dian_extensions.invoice_control if self.dian_extensions else None
