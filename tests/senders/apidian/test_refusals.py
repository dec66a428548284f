"""What cannot be read is refused with its pointer, and nothing is guessed."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuadre.senders.apidian import PROVIDER, Apidian
from cuadre.senders.apidian.tables import load_folder
from cuadre.senders.contract import PayloadError
from cuadre.senders.payloads.json_text import write_json

from .bodies import OWN, Body, changes, own, put, read, refused
from .conftest import TABLES

_UNKNOWN = [
    ("/type_document_id", "documents"),
    ("/idcurrency", "currencies"),
    ("/allowance_charges/0/discount_id", "discounts"),
    ("/tax_totals/3/tax_id", "taxes"),
    ("/tax_totals/3/unit_measure_id", "units"),
    ("/invoice_lines/1/tax_totals/0/tax_id", "taxes"),
]


@pytest.mark.parametrize(("pointer", "table"), _UNKNOWN)
@pytest.mark.parametrize("identity", [99999, "x", 0])
def test_unknown_ids(pointer: str, table: str, identity: object) -> None:
    """An id that a figure depends on and that is not in its table is named with the table and its ids."""
    detail = refused(put(own("invoice"), pointer, identity))
    assert (detail["pointer"], detail["table"], detail["id"]) == (pointer, table, str(identity))
    known = load_folder(TABLES)[table].codes
    assert detail["known"]
    assert set(detail["known"]) <= set(known)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/legal_monetary_totals/payable_amount", "1.000,00"),
        ("/legal_monetary_totals/payable_amount", True),
        ("/legal_monetary_totals", [1]),
        ("/invoice_lines/0/price_amount", "1e5"),
        ("/invoice_lines/0/price_amount", {}),
        ("/invoice_lines/0/free_of_charge_indicator", "no"),
        ("/invoice_lines/0", "line"),
        ("/invoice_lines", "lines"),
        ("/invoice_lines/0/tax_totals", 3),
        ("/date", "02/03/2026"),
        ("/date", 20260302),
        ("/customer", "someone"),
        ("/customer/name", ["a"]),
        ("/customer/name", True),
        ("/number", False),
    ],
)
def test_values_of_another_kind(pointer: str, value: object) -> None:
    """An amount, a date, a boolean or a group that is none is refused at its pointer."""
    assert refused(put(own("invoice"), pointer, value))["pointer"] == pointer


@pytest.mark.parametrize(
    "data",
    [b"[]", b"3", b'{"number": NaN}', b'{"number": 1e999}', b'{"a":' * 70 + b"1" + b"}" * 70],
)
def test_what_is_json_and_no_payload(data: bytes) -> None:
    """Another root, a number out of limits and deep nesting are refused."""
    with pytest.raises(PayloadError) as caught:
        PROVIDER.read(data)
    assert "pointer" in caught.value.detail


def test_half_a_character() -> None:
    """Text that is no Unicode is refused where the Document would hold it, and carried elsewhere."""
    assert refused(put(own("invoice"), "/customer/name", "\ud800"))["pointer"] == "/customer/name"
    assert b"\\ud800" in PROVIDER.write(read(put(own("invoice"), "/head_note", "\ud800")).document)


def test_a_reserved_key() -> None:
    """The key that marks carried numbers cannot be a payload's own."""
    assert refused({"x": {"$number": "1"}})["pointer"] == "/x"


_FIRST = Apidian(load_folder(TABLES)).read(write_json(own("invoice"))).document


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"document_currency_code": "QQQ"}, "/idcurrency"),
        ({"customization_id": "77"}, "/type_operation_id"),
        ({"type_code": "77"}, "/type_document_id"),
        (
            {"lines": (_FIRST.lines[0].model_copy(update={"quantity_unit_code": "??"}),)},
            "/invoice_lines/0/unit_measure_id",
        ),
        (
            {"tax_totals": (_FIRST.tax_totals[0].model_copy(update={"tax_subtotals": ()}),)},
            "/tax_totals/0",
        ),
        (
            {"tax_totals": (_FIRST.tax_totals[0].model_copy(update={"rounding_amount": Decimal("0.01")}),)},
            "/tax_totals/0/rounding_amount",
        ),
    ],
)
def test_documents_that_the_format_cannot_hold(change: Body, pointer: str) -> None:
    """A code without an id, and a part without a key, are refused at the pointer where they would go."""
    with pytest.raises(PayloadError) as caught:
        PROVIDER.write(_FIRST.model_copy(update=change))
    assert caught.value.detail["pointer"] == pointer


def _pointers(value: object, pointer: str = "") -> list[str]:
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    inner = [found for key, member in members for found in _pointers(member, f"{pointer}/{key}")]
    return [pointer, *inner] if pointer else inner


@given(st.data())
def test_any_value_anywhere_is_taken_or_refused(data: st.DataObject) -> None:
    """Whatever stands at whatever key, the body comes back or is refused at a pointer."""
    body = own(data.draw(st.sampled_from(OWN)))
    odd: Any = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-2, 2),
            st.decimals(-2, 2, places=1),
            st.text(max_size=3),
            st.sampled_from(["1", "-", "2026-02-30", "0001-01-01", [], {}, [[]], [{}], [1], {"a": {}}]),
        )
    )
    put(body, data.draw(st.sampled_from(_pointers(body))), odd)
    pointer, changed = "/", {}
    try:
        changed = changes(body)
    except PayloadError as error:
        pointer = str(error.detail["pointer"])
    assert (changed, pointer[:1]) == ({}, "/")
