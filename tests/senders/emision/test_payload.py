"""A body becomes a Document and comes back as it was."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.engine.errors import CuadreError, DocumentError
from cuadre.engine.model.document import (
    Document,
    DocumentKind,
    MonetaryTotal,
    TaxSubtotal,
    TaxTotal,
)
from cuadre.engine.model.references import BillingReference, DocumentReference
from cuadre.senders.contract import PayloadError
from cuadre.senders.emision import PROVIDER

from .bodies import FIXTURES, PROPERTY, body, changed, exact, value


@pytest.fixture
def water() -> Document:
    """Read the body in the documented spelling."""
    return PROVIDER.read(body("water")).document


@pytest.mark.parametrize("name", FIXTURES)
def test_round_trip(name: str) -> None:
    """A body comes back with every value, its type and its digits."""
    data = body(name)
    assert exact(PROVIDER.write(PROVIDER.read(data).document)) == exact(data)


@pytest.mark.parametrize("name", FIXTURES)
def test_round_trip_through_the_model(name: str) -> None:
    """What is kept survives a Document that is written as JSON and read again."""
    text = PROVIDER.read(body(name)).document.model_dump_json()
    assert exact(PROVIDER.write(Document.model_validate_json(text))) == exact(body(name))


def test_head(water: Document) -> None:
    """Kind, number, dates and codes are DIAN's own."""
    assert (water.kind, water.type_code, water.customization_id) == (
        DocumentKind.EQUIVALENT_DOCUMENT,
        "60",
        "601",
    )
    assert (water.id, water.issue_date, water.issue_time) == (
        "ACU4410",
        dt.date(2026, 11, 3),
        "08:15:00-05:00",
    )
    assert (water.due_date, water.tax_point_date) == (dt.date(2026, 11, 20), dt.date(2026, 11, 18))
    assert water.note == ("Periodo de octubre", "Pague antes del corte")
    control = water.invoice_control
    assert control is not None
    assert (control.invoice_authorization, control.prefix) == ("18764000001234", "ACU")


def test_parties(water: Document) -> None:
    """The customer and the issuer are read from their flat objects."""
    customer, supplier = water.accounting_customer_party, water.accounting_supplier_party
    assert customer is not None
    assert supplier is not None
    scheme = customer.party_tax_schemes[0]
    assert (scheme.company_id, scheme.company_id_scheme_id, scheme.company_id_scheme_name) == (
        "900765432",
        "1",
        "31",
    )
    assert (scheme.registration_name, customer.party_names) == ("Cafetería La Ribera SAS", ("La Ribera",))
    assert (scheme.tax_level_code, scheme.tax_level_code_list_name, scheme.tax_scheme_id) == (
        "R-99-PN",
        "48",
        "01",
    )
    assert customer.physical_location is not None
    assert customer.physical_location.id == "05001"
    assert (supplier.company_id, supplier.party_names) == ("900123456", ("Caudales",))


def test_taxes_are_grouped(water: Document) -> None:
    """Entries of one tax become one TaxTotal with a subtotal for each rate."""
    totals = [(total.tax_scheme_id, total.tax_amount, total.rounding_amount) for total in water.tax_totals]
    assert totals == [("01", Decimal("2000.00"), Decimal("0.04")), ("22", Decimal("66.0"), None)]
    assert [part.percent for part in water.tax_totals[0].tax_subtotals] == [Decimal("19.00"), Decimal(5)]
    assert [total.tax_scheme_id for total in water.withholding_tax_totals] == ["05", "06"]
    assert [total.tax_scheme_id for total in water.lines[0].withholding_tax_totals] == ["06"]


def test_references_and_money(water: Document) -> None:
    """References, period, rate, prepayments, discounts and totals have fields of the model."""
    notes = [
        (one.credit_note_document_reference or one.debit_note_document_reference)
        for one in water.billing_references
    ]
    assert [note.id for note in notes if note] == ["NC12", "ND3", "ND4"]
    rate, order, total = water.payment_exchange_rate, water.order_reference, water.legal_monetary_total
    assert rate is not None
    assert order is not None
    assert total is not None
    assert (rate.source_currency_code, rate.target_currency_code, rate.calculation_rate) == (
        "COP",
        "USD",
        Decimal("4012.55"),
    )
    assert (order.id, total.prepaid_amount, total.payable_rounding_amount) == (
        "OC-77",
        Decimal(1000),
        Decimal(0),
    )
    assert (water.invoice_periods[0].end_date, water.prepaid_payments[0].id) == (
        dt.date(2026, 10, 31),
        "RC-5",
    )
    assert [(one.is_charge, one.allowance_charge_reason_code) for one in water.allowance_charges] == [
        (False, "09"),
        (True, None),
    ]
    assert [one.payment_means_code for one in water.payment_means] == ["47", "10"]


