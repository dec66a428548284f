"""An Ecuafact invoice both ways: the Document that is read, the places, and the body that comes back."""

from decimal import Decimal

import pytest

from cuadre.engine.errors import CuadreError, DocumentError
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.ec.payments import payment_amounts
from cuadre.senders.contract import PayloadError, Reference, Settings, register
from cuadre.senders.ecuafact import PROVIDER
from cuadre.senders.payloads.json_text import write_json

from .bodies import Body, changes, document, load, own, read

URL = "http://api.ecuafact.example"


def test_is_a_provider() -> None:
    """The provider keeps the contract, and knows its own body at a look."""
    assert register("ecuafact", PROVIDER).name == "ecuafact"
    assert PROVIDER.recognises(write_json(own()))
    assert not PROVIDER.recognises(b'{"kind": "invoice"}')


def test_header() -> None:
    """Dates, money, buyer and totals are where the model has them."""
    found = document()
    assert (found.country, str(found.issue_date), found.document_currency_code) == ("EC", "2026-11-20", "USD")
    assert found.note == ("Entrega en bodega",)
    party, total = found.accounting_customer_party, found.legal_monetary_total
    assert party is not None
    assert party.company_id == "1790000000001"
    assert party.contact is not None
    assert party.contact.telephone == "022000000"
    assert total is not None
    assert [str(value) for value in (total.line_extension_amount, total.charge_total_amount)] == [
        "54.15",
        "4.00",
    ]
    assert total.tax_inclusive_amount == Decimal("61.41")
    assert [str(amount) for _, amount in payment_amounts(found)] == ["30.00", "35.41"]


def test_subtotals_by_rate() -> None:
    """The four subtotals are bases of IVA: taxed, zero, not subject, exempt."""
    parts = document().tax_totals[0].tax_subtotals
    assert [(part.tax_scheme_id, str(part.taxable_amount)) for part in parts] == [
        ("2", "36.40"),
        ("2-0", "12.00"),
        ("2-6", "3.50"),
        ("2-7", "2.25"),
    ]


def test_lines() -> None:
    """Amount is the quantity; taxes are grouped by their code and keep both codes."""
    first, second, *_ = document().lines
    assert (str(first.quantity), str(first.allowance_charges[0].amount)) == ("4.0", "1.10")
    assert first.item is not None
    assert first.item.sellers_item_identification is not None
    assert first.item.sellers_item_identification.id == "CAF-250"
    assert [part.tax_scheme_id for total in second.tax_totals for part in total.tax_subtotals] == [
        "3-3101",
        "2-4",
    ]


def test_short_form_alone() -> None:
    """A line without a list of taxes has the tax of its short form."""
    total = document().lines[4].tax_totals[0]
    assert (total.tax_subtotals[0].tax_scheme_id, total.tax_amount) == ("2-6", Decimal("0.00"))


def test_rate_of_an_amount() -> None:
    """The rate of IRBPNR is an amount for each bottle and no percentage."""

    def bottles(body: Body) -> None:
        tax = {"Code": "5", "PercentageCode": "5001", "Rate": Decimal("0.02"), "TaxValue": Decimal("0.24")}
        body["Details"][0]["Taxes"].append(tax)

    part = document(bottles).lines[0].tax_totals[1].tax_subtotals[0]
    assert (part.per_unit_amount, part.percent) == (Decimal("0.02"), None)


def _old_spelling(body: Body) -> None:
    body["AdditionalFields"] = body.pop("AdditionalFiels")


def _texts(body: Body) -> None:
    body.update({"Total": "65.410", "Unknown": {"a": [1, None]}, "Currency": "dolar"})


def _bare(body: Body) -> None:
    for key in ("Status", "Payments", "Currency", "Tip", "Reason", "AdditionalFiels", "ContributorName"):
        del body[key]


def _odd_taxes(body: Body) -> None:
    body["Details"][1]["Taxes"].append({"Code": "3", "PercentageCode": "1-2", "Rate": 1})
    body["Details"][2]["Taxes"] = []
    body["Details"][3].update({"Taxes": None, "ValueAddedTaxCode": None})


def _no_lines(body: Body) -> None:
    body["Details"] = []


@pytest.mark.parametrize("change", [None, _old_spelling, _texts, _bare, _odd_taxes, _no_lines])
def test_body_comes_back(change: object) -> None:
    """A body is written as it was read, digits and all."""
    assert changes(own(change)) == {}  # type: ignore[arg-type]


def test_additional_fields_in_both_spellings() -> None:
    """Both names of the additional fields are read, as SRI's own elements."""
    for change in (None, _old_spelling):
        carried = next(element for element in document(change).other if element.name == "infoAdicional")
        assert [(one.attributes["nombre"], one.text) for one in carried.children] == [("Pedido", "88")]


