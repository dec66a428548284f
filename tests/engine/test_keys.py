"""CUFE, CUDE and CUDS: the annex's own examples, what enters the text, and that secrets stay unseen."""

import os
from decimal import Decimal
from hashlib import sha384
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.regimes.co.keys import (
    DocumentKeyError,
    document_key,
    key_scheme,
    key_text,
    software_security_code,
)
from cuadre.engine.secrets import Secrets
from cuadre.reading import read

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("CUADRE_CORPUS") or ROOT.parent / "shared" / "corpus")
TOOLBOX_KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
ANNEX_KEY = "693ff6f2a553c3646a063436fd4dd9ded0311471"
PIN = "75315"


def _party(number: str) -> dict[str, Any]:
    return {"party_tax_schemes": [{"company_id": number}]}


def _taxes(**amounts: str) -> list[dict[str, Any]]:
    """Make one TaxTotal for each ``t01="285000.00"``."""
    return [
        {"tax_amount": amount, "tax_subtotals": [{"tax_scheme_id": name[1:], "tax_amount": amount}]}
        for name, amount in amounts.items()
    ]


def _document(**fields: object) -> Document:
    """Make the document of the annex's CUFE example, with these fields instead of its own."""
    return Document.model_validate(
        {
            "kind": "invoice",
            "type_code": "01",
            "id": "323200000129",
            "issue_date": "2019-01-16",
            "issue_time": "10:53:10-05:00",
            "profile_execution_id": "1",
            "legal_monetary_total": {"line_extension_amount": "1500000.00", "payable_amount": "1785000.00"},
            "tax_totals": _taxes(t01="285000.00", t04="0.00", t03="0.00"),
            "accounting_supplier_party": _party("700085371"),
            "accounting_customer_party": _party("800199436"),
            **fields,
        }
    )


class Vector(NamedTuple):
    """A document whose key is known."""

    document: Document
    secrets: Secrets
    text: str
    """What is hashed."""
    key: str


ANNEX = Vector(
    _document(),
    Secrets(technical_key=ANNEX_KEY),
    "3232000001292019-01-1610:53:10-05:001500000.0001285000.00040.00030.001785000.00"
    f"700085371800199436{ANNEX_KEY}1",
    "8bb918b19ba22a694f1da11c643b5e9de39adf60311cf179179e9b33381030bcd4c3c3f156c506ed5908f9276f5bd9b4",
)
CREDIT_NOTE = Vector(
    _document(
        kind="credit_note",
        type_code="91",
        id="8110007871",
        issue_date="2019-01-12",
        issue_time="07:00:00-05:00",
        legal_monetary_total={"line_extension_amount": "5000.00", "payable_amount": "5950.00"},
        tax_totals=_taxes(t01="950.00"),
        accounting_supplier_party=_party("900373076"),
        accounting_customer_party=_party("8355990"),
    ),
    Secrets(pin="12301"),
    "81100078712019-01-1207:00:00-05:005000.0001950.00040.00030.005950.009003730768355990123011",
    "907e4444decc9e59c160a2fb3b6659b33dc5b632a5008922b9a62f83f757b1c448e47f5867f2b50dbdb96f48c7681168",
)
WITH_ICA = Vector(
    _document(
        kind="credit_note",
        type_code="91",
        id="8110007871",
        issue_date="2019-02-20",
        issue_time="16:46:55-05:00",
        profile_execution_id="2",
        legal_monetary_total={"line_extension_amount": "235.28", "payable_amount": "262.56"},
        tax_totals=_taxes(t01="19.00", t03="8.28"),
        accounting_supplier_party=_party("900373076"),
        accounting_customer_party=_party("8355990"),
    ),
    Secrets(pin="12345"),
    "81100078712019-02-2016:46:55-05:00235.280119.00040.00038.28262.569003730768355990123452",
    "955327eb55f8bdf16d069358a063d87e1577a292cb088ec186ed60bbc38e750b7b3980659b278ead789b95f9c51a9ef7",
)
DEBIT_NOTE = Vector(
    _document(
        kind="debit_note",
        type_code=None,
        id="ND1001",
        issue_date="2019-01-18",
        issue_time="10:58:00-05:00",
        profile_execution_id="2",
        legal_monetary_total={"line_extension_amount": "30000.00", "payable_amount": "32400.00"},
        tax_totals=_taxes(t01="0.00", t04="2400.00", t03="0.00"),
        accounting_supplier_party=_party("900197264"),
        accounting_customer_party=_party("10254102"),
    ),
    Secrets(pin="10201"),
    "ND10012019-01-1810:58:00-05:0030000.00010.00042400.00030.0032400.0090019726410254102102012",
    "3fa73a86d57d9341c536afde1f85c4efd9d4591c2c22bce4dfb0e6b0d2e83b8f047a8bde7098292e9d2493e60d1c31da",
)
TESTS = Vector(
    _document(id="SETP990000002", profile_execution_id="2"),
    Secrets(technical_key=TOOLBOX_KEY),
    "SETP9900000022019-01-1610:53:10-05:001500000.0001285000.00040.00030.001785000.00"
    f"700085371800199436{TOOLBOX_KEY}2",
    "2ef070df615abc116a4667147a52d6bb94d67e78fb5bd32a5c25b7f07fa48bf7a2c888df26ca7a845af2082ad182942c",
)
VECTORS = {
    "annex CUFE": ANNEX,
    "credit note": CREDIT_NOTE,
    "with ICA": WITH_ICA,
    "debit note": DEBIT_NOTE,
    "annex CUFE in tests": TESTS,
}
_LONG = "0123456789abcdef" * 4
_SUPPORT = ("support_document", "support_document_adjustment")
_OTHERS = [kind.value for kind in DocumentKind if kind.value not in {"invoice", *_SUPPORT}]


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_examples_of_the_annex(vector: Vector) -> None:
    """The text of each example and its digest come out."""
    assert key_text(vector.document, vector.secrets) == vector.text
    assert document_key(vector.document, vector.secrets) == vector.key