def test_lines(water: Document) -> None:
    """A line has its position as its id, its texts apart, and a free one its reference price."""
    first, second = water.lines
    assert first.item is not None
    assert (first.id, first.item.description, first.note) == (
        "1",
        ("Agua potable", "Consumo de octubre"),
        ("Lectura real",),
    )
    assert second.pricing_reference is not None
    assert (second.pricing_reference.price_type_code, second.pricing_reference.price_amount) == (
        "01",
        Decimal(2000),
    )


def test_codes_as_numbers() -> None:
    """A code that is a number has the zeros that it lost; an obsolete payment form is read."""
    document = PROVIDER.read(body("gas")).document
    customer = document.accounting_customer_party
    assert customer is not None
    assert customer.physical_location is not None
    assert customer.physical_location.id == "05001"
    assert (document.id, document.tax_totals[0].tax_scheme_id) == ("GAS00072", "01")
    assert (document.payment_means[0].id, document.payment_means[0].payment_means_code) == ("1", "10")
    assert document.tax_totals[0].tax_subtotals[0].taxable_amount == Decimal("41200.5")


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("payment_forms", [{"payment_form_code": "2"}]),
        ("payment_forms", {"payment_form_code": "2"}),
        ("payment_form", [{"payment_form_code": "2"}]),
        ("payment_form", {"payment_form_code": "2"}),
    ],
)
def test_payment_forms(key: str, given: object) -> None:
    """Means of payment are read and written back under either key, as a list or as one object."""
    data = json.dumps({"document_type_code": "60", key: given}).encode()
    document = PROVIDER.read(data).document
    assert [one.id for one in document.payment_means] == ["2"]
    corrected = document.model_copy(
        update={"payment_means": (document.payment_means[0].model_copy(update={"id": "1"}),)}
    )
    assert exact(PROVIDER.write(document)) == exact(data)
    assert value(PROVIDER.write(corrected))[key] == value(data.replace(b'"2"', b'"1"'))[key]


def test_places() -> None:
    """A place names the body's own keys and the line of the file; a tax is found where it was."""
    source = PROVIDER.read(body("water"), "water.json").source
    payable = source.place(("legal_monetary_total", "payable_amount"))
    assert (payable.pointer, payable.file, payable.line) == (
        "/legal_monetary_totals/payable_amount",
        "water.json",
        121,
    )
    path = ("tax_totals", 0, "tax_subtotals", 1, "tax_amount")
    assert source.place(path).pointer == "/tax_totals/2/tax_amount"
    rate = ("billing_references", 2, "debit_note_document_reference", "uuid")
    assert source.place(rate).pointer == "/debit_note_document_references/1/uuid"


def test_correction_is_written(water: Document) -> None:
    """A figure that was corrected is written, and nothing else changes."""
    total = water.legal_monetary_total
    assert total is not None
    total = total.model_copy(update={"payable_amount": Decimal("14266.51")})
    written = value(PROVIDER.write(water.model_copy(update={"legal_monetary_total": total})))
    expected = value(body("water"))
    expected["legal_monetary_totals"]["payable_amount"] = Decimal("14266.51")
    assert written == expected


def test_write_without_reading() -> None:
    """A Document that was never a body is written with the documented names and types."""
    document = Document(
        kind=DocumentKind.EQUIVALENT_DOCUMENT,
        type_code="60",
        id="SP0012",
        tax_totals=(
            TaxTotal(
                tax_amount=Decimal("19.00"),
                rounding_amount=Decimal("0.01"),
                tax_subtotals=(
                    TaxSubtotal(tax_amount=Decimal("9.50"), tax_scheme_id="01"),
                    TaxSubtotal(tax_amount=Decimal("9.5"), tax_scheme_id="01"),
                ),
            ),
        ),
        legal_monetary_total=MonetaryTotal(payable_amount=Decimal(5)),
    )
    assert value(PROVIDER.write(document)) == {
        "prefix": "SP",
        "number": "0012",
        "document_type_code": "60",
        "tax_totals": [
            {"tax_amount": Decimal("9.50"), "tax_code": "01", "rounding_amount": Decimal("0.01")},
            {"tax_amount": Decimal("9.5"), "tax_code": "01"},
        ],
        "legal_monetary_totals": {"payable_amount": 5},
    }


_REFERENCE = BillingReference(invoice_document_reference=DocumentReference(id="F1"))


@pytest.mark.parametrize(
    ("update", "pointer"),
    [
        ({"kind": DocumentKind.CREDIT_NOTE, "type_code": "91"}, "/document_type_code"),
        ({"type_code": "01"}, "/document_type_code"),
        ({"tax_totals": (TaxTotal(tax_amount=Decimal(1)),)}, "/tax_totals"),
        ({"billing_references": (_REFERENCE,)}, "/invoice_document_references/0"),
    ],
)
def test_cannot_hold(water: Document, update: dict[str, Any], pointer: str) -> None:
    """What the body has no place for is refused, with the place."""
    with pytest.raises(PayloadError) as caught:
        PROVIDER.write(water.model_copy(update=update))
    assert caught.value.detail["pointer"] == pointer


