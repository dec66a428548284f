"""A numbering resolution: what is one, which documents it serves, and that its key is never shown."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.numbering import NumberingError, NumberingResolution, group_of, named, of_issuer

_KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"
_ONE = NumberingResolution(
    invoice_authorization="18760000001",
    prefix="SETP",
    from_number=1,
    to_number=5000,
    start_date=dt.date(2026, 1, 1),
    end_date=dt.date(2027, 12, 31),
    technical_key=_KEY,
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("invoice_authorization", "1876000000"),
        ("invoice_authorization", "187600000010000"),
        ("invoice_authorization", 18760000001),
        ("prefix", "SETPX"),
        ("prefix", "S-1"),
        ("type_code", "1"),
        ("company_id", "990.412.378"),
        ("technical_key", "not-a-key"),
        ("technical_key", _KEY.upper()),
        ("from_number", -1),
        ("from_number", "1"),
        ("from_number", True),
        ("to_number", 1_000_000_000),
        ("to_number", 0),
        ("start_date", "2026-01-01"),
        ("end_date", dt.datetime(2027, 12, 31, tzinfo=dt.UTC)),
        ("end_date", dt.date(2025, 12, 31)),
    ],
)
def test_what_is_no_resolution(field: str, value: object) -> None:
    """The error names the field, and does not repeat a technical key."""
    changed: dict[str, Any] = {field: value}
    with pytest.raises(NumberingError) as caught:
        replace(_ONE, **changed)
    assert caught.value.detail["field"] == field
    assert "not-a-key" not in str(caught.value)
    assert str(caught.value).startswith(f"{field}: ")


def test_the_ends_may_be_equal() -> None:
    """A range of one number on one day is one."""
    one = replace(_ONE, from_number=7, to_number=7, start_date=_ONE.end_date)
    assert (one.from_number, one.to_number, one.start_date) == (7, 7, one.end_date)


def test_its_key_is_not_shown() -> None:
    """Neither the text for a programmer nor that for a person has the technical key."""
    assert _KEY not in repr(_ONE) + str(_ONE)


@pytest.mark.parametrize(
    ("type_code", "group"),
    [("01", "01"), ("02", "01"), ("04", "01"), ("03", "03"), ("05", "05"), ("20", "20"), (None, "01")],
)
def test_types_that_share_ranges(type_code: str | None, group: str) -> None:
    """Only types 01, 02 and 04 take numbers of one range."""
    assert group_of(type_code) == group


def _document(kind: str, **control: str) -> Document:
    parties = {
        name: {"party_tax_schemes": [{"company_id": company}]}
        for name, company in (("accounting_supplier_party", "1000"), ("accounting_customer_party", "2000"))
    }
    return Document.model_validate(
        {"kind": kind, "country": "CO", "type_code": "01", **parties}
        | {"dian_extensions": {"invoice_control": control}}
    )


@pytest.mark.parametrize(("kind", "issuer"), [("invoice", "1000"), ("support_document", "2000")])
def test_whose_range_it_is(kind: str, issuer: str) -> None:
    """The issuer of a support document is the buyer; a resolution without a NIT is taken for anybody's."""
    given = [replace(_ONE, company_id="1000"), replace(_ONE, company_id="2000"), _ONE]
    found = [one.company_id for one in of_issuer(given, _document(kind))]
    assert found == [issuer, None]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"invoice_authorization": "18760000002"}, False),
        ({"prefix": "SETT"}, False),
        ({"type_code": "03"}, False),
        ({"type_code": "02"}, True),
        ({"company_id": "2000"}, False),
        ({"company_id": "1000"}, True),
    ],
)
def test_the_one_that_a_document_names(change: dict[str, Any], found: bool) -> None:  # noqa: FBT001 - of the table
    """It has the number, the prefix, the type and the issuer of the document."""
    document = _document("invoice", invoice_authorization="18760000001", prefix="SETP")
    assert (named([replace(_ONE, **change)], document) is not None) is found