def test_printed_digest_of_the_debit_note() -> None:
    """The annex prints another digest for its debit note, which its own text does not have."""
    key = document_key(DEBIT_NOTE.document, DEBIT_NOTE.secrets)
    assert not key.startswith("b9483dc2")
    assert not key.endswith("ecd4")
    assert key == sha384(DEBIT_NOTE.text.encode()).hexdigest()


SCHEMES = [
    ("invoice", "01", "CUFE-SHA384", "technical_key"),
    ("invoice", "02", "CUFE-SHA384", "technical_key"),
    ("invoice", "04", "CUFE-SHA384", "technical_key"),
    ("invoice", None, "CUFE-SHA384", "technical_key"),
    ("invoice", "03", "CUDE-SHA384", "pin"),
    *((kind, None, "CUDE-SHA384", "pin") for kind in _OTHERS),
    *((kind, None, "CUDS-SHA384", "pin") for kind in _SUPPORT),
]


@pytest.mark.parametrize(("kind", "type_code", "name", "secret"), SCHEMES)
def test_scheme(kind: str, type_code: str | None, name: str, secret: str) -> None:
    """Kind and type code tell which key it is, and which secret it needs."""
    document = _document(kind=kind, type_code=type_code)
    assert key_scheme(document) == (name, secret)
    given = Secrets(technical_key=TOOLBOX_KEY, pin=PIN)
    value = getattr(given, secret)
    assert key_text(document, given).endswith(f"800199436{value}1")
    assert len(document_key(document, given)) == 96


@pytest.mark.parametrize("kind", _SUPPORT)
def test_support_documents_have_iva_only(kind: str) -> None:
    """The CUDS has the pair of IVA and no other tax, though the document states others."""
    document = _document(kind=kind, tax_totals=_taxes(t01="19.00", t04="8.00", t03="1.00"))
    expected = "3232000001292019-01-1610:53:10-05:001500000.000119.001785000.00700085371800199436753151"
    assert key_text(document, Secrets(pin=PIN)) == expected


def test_missing_taxes_are_zero() -> None:
    """A tax that the document does not state is 0.00, and so is a TaxTotal without an amount."""
    for totals in ([], [{"tax_subtotals": [{"tax_scheme_id": "01"}]}], _taxes(t22="60.00", t35="12.00")):
        text = key_text(_document(tax_totals=totals), ANNEX.secrets)
        assert "1500000.00010.00040.00030.001785000.00" in text


def test_taxes_add_up() -> None:
    """Several TaxTotals of one tax add up before the sum is cut."""
    totals = [*_taxes(t01="10.006"), *_taxes(t04="3.00"), *_taxes(t01="5.006"), *_taxes(t04="0.50")]
    text = key_text(_document(tax_totals=totals), ANNEX.secrets)
    assert "1500000.000115.01043.50030.001785000.00" in text


CUTS = [("0.999", "0.99"), ("1.005", "1.00"), ("7", "7.00"), ("7.5", "7.50"), ("-0.019", "-0.01")]


@pytest.mark.parametrize(("stated", "cut"), CUTS)
def test_amounts_are_cut(stated: str, cut: str) -> None:
    """Amounts are cut to two decimals, never rounded, and always have two."""
    document = _document(
        legal_monetary_total={"line_extension_amount": stated, "payable_amount": stated},
        tax_totals=_taxes(t01=stated),
    )
    assert f"10:53:10-05:00{cut}01{cut}040.00030.00{cut}7000" in key_text(document, ANNEX.secrets)


MISSING: dict[str, dict[str, Any]] = {
    "id": {"id": None},
    "issue_date": {"issue_date": None},
    "issue_time": {"issue_time": None},
    "line_extension_amount": {"legal_monetary_total": {"payable_amount": "1.00"}},
    "payable_amount": {"legal_monetary_total": {"line_extension_amount": "1.00"}},
    "accounting_supplier_party.company_id": {"accounting_supplier_party": None},
    "accounting_customer_party.company_id": {"accounting_customer_party": {"party_names": ["Nadie"]}},
    "profile_execution_id": {"profile_execution_id": None},
}