@pytest.mark.parametrize(
    ("key", "wrong", "pointer"),
    [
        ("document_type_code", "91", "/document_type_code"),
        ("date", "03/11/2026", "/date"),
        ("invoice_lines", ["agua"], "/invoice_lines/0"),
        ("legal_monetary_totals", {"payable_amount": "1,000.00"}, "/legal_monetary_totals/payable_amount"),
        ("tax_totals", [{"tax_amount": True}], "/tax_totals/0/tax_amount"),
        ("customer", "Marta", "/customer"),
    ],
)
def test_wrong_value(key: str, wrong: object, pointer: str) -> None:
    """A value of another kind is refused, with the place."""
    with pytest.raises(PayloadError) as caught:
        PROVIDER.read(changed("water", lambda tree: tree.update({key: wrong})))
    assert caught.value.detail["pointer"] == pointer


@pytest.mark.parametrize("data", [b"", b"<html>", b"{", b'{"a": 1, "a": 2}', b"\xff{}", b'{"number": NaN}'])
def test_not_json(data: bytes) -> None:
    """What is no JSON is an error of cuadre."""
    with pytest.raises(CuadreError):
        PROVIDER.read(data)


def test_not_utf8() -> None:
    """Bytes that are no text are no document."""
    with pytest.raises(DocumentError):
        PROVIDER.read(b'{"prefix": "\xf1"}')


_AMOUNT = st.one_of(
    st.integers(-(10**6), 10**9),
    st.decimals(-(10**6), 10**9, places=3).map(float),
    st.decimals(0, 10**6, places=2).map(str),
    st.none(),
)
_CODE = st.one_of(st.integers(0, 999), st.sampled_from(["01", "05", "94", "MTQ", "ZZ", ""]), st.none())
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
_ANY = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-99, 99),
        st.integers(-99, 99).map(lambda hundredths: hundredths / 100),
        _TEXT,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("abc"), inner, max_size=2)
    ),
    max_leaves=4,
)


def _object(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={**fields, "unknown": _ANY})


_TAX = _object(
    tax_code=_CODE, percent=_AMOUNT, tax_amount=_AMOUNT, taxable_amount=_AMOUNT, rounding_amount=_AMOUNT
)
_TAXES = st.one_of(st.lists(_TAX, max_size=4), st.none())
_NOTES = st.lists(_object(text=_TEXT), max_size=2)
_MEANS = _object(payment_form_code=_CODE, payment_method_code=_CODE, duration_measure=_ANY)
_LINE = _object(
    invoiced_quantity=_AMOUNT,
    unit_measure_code=_CODE,
    price_amount=_AMOUNT,
    reference_price_code=_CODE,
    description=_TEXT,
    code=_CODE,
    tax_totals=_TAXES,
    withholding_tax_totals=_TAXES,
    notes=_NOTES,
    free_of_charge_indicator=st.one_of(st.booleans(), st.sampled_from(["true", "0", 1])),
)
_BODY = _object(
    number=st.one_of(st.integers(0, 10**9), st.from_regex("[0-9]{1,6}", fullmatch=True)),
    prefix=st.sampled_from(["", "A", "A1", "SP ", None]),
    resolution_number=st.one_of(st.integers(0, 10**14), st.none()),
    document_type_code=st.sampled_from([60, "60", 1, "20", None]),
    operation_type_code=_CODE,
    identification_number=st.one_of(st.integers(0, 10**10), st.sampled_from(["007", "900"])),
    notes=_NOTES,
    time=st.sampled_from(["10:00:00", "10:00:00-05:00", "9:05", None]),
    customer=_object(name=_TEXT, trade_name=_TEXT, municipality_code=_CODE, dv=_CODE, email=_TEXT),
    branch_office=_object(name=_TEXT, trade_name=_TEXT, address=_TEXT),
    payment_forms=st.one_of(_MEANS, st.lists(_MEANS, max_size=2)),
    payment_form=st.one_of(_MEANS, st.lists(_MEANS, max_size=2), st.none()),
    tax_totals=_TAXES,
    withholding_tax_totals=_TAXES,
    legal_monetary_totals=_object(payable_amount=_AMOUNT, prepaid_total_amount=_AMOUNT),
    invoice_lines=st.one_of(st.lists(_LINE, max_size=2), _LINE),
    spd_extensions=_ANY,
)


@PROPERTY
@given(_BODY.map(lambda tree: {"number": 1, **tree}))
def test_any_body_comes_back(tree: dict[str, Any]) -> None:
    """Whatever a body says, and in whatever style, it comes back with its types and digits."""
    data = json.dumps(tree).encode()
    assert exact(PROVIDER.write(PROVIDER.read(data).document)) == exact(data)
