"""What ``complete`` adds to a document, and that nothing stated changes."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.regimes.co.complete import complete as complete_with
from cuadre.engine.regimes.co.keys import document_key, software_security_code
from cuadre.engine.regimes.co.qr import qr_text
from cuadre.engine.secrets import Secrets
from cuadre.reading import read

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.xml"))
SECRETS = Secrets(technical_key="fc8eac422eba16e22ffd8c6f94b3f40a6e38162c", pin="75315")
_WRONG = Secrets(technical_key="0" * 40, pin="1")


def complete(document: Document, secrets: Secrets | None = None) -> Document:
    """Complete with these secrets, or with none."""
    return complete_with(document, secrets or Secrets())


def _document(**fields: object) -> Document:
    return Document.model_validate({"kind": "invoice", **fields})


def _keyed(**fields: object) -> Document:
    """Make a document that states all that its key needs, but for what ``complete`` adds."""
    party = {"party_tax_schemes": [{"company_id": "990412378", "company_id_scheme_name": "31"}]}
    return _document(
        id="SETP1",
        issue_date="2026-11-20",
        issue_time="10:15:00-05:00",
        legal_monetary_total={"line_extension_amount": "100.00", "payable_amount": "119.00"},
        accounting_supplier_party=party,
        accounting_customer_party=party,
        **fields,
    )


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: str(file.stem))
@pytest.mark.parametrize("secrets", [None, _WRONG])
def test_complete_documents_stay(file: Path, secrets: Secrets | None) -> None:
    """A document that states everything is the same afterwards, whatever the secrets."""
    document = read(file.read_bytes()).document
    assert document is not None
    assert complete(document, secrets) == document


PROFILES = {
    "invoice": ("01", "10", "DIAN 2.1: Factura Electrónica de Venta"),
    "credit_note": ("91", "20", "DIAN 2.1: Nota Crédito de Factura Electrónica de Venta"),
    "debit_note": (None, "30", "DIAN 2.1: Nota Débito de Factura Electrónica de Venta"),
    "equivalent_document": ("20", "10", "DIAN 2.1: Documento Equivalente POS"),
}


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_head(kind: DocumentKind) -> None:
    """Every kind gets the head of its own; environment and currency are those of tests in pesos."""
    document = complete(_document(kind=kind, lines=[{}, {}]))
    assert (document.ubl_version_id, document.profile_execution_id) == ("UBL 2.1", "2")
    assert (document.document_currency_code, document.line_count_numeric) == ("COP", Decimal(2))
    found = (document.type_code, document.customization_id, document.profile_id)
    assert PROFILES.get(kind.value, found) == found
    assert document.profile_id
    assert document.customization_id


STATED: dict[str, Any] = {
    "ubl_version_id": "UBL 2.0",
    "customization_id": "09",
    "profile_id": "otro",
    "profile_execution_id": "1",
    "type_code": "02",
    "document_currency_code": "USD",
    "line_count_numeric": Decimal(7),
    "uuid": "x",
    "uuid_scheme_id": "9",
    "uuid_scheme_name": "otro",
}


@pytest.mark.parametrize("name", STATED)
def test_stated_head_stays(name: str) -> None:
    """What the head states stays, also where it is wrong."""
    assert getattr(complete(_keyed(**{name: STATED[name]}), SECRETS), name) == STATED[name]


def test_lines() -> None:
    """Lines are numbered, and prices have the quantity of the line, unless they state their own."""
    price = {"price_amount": "5"}
    lines = complete(
        _document(
            lines=[
                {"quantity": "2.50", "quantity_unit_code": "KGM", "price": price},
                {"id": "9", "quantity": "3", "price": {**price, "base_quantity": "1"}},
                {"price": price},
                {"quantity": "4"},
            ]
        )
    ).lines
    assert [line.id for line in lines] == ["1", "9", "3", "4"]
    prices = [line.price for line in lines]
    assert [price and price.base_quantity for price in prices] == [Decimal("2.50"), Decimal(1), None, None]
    assert [price and price.base_quantity_unit_code for price in prices] == ["KGM", None, None, None]


def test_names_of_taxes() -> None:
    """Taxes of DIAN's table get their name everywhere; a stated name stays, and others stay without."""
    parts = [{"tax_scheme_id": tax} for tax in ("01", "35", "99")]
    totals = [{"tax_subtotals": [*parts, {"tax_scheme_id": "01", "tax_scheme_name": "I.V.A."}]}]
    fields = {"tax_totals": totals, "withholding_tax_totals": totals}
    document = complete(_document(**fields, lines=[fields]))
    for holder in (document, document.lines[0]):
        for total in (*holder.tax_totals, *holder.withholding_tax_totals):
            names = [part.tax_scheme_name for part in total.tax_subtotals]
            assert names == ["IVA", "ICUI", None, "I.V.A."]


