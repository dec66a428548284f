"""The support document that the tests send, of invented companies, and the answers that come back."""

from pathlib import Path
from typing import Any

from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.keys import document_key
from cuadre.engine.secrets import Secrets
from cuadre.senders.contract import Response

FOLDER = Path(__file__).parent / "fixtures"
MAPPING = FOLDER / "lines.csv"
PIN = "75315"
_COMPANY = {
    "additional_account_id": "1",
    "party_tax_schemes": [
        {
            "registration_name": "Tostadora La Inventada S.A.S.",
            "company_id": "900373115",
            "company_id_scheme_name": "31",
            "tax_level_code": "O-13",
        }
    ],
    "party_legal_entities": [{"corporate_registration_name": "12345"}],
    "physical_location": {
        "id": "05001",
        "city_name": "Medellín",
        "postal_zone": "050001",
        "country_subentity": "Antioquia",
        "country_subentity_code": "05",
        "address_line": ["Calle Falsa 1-23"],
        "country_identification_code": "CO",
        "country_name": "Colombia",
    },
    "contact": {"name": "Ana Prueba", "telephone": "6040000", "electronic_mail": "ana@inventada.example"},
}
_GROWER = {
    "additional_account_id": "2",
    "party_tax_schemes": [
        {
            "registration_name": "Pedro Inventado & Hijos",
            "company_id": "1020304050",
            "company_id_scheme_name": "13",
            "tax_level_code": "R-99-PN",
        }
    ],
    "physical_location": {"id": "05001", "address_line": ["Vereda El Ensayo"], "postal_zone": "050001"},
}
HEADER: dict[str, Any] = {
    "kind": "support_document",
    "profile_execution_id": "2",
    "customization_id": "10",
    "type_code": "05",
    "id": "DS17",
    "issue_date": "2026-11-20",
    "issue_time": "10:30:00-05:00",
    "due_date": "2026-12-20",
    "note": ["Compra de café", "Segunda nota"],
    "document_currency_code": "COP",
    "line_count_numeric": "0",
    "order_reference": {"id": "OC-9", "issue_date": "2026-11-01"},
    "payment_means": [
        {
            "id": "2",
            "payment_means_code": "10",
            "payment_due_date": "2026-12-20",
            "payment_id": ["1"],
        }
    ],
    "dian_extensions": {
        "provider_id": "900373115",
        "software_id": "11111111-2222-3333-4444-555555555555",
        "invoice_control": {
            "invoice_authorization": "18760000001",
            "start_date": "2026-01-01",
            "end_date": "2027-12-31",
            "prefix": "DS",
            "from_number": "1",
            "to_number": "5000",
        },
    },
    "accounting_supplier_party": _GROWER,
    "accounting_customer_party": _COMPANY,
    "tax_totals": [
        {"tax_amount": "190000.00", "tax_subtotals": [{"tax_scheme_id": "01", "tax_amount": "190000.00"}]}
    ],
    "withholding_tax_totals": [
        {"tax_amount": "28500.00", "tax_subtotals": [{"tax_scheme_id": "05", "tax_amount": "28500.00"}]},
        {"tax_amount": "6900.50", "tax_subtotals": [{"tax_scheme_id": "07", "tax_amount": "6900.50"}]},
        {"tax_amount": "25000.00", "tax_subtotals": [{"tax_scheme_id": "06", "tax_amount": "25000.00"}]},
    ],
    "legal_monetary_total": {
        "line_extension_amount": "1000000.00",
        "tax_inclusive_amount": "1190000.00",
        "allowance_total_amount": "10000.00",
        "charge_total_amount": "2500.00",
        "payable_amount": "1182500.00",
    },
}
LINE: dict[str, Any] = {
    "id": "1",
    "quantity": "100",
    "quantity_unit_code": "KGM",
    "line_extension_amount": "1000000.00",
    "item": {"description": ["Café pergamino"], "sellers_item_identification": {"id": "CAF"}},
    "price": {"price_amount": "10000.00"},
}
RATE = {"tax_scheme_id": "01", "taxable_amount": "1000000.00", "percent": "19", "tax_amount": "190000.00"}


def header(**changes: object) -> Document:
    """Make the document without lines, with its CUDS unless ``uuid`` is changed."""
    document = Document.model_validate({**HEADER, **changes})
    if "uuid" in changes:
        return document
    return document.model_copy(update={"uuid": document_key(document, Secrets(pin=PIN))})


def whole(**changes: object) -> Document:
    """Make the document with a line and the rate of its tax."""
    taxes = [{"tax_amount": "190000.00", "tax_subtotals": [RATE]}]
    return header(lines=[LINE], line_count_numeric="1", tax_totals=taxes, **changes)


def adjustment() -> Document:
    """Make a note on the document."""
    reference = {"id": "DS16", "uuid": "a" * 96, "issue_date": "2026-11-10"}
    return header(
        kind="support_document_adjustment",
        type_code="95",
        discrepancy_responses=[{"reference_id": "DS16", "response_code": "2", "description": ["Anulación"]}],
        billing_references=[{"invoice_document_reference": reference}],
    )


def answered(result: str, status: int = 200) -> Response:
    """Put the inside of a result into an answer of SOAP 1.1."""
    name = "EnviarDocumentoSoporteElectronico"
    text = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<soap:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        f'<{name}Response xmlns="https://factura.ssintegral.com/"><{name}Result>{result}'
        f"</{name}Result></{name}Response></soap:Body></soap:Envelope>"
    )
    return Response(status, {"content-type": "text/xml"}, text.encode())


def of_dian(valid: str, code: str, *messages: str) -> str:
    """Write the nested answer of DIAN."""
    errors = "".join(f"<string>{message}</string>" for message in messages)
    return (
        f"<RespuestaProduccion><ExtensionData /><ErrorMessage>{errors}</ErrorMessage>"
        f"<IsValid>{valid}</IsValid>"
        f"<StatusCode>{code}</StatusCode><StatusDescription>said</StatusDescription>"
        "<XmlBase64Bytes>PGEvPg==</XmlBase64Bytes><XmlDocumentKey>key-of-dian</XmlDocumentKey>"
        "</RespuestaProduccion>"
    )
