"""What convert leaves out of a body: what only apidian has room for, and nothing that the result says."""

import json
from typing import Any

import pytest

from cuadre.engine.errors import DocumentError
from cuadre.reading import read as read_any
from cuadre.senders.payloads.json_text import write_json
from cuadre.senders.payloads.leftovers import find_leftovers, left_out
from cuadre.sending import convert

from .bodies import Body, own, read


def named(body: Body) -> list[str]:
    """Name what is left out of a body in UBL."""
    return [path for one in left_out(read(body).document, "ubl") for path in one.paths]


def spelled(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Write every text of digits as a JSON number."""
    if isinstance(value, dict):
        return {key: spelled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spelled(inner) for inner in value]
    return json.loads(value) if isinstance(value, str) and value.isdigit() and value[0] != "0" else value


@pytest.mark.parametrize("name", ["invoice", "credit_note", "debit_note", "export", "support_document"])
def test_numbers_are_not_left_out(name: str) -> None:
    """A number for a text, and a text for a number, are the same value: none of them is named."""
    body = own(name)
    for key in ("legal_monetary_totals", "requested_monetary_totals"):
        if key in body:
            body[key]["payable_amount"] = 44832
    assert named(spelled(body)) == named(own(name))


@pytest.mark.parametrize(
    ("key", "value", "paths"),
    [
        ("head_note", "gracias", ["head_note"]),
        ("head_note", "", []),
        ("annexes", [], []),
        ("sendmail", False, ["sendmail"]),
        ("seze", 7, ["seze"]),
    ],
)
def test_only_what_is_said(key: str, value: object, paths: list[str]) -> None:
    """What has no field is named where it says something."""
    before = named({k: v for k, v in own("invoice").items() if k != key})
    after = named({**own("invoice"), key: value})
    assert [path for path in after if path not in before] == paths


def test_an_object_for_a_list() -> None:
    """An object that stands for a list of one is compared with it; what it says more is named by its path."""
    given = {"a": {"x": 1, "y": 2}, "b": [{"x": "1", "z": 3}], "c": ["one", "two"], "d": [1, 2, 3]}
    derived = {"a": [{"x": "1"}], "b": {"x": "1"}, "c": "one\ntwo", "d": [1, 2]}
    carried = find_leftovers(given, derived)
    document = read(own("invoice")).document.model_copy(update={"provider_options": {"other": carried}})
    (one,) = left_out(document, "ubl")
    assert one.paths == ("a.y", "b[0].z", "d[2]")


@pytest.mark.parametrize("indicator", [True, False, "true"])
def test_debit_note_with_a_free_of_charge_indicator(indicator: object) -> None:
    """UBL's debit note has no such element: the note is written, and the key is named and comes back."""
    body = own("debit_note")
    body["debit_note_lines"][0]["free_of_charge_indicator"] = indicator
    written = convert(write_json(body), "ubl", "apidian")
    assert b"DebitNoteLine" in written.data
    assert b"FreeOfCharge" not in written.data
    (one,) = written.left_out
    assert "debit_note_lines[0].free_of_charge_indicator" in one.paths
    again = json.loads(convert(write_json(body), "apidian", "apidian").data)
    assert again["debit_note_lines"][0]["free_of_charge_indicator"] == indicator
    assert read_any(written.data).document is not None


def test_half_a_surrogate() -> None:
    """A text that is carried and no Unicode comes back in the body; the model's JSON cannot hold it."""
    data = write_json({**own("invoice"), "head_note": "\ud800"})
    assert b"\\ud800" in convert(data, "apidian", "apidian").data
    with pytest.raises(DocumentError):
        convert(data, "json", "apidian")


def test_credit_note_keeps_its_indicator() -> None:
    """UBL's credit note has the element."""
    body = own("credit_note")
    body["credit_note_lines"][0]["free_of_charge_indicator"] = True
    assert b"<cbc:FreeOfChargeIndicator>true<" in convert(write_json(body), "ubl", "apidian").data
