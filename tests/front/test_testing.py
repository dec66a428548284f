"""``cuadre.testing``: assertions that say what was found instead, and documents changed in one thing."""

import subprocess
import sys
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cuadre
from cuadre.engine.errors import DocumentError, UnknownNameError, UsageError
from cuadre.testing import assert_accepted, assert_fires, mutate

from .own_rules import write_folder
from .running import BROKEN, EXAMPLES, INVOICE

_PAYABLE = "legal_monetary_total.payable_amount"
_XPATH = "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount"
_PAYLOAD = EXAMPLES / "payloads" / "apidian-credit-note.json"


def _document(given: bytes | str) -> cuadre.Document:
    document = cuadre.read(given).document
    assert document is not None
    return document


_DOCUMENT = _document(INVOICE)


def _said(call: Callable[..., object], *given: object, **choices: object) -> str:
    with pytest.raises(AssertionError) as failed:
        call(*given, **choices)
    return str(failed.value)


def test_accepted() -> None:
    """What is accepted gives its report; what is not fails with each rejection and its line."""
    assert assert_accepted(INVOICE).verdict == "accepted"
    said = _said(assert_accepted, BROKEN).splitlines()
    assert said[0] == f"{BROKEN}: invoice SETP990000105, rejected"
    assert [line.split(": ")[1] for line in said if line.startswith(f"{BROKEN}:2")] == [
        "FAU04 reject",
        "FAU14 reject",
    ]
    assert '   225 | <cbc:PayableAmount currencyID="COP">604838.06</cbc:PayableAmount>' in said
    assert assert_accepted(BROKEN, ignore=["FAU04", "FAU14"]).verdict == "accepted_with_observations"


def test_severity_that_fails() -> None:
    """``fail_on`` makes notifications, or lints, fail too."""
    chosen = {"select": "FAQ", "fail_on": "notify"}
    assert "FAQ07 notificación" in _said(assert_accepted, BROKEN, lang="es", **chosen)
    assert assert_accepted(BROKEN, select="FAQ").verdict == "accepted_with_observations"
    with pytest.raises(ValueError, match="fatal"):
        assert_accepted(BROKEN, fail_on="fatal")


def test_what_cannot_be_read_is_not_accepted() -> None:
    """A document that is none fails with the reason."""
    assert "CUA001" in _said(assert_accepted, b"<a")


def test_a_rule_that_raises_accepts_nothing(tmp_path: Path) -> None:
    """Where a rule failed, neither assertion passes, and both say which."""
    notes = (EXAMPLES / "acme_rules" / "notes.py").read_text(encoding="utf-8")
    changed = notes.replace("    if any", "    raise OSError(7)\n    if any")
    cuadre.load_rules(write_folder(tmp_path / "own", {"notes.py": changed}))
    for said in (_said(assert_accepted, INVOICE), _said(assert_fires, INVOICE, "ACME02")):
        assert "could not be checked: rules: ACME02 of the pack own: OSError(7)" in said


def test_fires() -> None:
    """A finding is found by its code or its rule, and at its path or XPath; it is returned."""
    for at in (None, _PAYABLE, _XPATH):
        for code in ("FAU14", "AU14"):
            finding = assert_fires(BROKEN, code, at=at)
            assert (finding.code, str(finding.difference)) == ("FAU14", "20000.00")
    assert assert_fires(b"<a", "CUA001").severity is cuadre.Severity.ERROR


def test_fires_at_a_pointer() -> None:
    """In a payload the place has a JSON pointer, in the provider's own names."""
    changed = mutate(_PAYLOAD, "set legal_monetary_totals.payable_amount = 1.00")
    finding = assert_fires(changed, "CAU14", at="/legal_monetary_totals/payable_amount")
    assert str(finding.stated) == "1.00"


def test_does_not_fire() -> None:
    """The failure says what was found instead, in both languages."""
    said = _said(assert_fires, BROKEN, "FAU02")
    assert said.startswith(f"{BROKEN}: FAU02 was not found. Found was:\n")
    assert "FAU14 reject: PayableAmount is 604838.06" in said
    said = _said(assert_fires, BROKEN, "FAU14", at="lines[0]", lang="es")
    assert "no se halló FAU14 en lines[0]. Se halló:\n" in said
    assert "PayableAmount (total a pagar) es 604.838,06" in said
    assert _said(assert_fires, _DOCUMENT, "FAU14").endswith("FAU14 was not found. Found was: nothing")


def test_few_of_many_are_shown() -> None:
    """The text of a failure has twenty findings, and how many there are besides."""
    line = {"price": {"price_amount": "7.50"}, "quantity": "3", "line_extension_amount": "1.00"}
    said = _said(assert_accepted, {"kind": "invoice", "lines": [line] * 50}, select="FAV06")
    assert (said.count("FAV06"), said.splitlines()[-1]) == (20, "and 30 more")


def test_a_misspelt_code_is_an_error() -> None:
    """It is no failure of the document, and it is told with the near ones."""
    with pytest.raises(UnknownNameError) as unknown:
        assert_fires(INVOICE, "FAU144")
    assert "FAU14" in str(unknown.value)


