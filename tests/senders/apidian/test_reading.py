"""What a body says becomes the Document's own words."""

import datetime as dt
from decimal import Decimal

import pytest

from cuadre.engine.errors import DocumentError
from cuadre.engine.model.document import DocumentKind
from cuadre.senders.apidian import PROVIDER

from .bodies import Body, document, own, read

_KINDS = [
    (1, "01", DocumentKind.INVOICE),
    (2, "02", DocumentKind.INVOICE),
    (3, "03", DocumentKind.INVOICE),
    (12, "04", DocumentKind.INVOICE),
    (4, "91", DocumentKind.CREDIT_NOTE),
    (5, None, DocumentKind.DEBIT_NOTE),
    (11, "05", DocumentKind.SUPPORT_DOCUMENT),
    (13, "95", DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT),
    (15, "20", DocumentKind.EQUIVALENT_DOCUMENT),
    (24, "60", DocumentKind.EQUIVALENT_DOCUMENT),
    (25, "93", DocumentKind.EQUIVALENT_DOCUMENT_DEBIT_NOTE),
    (26, "94", DocumentKind.EQUIVALENT_DOCUMENT_CREDIT_NOTE),
]


@pytest.mark.parametrize(("identity", "code", "kind"), _KINDS)
def test_kinds(identity: int, code: str | None, kind: DocumentKind) -> None:
    """The id of the type decides the kind, as a number and as text."""
    for spelling in (identity, str(identity)):
        found = read({"type_document_id": spelling}).document
        assert (found.kind, found.type_code) == (kind, code)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"invoice_lines": []}, DocumentKind.INVOICE),
        ({"credit_note_lines": []}, DocumentKind.CREDIT_NOTE),
        ({"credit_note_lines": [], "is_eqdoc": "true"}, DocumentKind.EQUIVALENT_DOCUMENT_CREDIT_NOTE),
        ({"credit_note_lines": [], "seller": {}}, DocumentKind.SUPPORT_DOCUMENT_ADJUSTMENT),
        ({"debit_note_lines": []}, DocumentKind.DEBIT_NOTE),
        ({"debit_note_lines": [], "is_eqdoc": True}, DocumentKind.EQUIVALENT_DOCUMENT_DEBIT_NOTE),
        ({"requested_monetary_totals": {}}, DocumentKind.DEBIT_NOTE),
        ({"seller": {}}, DocumentKind.SUPPORT_DOCUMENT),
    ],
)
def test_kinds_without_a_type(body: Body, kind: DocumentKind) -> None:
    """Without a type the names of lines and totals decide."""
    assert read(body).document.kind is kind


def test_head() -> None:
    """Number, date, time, currency and resolution of an invoice."""
    found = document("invoice")
    assert found.id == "PRU1001"
    assert found.issue_date == dt.date(2026, 3, 2)
    assert found.issue_time == "09:15:00-05:00"
    assert found.document_currency_code == "COP"
    assert found.note == ("Pedido 77",)
    assert found.invoice_control is not None
    assert (found.invoice_control.invoice_authorization, found.invoice_control.prefix) == (
        "18760000009",
        "PRU",
    )
    assert document("debit_note").issue_time == "11:30:00-05:00"


def test_customer() -> None:
    """A customer's ids become DIAN's codes."""
    party = document("invoice").accounting_customer_party
    assert party is not None
    scheme = party.party_tax_schemes[0]
    assert (scheme.company_id, scheme.company_id_scheme_id, scheme.company_id_scheme_name) == (
        "900555444",
        "3",
        "31",
    )
    assert (scheme.tax_level_code, scheme.tax_level_code_list_name) == ("R-99-PN", "48")
    assert party.additional_account_id == "1"
    assert party.physical_location is not None
    assert party.physical_location.id == "63130"
    assert party.contact is not None
    assert party.contact.electronic_mail == "compras@tuerca.example"


def test_the_seller_of_a_support_document_is_the_supplier() -> None:
    """Who sells without invoices is UBL's supplier; the account, which buys, is not in the body."""
    found = document("support_document")
    assert found.accounting_customer_party is None
    assert found.accounting_supplier_party is not None
    assert found.accounting_supplier_party.company_id == "1030555666"
    assert found.customization_id == "10"
    assert found.payment_means[0].id == "2"


def test_taxes_are_put_together_by_tax() -> None:
    """Entries of one tax are the subtotals of one TaxTotal, whose amount is their sum."""
    totals = document("invoice").tax_totals
    assert [(total.tax_scheme_id, total.tax_amount, len(total.tax_subtotals)) for total in totals] == [
        ("01", Decimal("2400.00"), 2),
        ("04", Decimal("800.00"), 1),
        ("22", Decimal("132.00"), 1),
    ]
    bags = totals[2].tax_subtotals[0]
    assert (bags.per_unit_amount, bags.base_unit_measure, bags.base_unit_measure_unit_code) == (
        Decimal("66.00"),
        Decimal("2.00"),
        "94",
    )
    assert bags.percent is None


