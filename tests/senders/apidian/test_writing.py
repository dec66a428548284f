"""The canonical body of a Document that no payload was read from."""

import pytest

from cuadre.engine.model.document import Document
from cuadre.senders.apidian import PROVIDER

from .bodies import OWN, Body, load, own, read


def _canonical(name: str) -> Body:
    return load(PROVIDER.write(_without_options(read(own(name)).document)))


def _without_options(document: Document) -> Document:
    return document.model_copy(update={"provider_options": None})


@pytest.mark.parametrize("name", OWN)
def test_a_canonical_body_says_the_same(name: str) -> None:
    """What is written canonically is read as the same Document."""
    document = _without_options(read(own(name)).document)
    assert _without_options(PROVIDER.read(PROVIDER.write(document)).document) == document


def test_canonical_values() -> None:
    """Ids are numbers, amounts are text with their digits, numbers of documents are numbers."""
    body = _canonical("invoice")
    assert (body["prefix"], body["number"], body["type_document_id"]) == ("PRU", 1001, 1)
    assert body["time"] == "09:15:00"
    assert body["tax_totals"][2] == {
        "tax_id": 1,
        "tax_amount": "500.00",
        "percent": "5.00",
        "taxable_amount": "10000.00",
    }
    assert body["customer"]["municipality_id"] == 822
    assert body["allowance_charges"][1]["charge_indicator"] is True
    assert body["legal_monetary_totals"]["pre_paid_amount"] == "1000.00"
    assert "sendmail" not in body


def test_canonical_shapes() -> None:
    """Each kind has the keys of its own lines and totals."""
    assert "requested_monetary_totals" in _canonical("debit_note")
    assert "debit_note_lines" in _canonical("debit_note")
    assert "credit_note_lines" in _canonical("credit_note")
    assert _canonical("support_document")["type_operation_id"] == 23
    assert "seller" in _canonical("support_document")
    assert _canonical("export")["idcurrency"] == 149
    assert _canonical("export")["customer"]["municipality_name"] == "Springfield"
    assert _canonical("health")["health_fields"]["health_type_operation_id"] == 1


@pytest.mark.parametrize(
    ("identity", "prefix", "number"),
    [("PRU7", "PRU", 7), ("7", None, 7), ("A1B007", "A1B", "007"), ("ABC", None, "ABC")],
)
def test_numbers(identity: str, prefix: str | None, number: object) -> None:
    """A number is taken apart where its digits end; one with leading zeros stays text."""
    document = read({"number": 1}).document.model_copy(update={"id": identity, "provider_options": None})
    body = load(PROVIDER.write(document))
    assert (body.get("prefix"), body["number"]) == (prefix, number)


def test_the_object_of_an_aiu_contract_is_written_in_its_own_key() -> None:
    """The phrase that DIAN asks for is the reader's, not the payload's."""
    document = _without_options(read({**own("invoice"), "noteAIU": "Vía de ejemplo"}).document)
    body = load(PROVIDER.write(document))
    assert body["noteAIU"] == "Vía de ejemplo"
    assert body["invoice_lines"][0]["notes"] == "Sin azúcar"