def test_in_unittest() -> None:
    """In unittest a failed assertion is a failure, and no error."""
    test = unittest.FunctionTestCase(lambda: assert_fires(INVOICE, "FAU14"))
    result = test.run()
    assert result is not None
    assert (len(result.failures), result.errors) == (1, [])


def test_without_pytest() -> None:
    """The module does not import pytest."""
    code = "import cuadre.testing, sys; print('pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (_DOCUMENT, f"set {_PAYABLE} = 1.00"),
        (_DOCUMENT.model_dump(mode="json"), f"set {_PAYABLE} = 1.00"),
        (_DOCUMENT.model_dump_json().encode(), f"set {_PAYABLE} = 1.00"),
        (Path(INVOICE).read_bytes(), f"set {_XPATH.replace('Invoice', '*')} = 1.00"),
        (INVOICE, "set //cac:LegalMonetaryTotal/cbc:PayableAmount = 1.00"),
    ],
    ids=["Document", "dict", "JSON", "XML", "file"],
)
def test_set(given: Any, step: str) -> None:  # noqa: ANN401 - each form of a document
    """One figure is changed in each form, its rule fires there, and what was given is as before."""
    before = given.copy() if isinstance(given, dict) else given
    changed = mutate(given, step)
    assert type(changed) is (bytes if isinstance(given, str) else type(given))
    assert str(assert_fires(changed, "FAU14", at=_PAYABLE).stated) == "1.00"
    assert given == before
    assert_accepted(given)


@pytest.mark.parametrize("file", sorted(EXAMPLES.rglob("*.[xj]*")), ids=lambda file: file.name)
def test_no_step_changes_nothing(file: Path) -> None:
    """A Document, a payload and XML without a step are what they were, in all that a check sees."""
    document = _document(str(file))
    assert mutate(document) == document
    assert _document(mutate(file)) == document


def test_parts_of_a_document() -> None:
    """A part is removed, copied, or added; the other parts stay."""
    lines = _DOCUMENT.lines
    assert mutate(_DOCUMENT) == _DOCUMENT
    assert mutate(_DOCUMENT, "remove lines[1]").lines == (lines[0], *lines[2:])
    assert mutate(_DOCUMENT, "copy lines[0]").lines == (lines[0], *lines)
    changed = mutate(_DOCUMENT, 'set note = ["CAMP-7; = 1"]', "set lines[0].quantity = 7", "set id = 007")
    assert (changed.note, changed.id) == (("CAMP-7; = 1",), "007")
    assert (str(changed.lines[0].quantity), changed.lines[1:]) == ("7", lines[1:])


def test_parts_of_xml() -> None:
    """XML is changed by XPath: attributes too, and an element is put behind another."""
    changed = mutate(
        INVOICE,
        "remove //cbc:Note",
        "after cbc:InvoiceTypeCode <cbc:Note>CAMP-7</cbc:Note>",
        "set //cac:LegalMonetaryTotal/cbc:PayableAmount/@currencyID = USD",
        "copy cac:InvoiceLine[1]",
    )
    document = _document(changed)
    assert (document.note, len(document.lines)) == (("CAMP-7",), 4)
    assert b'<cbc:PayableAmount currencyID="USD">' in changed


@pytest.mark.parametrize(
    ("given", "step", "said"),
    [
        (_DOCUMENT, "set x.y = 1", "x.y matches nothing"),
        (_DOCUMENT, "set lines[9].id = 1", "lines[9].id matches nothing"),
        (_DOCUMENT, "set id[0] = 1", "id[0] matches nothing"),
        (_DOCUMENT, "remove lines[9]", "lines[9] matches nothing"),
        (_DOCUMENT, "copy id", "id is no member of a list"),
        (_DOCUMENT, "set id", "'set id' is no step"),
        (_DOCUMENT, "move id", "'move id' is no step"),
        (_DOCUMENT, "after id <a/>", "'after id <a/>' is no step"),
        (_DOCUMENT, "", "'' is no step"),
        (INVOICE, "set //cbc:Nothing = 1", "//cbc:Nothing matches nothing"),
        (INVOICE, "remove cbc:ID/@nothing", "cbc:ID/@nothing matches nothing"),
        (INVOICE, "remove cbc:ID[", "cbc:ID["),
        (INVOICE, "after cbc:ID <a", "the XML cannot be read: "),
        (b"<a", "remove a", "the XML cannot be read: "),
        (b"[]", "remove a", "a matches nothing"),
        ("<a/>", "remove a", "this is the text of a document"),
    ],
)
def test_a_step_that_does_nothing_is_an_error(given: bytes, step: str, said: str) -> None:
    """So an unchanged document never passes for a changed one."""
    with pytest.raises(UsageError) as refused:
        mutate(given, step)
    assert str(refused.value).startswith(said)
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    "step", ["set lines = 7", "set nothing = 7", "remove kind", "set lines[0].quantity = x"]
)
def test_what_is_no_document_any_more(step: str) -> None:
    """A Document stays one: what it cannot hold is refused, with the place."""
    with pytest.raises(DocumentError):
        mutate(_DOCUMENT, step)
