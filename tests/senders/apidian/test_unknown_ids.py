"""An id that no figure depends on is a finding of its own, and the body is read, judged and written."""

from decimal import Decimal

import pytest

from cuadre.checking import check, fill
from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Finding
from cuadre.engine.secrets import Secrets
from cuadre.rendering import render_document
from cuadre.senders.apidian import PROVIDER
from cuadre.senders.contract import PayloadError, Settings
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.leftovers import left_out

from .bodies import Body, changes, own, put, read

_IDS = [
    ("/type_operation_id", "operations"),
    ("/discrepancyresponsecode", "credit_reasons"),
    ("/customer/type_document_identification_id", "identifications"),
    ("/customer/type_organization_id", "organizations"),
    ("/customer/type_regime_id", "regimes"),
    ("/customer/type_liability_id", "liabilities"),
    ("/customer/municipality_id", "municipalities"),
    ("/customer/country_id", "countries"),
    ("/payment_form/payment_form_id", "payment_forms"),
    ("/payment_form/payment_method_id", "payment_methods"),
    ("/invoice_lines/1/unit_measure_id", "units"),
    ("/invoice_lines/1/type_item_identification_id", "item_identifications"),
    ("/invoice_lines/1/reference_price_id", "reference_prices"),
    ("/customer/tax_id", "taxes"),
    ("/billing_reference/type_document_id", "documents"),
]
_CODE = "CUA301"


def _found(body: Body) -> list[Finding]:
    (report,) = check(write_json(body), today=None).documents
    return [finding for finding in report.findings if finding.code == _CODE]


def _others(body: Body) -> set[tuple[str, str | None]]:
    (report,) = check(write_json(body)).documents
    return {(one.code, one.place.pointer) for one in report.findings if one.code != _CODE}


def _body(pointer: str, identity: object) -> Body:
    """Put an id into the body that has the key, or at a key that it may have."""
    body = own("credit_note" if pointer.startswith(("/discrepancy", "/billing")) else "invoice")
    return put(body, pointer, identity)


@pytest.mark.parametrize(("pointer", "table"), _IDS)
@pytest.mark.parametrize("identity", [99999, "x", 0])
def test_an_unknown_id_is_a_finding(pointer: str, table: str, identity: object) -> None:
    """The finding has the pointer, the id and the table, and nothing else is found at its place."""
    body = _body(pointer, identity)
    (finding,) = _found(body)
    assert (finding.place.pointer, finding.stated, finding.detail) == (pointer, str(identity), table)
    assert finding.severity == "lint"
    assert {place for _, place in _others(body)} - {pointer} == {place for _, place in _others(body)}


@pytest.mark.parametrize(("pointer", "table"), _IDS)
def test_the_figures_are_the_same(pointer: str, table: str) -> None:
    """Totals are computed as if the id were known, and the body comes back as it was."""
    del table
    body = _body(pointer, 99999)
    known = own("credit_note" if pointer.startswith(("/discrepancy", "/billing")) else "invoice")
    figures = [
        fill(read(one).document).legal_monetary_total.payable_amount  # type: ignore[union-attr]
        for one in (body, known)
    ]
    assert figures[0] == figures[1] is not None
    assert isinstance(figures[0], Decimal)
    assert changes(body) == {}


def test_known_ids_are_no_finding() -> None:
    """A body with the installation's ids has none."""
    assert [found for name in ("invoice", "credit_note") for found in _found(own(name))] == []


def test_a_code_instead_of_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """DIAN's code where the id belongs is told with the id that has it, in both languages."""
    monkeypatch.delenv("CUADRE_APIDIAN_TABLES")
    body = {**own("credit_note"), "customer": {"municipality_id": 5001}}
    (finding,) = read(body).unknown
    assert finding.expected == "1 (05001)"
    assert finding.message("en").endswith("did you mean 1 (05001)?")
    assert finding.message("es").endswith("¿quiso decir 1 (05001)?")


def test_it_is_left_out_of_ubl_and_named() -> None:
    """A conversion names the id that it leaves out."""
    document = read(put(own("invoice"), "/customer/municipality_id", 99999)).document
    named = [path for one in left_out(document, "ubl") for path in one.paths]
    assert "customer.municipality_id" in named


def test_nothing_is_rendered_without_its_code() -> None:
    """UBL for sending needs the code; no default takes its place."""
    data = write_json(put(own("invoice"), "/type_operation_id", 99999))
    with pytest.raises(CuadreError) as caught:
        render_document(data, Secrets(), as_stated=True)
    assert caught.value.detail["pointer"] == "/type_operation_id"


@pytest.mark.parametrize(
    ("name", "pointer"),
    [("invoice", "/type_operation_id"), ("health", "/health_fields/health_type_operation_id")],
)
def test_nothing_is_sent_without_its_operation(name: str, pointer: str) -> None:
    """The address depends on the operation, so none is guessed; other unknown ids go out as they came."""
    document = read(put(own(name), pointer, 99999)).document
    with pytest.raises(PayloadError) as caught:
        PROVIDER.send_request(document, Settings("https://x.example/api"))
    assert caught.value.detail["pointer"] == pointer
    other = read(put(own(name), "/customer/municipality_id", 99999)).document
    request = PROVIDER.send_request(other, Settings("https://x.example/api"))
    assert b'"municipality_id":99999' in request.body.replace(b" ", b"")