@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("kind", ["invoice", "debit_note", "support_document"])
def test_missing_part_is_named(kind: str, name: str) -> None:
    """A part that the document does not state is named, whatever the key."""
    document = _document(kind=kind, **MISSING[name])
    with pytest.raises(DocumentKeyError) as raised:
        document_key(document, Secrets(technical_key=TOOLBOX_KEY, pin=PIN))
    assert raised.value.detail == {"missing": name}
    assert PIN not in str(raised.value)


def test_document_without_totals() -> None:
    """A document without a monetary total misses its first figure."""
    with pytest.raises(DocumentKeyError) as raised:
        document_key(_document(legal_monetary_total=None), ANNEX.secrets)
    assert raised.value.detail == {"missing": "line_extension_amount"}


@pytest.mark.parametrize("given", [Secrets(), Secrets(pin=PIN), Secrets(technical_key="")])
def test_missing_technical_key(given: Secrets) -> None:
    """A CUFE without its technical key names it, though a PIN is given."""
    with pytest.raises(DocumentKeyError) as raised:
        document_key(_document(), given)
    assert raised.value.detail == {"missing": "technical_key"}


@pytest.mark.parametrize("kind", ["credit_note", "support_document", "equivalent_document"])
def test_missing_pin(kind: str) -> None:
    """A CUDE and a CUDS without the PIN name it, though a technical key is given."""
    with pytest.raises(DocumentKeyError) as raised:
        document_key(_document(kind=kind), Secrets(technical_key=TOOLBOX_KEY))
    assert raised.value.detail == {"missing": "pin"}


WRONG = [ANNEX_KEY[:38], ANNEX_KEY + "0", _LONG[:63], ANNEX_KEY.upper(), "g" * 40, f"{ANNEX_KEY}\n", "١" * 40]


@pytest.mark.parametrize("key", WRONG)
def test_wrong_technical_key(key: str) -> None:
    """A technical key of another length or of other signs is refused, and its length alone is told."""
    with pytest.raises(DocumentKeyError) as raised:
        document_key(_document(), Secrets(technical_key=key))
    assert raised.value.detail == {"length": len(key)}
    assert key.strip() not in f"{raised.value} {raised.value!r}"


def test_technical_key_of_64_digits() -> None:
    """Technical keys have 40 or 64 digits."""
    assert _LONG in key_text(_document(), Secrets(technical_key=_LONG))


def test_identification_comes_from_where_it_is_stated() -> None:
    """A customer that is no taxpayer is known by its legal entity, or by its identification."""
    for party in ({"party_legal_entities": [{"company_id": "1"}]}, {"party_identifications": [{"id": "1"}]}):
        assert key_text(_document(accounting_customer_party=party), ANNEX.secrets).endswith(
            f"7000853711{ANNEX_KEY}1"
        )


def test_secrets_are_never_shown() -> None:
    """Neither a representation nor an error has a secret in it."""
    given = Secrets(technical_key=TOOLBOX_KEY, pin=PIN)
    shown = f"{given} {given!r} {[given]} { ({'a': given}) }"
    assert TOOLBOX_KEY not in shown
    assert PIN not in shown
    assert (given.has("technical_key"), given.has("pin")) == (True, True)
    assert (Secrets().has("technical_key"), Secrets(pin="").has("pin")) == (False, False)


def test_software_security_code() -> None:
    """The code is that of software, PIN and number, as the examples state it."""
    text = "3f0c9a52-6b1e-4d87-9c35-8e21d4a7b61075315SETP990000101"
    code = software_security_code("3f0c9a52-6b1e-4d87-9c35-8e21d4a7b610", PIN, "SETP990000101")
    assert code == sha384(text.encode()).hexdigest()


EXAMPLES = sorted(file.name for file in (ROOT / "examples").glob("*.xml") if file.name != "broken.xml")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """The keys and the security codes of examples/ are right."""
    document = read((ROOT / "examples" / name).read_bytes()).document
    assert document is not None
    dian = document.dian_extensions
    assert dian is not None
    assert document_key(document, Secrets(TOOLBOX_KEY, PIN)) == document.uuid
    code = software_security_code(dian.software_id or "", PIN, document.id or "")
    assert code == dian.software_security_code


TOOLBOX = [
    "consumidor-final",
    "ejemplicacion-impuestos-saludables",
    "ejemplificacion-muestras-gratis",
    "excluido-de-iva",
    "exento-de-iva",
    "factura-otra-moneda",
]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}: set $CUADRE_CORPUS")
@pytest.mark.parametrize("name", TOOLBOX)
def test_toolbox(name: str) -> None:
    """The keys of six documents of DIAN's toolbox are right under the key of its test range."""
    document = read((CORPUS / "dian-toolbox-1.9" / f"{name}.xml").read_bytes()).document
    assert document is not None
    assert document_key(document, Secrets(technical_key=TOOLBOX_KEY)) == document.uuid


def test_amounts_are_decimals_of_the_document() -> None:
    """A document that a program made with numbers of its own has the same key as one made of text."""
    total = {"line_extension_amount": Decimal(1_500_000), "payable_amount": 1_785_000}
    assert document_key(_document(legal_monetary_total=total), ANNEX.secrets) == ANNEX.key