def test_changed_figures_are_written() -> None:
    """What was corrected since is written, and the rest stays."""
    found = document(_texts)
    assert found.legal_monetary_total is not None
    total = found.legal_monetary_total.model_copy(update={"payable_amount": Decimal("1.50")})
    changed = found.model_copy(update={"legal_monetary_total": total})
    body = load(PROVIDER.write(changed))
    assert (body["Total"], body["Currency"], body["Unknown"]) == (Decimal("1.50"), "dolar", {"a": [1, None]})


def test_places() -> None:
    """A figure is found by the body's own names, with its line."""
    data = write_json(own())
    source = PROVIDER.read(data, "invoice.json").source
    place = source.place(("lines", 0, "tax_totals", 0, "tax_subtotals", 0, "tax_amount"))
    assert place.pointer == "/Details/0/Taxes/0/TaxValue"
    lines = data.decode().splitlines()
    assert '"TaxValue": 1.71' in lines[(place.line or 1) - 1]
    assert source.place(("tax_totals", 0, "tax_amount")).pointer == "/ValueAddedTax"
    assert source.place(("allowance_charges", 0, "amount")).pointer == "/Tip"


@pytest.mark.parametrize(
    ("key", "value", "pointer"),
    [
        ("IssuedOn", "2026-11-20", "/IssuedOn"),
        ("IssuedOn", "31/02/2026", "/IssuedOn"),
        ("Total", "a lot", "/Total"),
        ("Tip", True, "/Tip"),
        ("Details", "none", "/Details"),
        ("Payments", [1], "/Payments/0"),
    ],
)
def test_wrong_values(key: str, value: object, pointer: str) -> None:
    """A value of another kind is refused at its place."""
    with pytest.raises(PayloadError) as refused:
        read({**own(), key: value})
    assert refused.value.detail["pointer"] == pointer


@pytest.mark.parametrize("data", [b"{", b"\xff", b'{"Total": NaN}', b"[]"])
def test_no_payload(data: bytes) -> None:
    """What is no JSON object is refused."""
    with pytest.raises((DocumentError, PayloadError)):
        PROVIDER.read(data)


def _with(**changes: object) -> Document:
    plain = document().model_dump(exclude={"provider_options"})
    return Document.model_validate({**plain, **changes})


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"kind": "credit_note"}, ""),
        ({"country": "CO"}, ""),
        ({"allowance_charges": [{"charge_indicator": "false", "amount": "1"}]}, "/Tip"),
        ({"withholding_tax_totals": [{"tax_amount": "1"}]}, ""),
        (
            {"tax_totals": [{"tax_amount": "1", "tax_subtotals": [{"tax_scheme_id": "5-5001"}]}]},
            "/ValueAddedTax",
        ),
        ({"legal_monetary_total": {"prepaid_amount": "1"}}, "/Total"),
        (
            {"lines": [{"allowance_charges": [{"charge_indicator": "true", "amount": "1"}]}]},
            "/Details/0/Discount",
        ),
    ],
)
def test_refusals(changes: dict[str, object], pointer: str) -> None:
    """What the format cannot hold is refused, and where it would have stood."""
    with pytest.raises(PayloadError) as refused:
        PROVIDER.write(_with(**changes))
    assert refused.value.detail["pointer"] == pointer


def test_document_of_another_source() -> None:
    """Subtotals are added up from the lines where the heading has SRI's own codes."""
    rates = [{"tax_scheme_id": "2-4", "taxable_amount": "33.40", "tax_amount": "5.01"}]
    given = _with(tax_totals=[{"tax_amount": "5.26", "tax_subtotals": rates}])
    body = load(PROVIDER.write(given))
    names = ("SubtotalVat", "SubtotalVatZero", "SubtotalNotSubject", "SubtotalExempt", "ValueAddedTax")
    assert [str(body[name]) for name in names] == ["36.40", "12.00", "3.50", "2.25", "5.26"]
    assert (body["IssuedOn"], body["Currency"], body["Status"]) == ("20/11/2026", "DOLAR", 1)


def test_send_request() -> None:
    """The body goes to the invoices' address, with a placeholder for the token."""
    request = PROVIDER.send_request(document(), Settings(f"{URL}/"))
    assert (request.method, request.url) == ("POST", f"{URL}/v1/invoice")
    assert request.headers["TokenId"] == "${token}"
    assert load(request.body) == own()


def test_query_request() -> None:
    """A question goes by what Ecuafact gave; the caller's own number may be another invoice's there."""
    asked = PROVIDER.query_request(Reference("A-1", "invoice", track_id="7/8"), Settings(URL))
    assert (asked.method, asked.url) == ("GET", f"{URL}/v1/invoice/7%2F8")
    for reference in (
        Reference("001-002-000000003", "invoice"),
        Reference("A-1", "invoice", key="1" * 49),
    ):
        with pytest.raises(CuadreError):
            PROVIDER.query_request(reference, Settings(URL))