DIGITS = [
    ("31", None, "4"),
    ("31", "", "4"),
    ("31", "9", "9"),
    ("13", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("scheme", "stated", "digit"), DIGITS)
def test_check_digits(scheme: str | None, stated: str | None, digit: str | None) -> None:
    """A NIT gets its check digit wherever it stands; a stated one stays, and other numbers have none."""
    number = {
        f"company_id{end}": v
        for end, v in (("", "800197268"), ("_scheme_name", scheme), ("_scheme_id", stated))
    }
    identification = {name.removeprefix("company_"): value for name, value in number.items()}
    party = {
        "party_tax_schemes": [number],
        "party_legal_entities": [number],
        "party_identifications": [identification],
    }
    document = complete(
        _document(
            accounting_supplier_party=party,
            accounting_customer_party=party,
            dian_extensions={name.replace("company", "provider"): value for name, value in number.items()},
        )
    )
    for one in (document.accounting_supplier_party, document.accounting_customer_party):
        assert one is not None
        assert one.party_tax_schemes[0].company_id_scheme_id == digit
        assert one.party_legal_entities[0].company_id_scheme_id == digit
        assert one.party_identifications[0].id_scheme_id == digit
    assert document.dian_extensions is not None
    assert document.dian_extensions.provider_id_scheme_id == digit


def test_what_is_no_nit() -> None:
    """A number that is called a NIT and is none stays without a check digit."""
    party = {"party_tax_schemes": [{"company_id": "80.0", "company_id_scheme_name": "31"}]}
    document = complete(_document(accounting_customer_party=party))
    assert document.accounting_customer_party is not None
    assert document.accounting_customer_party.party_tax_schemes[0].company_id_scheme_id is None


def test_dian_extensions() -> None:
    """DIAN stands as the authorising body, and the software's code where software and PIN are known."""
    without = complete(_document()).dian_extensions
    assert without is not None
    assert (without.authorization_provider_id, without.authorization_provider_id_scheme_id) == (
        "800197268",
        "4",
    )
    assert (without.invoice_source_country, without.software_security_code) == ("CO", None)
    for stated, code in ((None, software_security_code("soft", "75315", "SETP1")), ("abc", "abc")):
        fields = {"software_id": "soft", "software_security_code": stated}
        dian = complete(_keyed(dian_extensions=fields), SECRETS).dian_extensions
        assert dian is not None
        assert dian.software_security_code == code


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_key(kind: DocumentKind) -> None:
    """With its secret a document gets its key, and the QR text with it; a stated QR text stays."""
    document = complete(_keyed().model_copy(update={"kind": kind}), SECRETS)
    assert document.dian_extensions is not None
    assert document.uuid == document_key(document, SECRETS)
    assert document.uuid_scheme_id == "2"
    assert document.dian_extensions.qr_code == qr_text(document)
    stated = complete(_keyed(dian_extensions={"qr_code": "mine"}), SECRETS).dian_extensions
    assert stated is not None
    assert stated.qr_code == "mine"


@pytest.mark.parametrize("secrets", [None, Secrets(), Secrets(pin="75315"), Secrets(technical_key="short")])
def test_without_key(secrets: Secrets | None) -> None:
    """Without the secret, or with a wrong one, there is no key and nothing that follows from it."""
    document = complete(_keyed(), secrets)
    assert (document.uuid, document.uuid_scheme_id, document.uuid_scheme_name) == (None, None, None)
    assert document.dian_extensions is not None
    assert document.dian_extensions.qr_code is None


def test_twice() -> None:
    """Completing twice changes nothing more, and nothing appears in a document without parts."""
    once = complete(_keyed(lines=[{"quantity": "1", "price": {"price_amount": "2"}}]), SECRETS)
    assert complete(once, _WRONG) == once
    empty = complete(_document())
    assert (empty.accounting_supplier_party, empty.legal_monetary_total, empty.tax_totals) == (None, None, ())