def test_withholdings() -> None:
    """Withholdings have their own place."""
    (withheld,) = document("invoice").withholding_tax_totals
    assert (withheld.tax_scheme_id, withheld.tax_amount) == ("06", Decimal("250.00"))


def test_line() -> None:
    """A line with all that it can say."""
    line = document("invoice").lines[0]
    assert (line.id, line.quantity, line.quantity_unit_code) == ("1", Decimal(2), "94")
    assert line.free_of_charge_indicator == "false"
    assert line.price is not None
    assert (line.price.price_amount, line.price.base_quantity) == (Decimal("5000.00"), Decimal(2))
    assert line.item is not None
    assert line.item.description == ("Torta entera",)
    assert (line.item.brand_name, line.item.model_name) == (("Trigal",), ("Grande",))
    assert line.item.standard_item_identification is not None
    assert line.item.standard_item_identification.id_scheme_id == "999"
    assert line.item.sellers_item_identification is not None
    assert line.item.sellers_item_identification.id == "T-01"
    assert line.note == ("Sin azúcar",)


def test_a_free_item_has_a_reference_price() -> None:
    """The reference price is the line's own price."""

    def free(body: Body) -> None:
        body["invoice_lines"][0] |= {"free_of_charge_indicator": "true", "reference_price_id": "1"}

    line = document("invoice", free).lines[0]
    assert line.free_of_charge_indicator == "true"
    assert line.pricing_reference is not None
    assert line.pricing_reference.price_type_code == "01"
    assert line.pricing_reference.price_amount == Decimal("5000.00")


def test_allowances_and_prepayments() -> None:
    """Discounts, charges and prepayments; a boolean as text is understood."""
    found = document("invoice")
    assert [(part.is_charge, part.allowance_charge_reason_code) for part in found.allowance_charges] == [
        (False, "01"),
        (True, None),
    ]
    assert found.prepaid_payments[0].paid_amount == Decimal("1000.00")
    assert found.prepaid_payments[0].received_date == dt.date(2026, 3, 1)
    assert found.legal_monetary_total is not None
    assert found.legal_monetary_total.prepaid_amount == Decimal("1000.00")


def test_currency() -> None:
    """Either key of the currency, and the rate beside it."""

    def other_key(body: Body) -> None:
        body["currency_id"] = body.pop("idcurrency")

    for found in (document("export"), document("export", other_key)):
        rate = found.payment_exchange_rate
        assert found.document_currency_code == "USD"
        assert rate is not None
        assert (rate.calculation_rate, rate.date) == (Decimal("4012.35"), dt.date(2026, 5, 10))
        assert (rate.source_currency_code, rate.target_currency_code) == ("USD", "COP")


def test_note() -> None:
    """A note says what it corrects and why."""
    found = document("credit_note")
    reference = found.billing_references[0].invoice_document_reference
    assert reference is not None
    assert (reference.id, reference.uuid) == ("PRU1001", "ab" * 48)
    assert found.discrepancy_responses[0].response_code == "3"
    assert found.discrepancy_responses[0].description == ("Rebaja acordada",)


def test_health() -> None:
    """The health sector's operation and period."""
    found = document("health")
    assert found.customization_id == "SS-CUFE"
    assert found.invoice_periods[0].start_date == dt.date(2026, 6, 1)


def test_aiu() -> None:
    """The object of an AIU contract is a note of the first line, and goes back where it was."""

    def aiu(body: Body) -> None:
        body["noteAIU"] = "Vía de ejemplo"

    found = document("invoice", aiu)
    assert found.customization_id == "09"
    assert found.lines[0].note == ("Contrato de servicios AIU por concepto de: Vía de ejemplo", "Sin azúcar")


def test_mandate() -> None:
    """A line with a principal is marked in a mandate, and so is one without."""

    def mandate(body: Body) -> None:
        body["invoice_lines"][1]["agentparty"] = 900555444

    found = document("invoice", mandate)
    assert found.customization_id == "11"
    assert [(line.attributes or {})["id"]["schemeID"] for line in found.lines] == ["0", "1", "0", "0"]


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b'{"legal_monetary_totals":{},"type_document_id":1}', True),
        (b'\xef\xbb\xbf {"unit_measure_id":1,"requested_monetary_totals":{}}', True),
        (b'{"legal_monetary_totals":{},"unit_measure_code":"94"}', False),
        (b'{"kind":"invoice"}', False),
        (b"<Invoice/>", False),
        (b"", False),
    ],
)
def test_recognises(data: bytes, answer: object) -> None:
    """Totals and ids are the mark of apidian; codes are another provider's."""
    assert PROVIDER.recognises(data) is answer


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe{", b'{"a":1,"a":2}', b"[" * 100_000])
def test_what_is_no_json_is_a_document_error(data: bytes) -> None:
    """Text that is no JSON is refused without a traceback."""
    with pytest.raises(DocumentError):
        PROVIDER.read(data)


def test_a_byte_order_mark_is_taken_off() -> None:
    """A file that begins with a byte order mark is read."""
    assert PROVIDER.read(b'\xef\xbb\xbf{"number": 3}').document.id == "3"
    assert own("invoice")["number"] == 1001
