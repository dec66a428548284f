"""Where a finding stands, in the payload's own names and lines."""

import json

import pytest

from cuadre.engine.findings import Severity
from cuadre.engine.model.scalars import Path
from cuadre.senders.apidian import PROVIDER

from .bodies import FOLDER, findings, own, read

_PLACES: list[tuple[str, Path, str]] = [
    ("invoice", (), ""),
    ("invoice", ("id",), "/number"),
    ("invoice", ("issue_date",), "/date"),
    ("invoice", ("legal_monetary_total",), "/legal_monetary_totals"),
    ("invoice", ("legal_monetary_total", "payable_amount"), "/legal_monetary_totals/payable_amount"),
    ("invoice", ("legal_monetary_total", "prepaid_amount"), "/legal_monetary_totals/pre_paid_amount"),
    ("invoice", ("legal_monetary_total", "payable_rounding_amount"), "/legal_monetary_totals"),
    ("debit_note", ("legal_monetary_total", "payable_amount"), "/requested_monetary_totals/payable_amount"),
    ("invoice", ("tax_totals", 0, "tax_amount"), "/tax_totals"),
    ("invoice", ("tax_totals", 0, "tax_subtotals", 1, "tax_amount"), "/tax_totals/2/tax_amount"),
    ("invoice", ("tax_totals", 1, "tax_amount"), "/tax_totals/1/tax_amount"),
    ("invoice", ("tax_totals", 2, "tax_subtotals", 0, "per_unit_amount"), "/tax_totals/3/per_unit_amount"),
    ("invoice", ("withholding_tax_totals", 0, "tax_amount"), "/with_holding_tax_total/0/tax_amount"),
    ("invoice", ("allowance_charges", 1, "amount"), "/allowance_charges/1/amount"),
    ("invoice", ("prepaid_payments", 0, "paid_amount"), "/prepaid_payment/paidamount"),
    ("health", ("prepaid_payments", 0, "paid_amount"), "/prepaid_payments/0/paidamount"),
    ("invoice", ("payment_means", 0, "payment_due_date"), "/payment_form/payment_due_date"),
    ("support_document", ("payment_means", 0, "id"), "/payment_form/0/payment_form_id"),
    ("invoice", ("lines", 1, "line_extension_amount"), "/invoice_lines/1/line_extension_amount"),
    ("invoice", ("lines", 1, "price", "price_amount"), "/invoice_lines/1/price_amount"),
    (
        "invoice",
        ("lines", 1, "allowance_charges", 0, "amount"),
        "/invoice_lines/1/allowance_charges/0/amount",
    ),
    ("invoice", ("lines", 0, "item", "description", 0), "/invoice_lines/0/description"),
    (
        "credit_note",
        ("lines", 0, "tax_totals", 0, "tax_amount"),
        "/credit_note_lines/0/tax_totals/0/tax_amount",
    ),
    ("export", ("payment_exchange_rate", "calculation_rate"), "/calculationrate"),
    (
        "invoice",
        ("accounting_customer_party", "party_tax_schemes", 0, "company_id_scheme_id"),
        "/customer/dv",
    ),
    ("support_document", ("accounting_supplier_party", "party_names"), "/seller/name"),
    (
        "credit_note",
        ("billing_references", 0, "invoice_document_reference", "uuid"),
        "/billing_reference/uuid",
    ),
    ("credit_note", ("discrepancy_responses", 0, "response_code"), "/discrepancyresponsecode"),
]


@pytest.mark.parametrize(("name", "path", "pointer"), _PLACES)
def test_pointers(name: str, path: Path, pointer: str) -> None:
    """A path of the Document has the pointer of the value that it was read from."""
    assert read(own(name)).source.place(path).pointer == pointer


def test_lines() -> None:
    """A place has the line of the file, and the file's name."""
    data = (FOLDER / "invoice.json").read_bytes()
    place = PROVIDER.read(data, "f.json").source.place(("legal_monetary_total", "payable_amount"))
    assert place.line is not None
    assert b'"payable_amount": "44832.00"' in data.splitlines()[place.line - 1]
    assert place.file == "f.json"


def test_every_figure_of_the_document_has_its_own_place() -> None:
    """Whatever amount a Document states, its pointer leads to a value with those digits."""
    body = own("invoice")
    reading = read(body)
    plain = json.loads(reading.document.model_dump_json(exclude={"provider_options"}, exclude_none=True))
    waiting: list[tuple[Path, object]] = [
        (("legal_monetary_total",), plain["legal_monetary_total"]),
        (("lines",), plain["lines"]),
    ]
    seen = 0
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), inner) for index, inner in enumerate(value)]
        elif str(path[-1]).endswith(("_amount", "percent", "quantity", "measure", "numeric")):
            place = reading.source.place(path)
            found: object = body
            for step in (place.pointer or "").split("/")[1:]:
                found = found[int(step)] if isinstance(found, list) else found[step]  # type: ignore[index]
            assert str(found) == str(value), path
            seen += 1
    assert seen == 42


def test_the_arithmetic_of_a_price_with_taxes() -> None:
    """The line is a remark, the price is named as one with taxes, and nothing is for rejection."""
    found = {
        (finding.rule, finding.severity, finding.place.pointer) for finding in findings(own("credit_note"))
    }
    line = "/credit_note_lines/0"
    assert ("CUA101", Severity.LINT, f"{line}/price_amount") in found
    assert ("AV06", Severity.NOTIFY, f"{line}/line_extension_amount") in found
    assert [rule for rule, severity, _ in found if severity is Severity.REJECT] == []


@pytest.mark.parametrize("name", ["invoice", "debit_note", "support_document", "export", "health"])
def test_the_other_bodies_add_up(name: str) -> None:
    """Nothing is for rejection in the own bodies that add up."""
    assert [finding for finding in findings(own(name)) if finding.severity is Severity.REJECT] == []
