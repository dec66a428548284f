"""What goes wrong in one document stays with it: a layer that failed, a country that there is not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cuadre
from cuadre.engine.errors import DefinitionError, RoundingError
from cuadre.engine.secrets import Secrets
from cuadre.rendering import NotCheckedError, RefusedError, render_document
from cuadre.report import Layer
from cuadre.rules.judge import Judgement, RuleFailure, judge
from cuadre.sending import sendable

from .running import BROKEN, EXAMPLES, INVOICE, TODAY, run

Capture = pytest.CaptureFixture[str]
_OF_THE_RULES = {"rules", "age", "lint", "key"}


def _break(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(name, broken)


def _failed(file: str) -> tuple[str, dict[str, str | None]]:
    (document,) = cuadre.check(file).documents
    return document.verdict, {one.name: one.reason for one in document.layers if one.status == "failed"}


@pytest.mark.parametrize("error", [ZeroDivisionError("half"), RoundingError("half"), MemoryError("half")])
def test_rules_that_fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Rules that raise are layers that failed, with the error; the document is not accepted."""
    _break(monkeypatch, "cuadre.examination.judge", error)
    verdict, failed = _failed(INVOICE)
    assert (verdict, failed) == ("not_checked", dict.fromkeys(_OF_THE_RULES, f"{type(error).__name__}: half"))
    assert not cuadre.check(INVOICE)


@pytest.mark.parametrize(
    ("layer", "reason"), [("rules", "FAU14 of the pack co: half"), ("lint", "FAU14 of the pack co: half")]
)
def test_one_rule_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, layer: str, reason: str
) -> None:
    """A rule that raised is named in the layer of its pack, and the other rules have run."""
    failure = RuleFailure("FAU14", "co", layer, "half")

    def judge_in_part(*given: Any) -> Judgement:  # noqa: ANN401 - those of judge
        return replace(judge(*given), failures=(failure,))

    monkeypatch.setattr("cuadre.examination.judge", judge_in_part)
    assert _failed(INVOICE) == ("not_checked", {layer: reason})
    assert _failed(BROKEN) == ("rejected", {layer: reason})
    assert f"{layer}: failed: {reason}\n" in run(capsys, "check", INVOICE, *TODAY, "--lang", "en").out


def test_figures_that_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the figures cannot be recomputed, nothing that needs them has run."""
    _break(monkeypatch, "cuadre.examination.recompute", RecursionError("deep"))
    verdict, failed = _failed(INVOICE)
    assert (verdict, {*failed}) == ("not_checked", {"totals", *_OF_THE_RULES})


def test_schema_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A validation that raises fails alone: what the rules reject is rejected all the same."""
    _break(monkeypatch, "cuadre.schema_layer.validate", ValueError("x" * 1000))
    assert _failed(INVOICE)[0] == "not_checked"
    verdict, failed = _failed(BROKEN)
    assert (verdict, {*failed}) == ("rejected", {"schema"})
    assert len(failed["schema"] or "") == 200


def test_reader_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that raises something else than it should makes one document unreadable."""
    _break(monkeypatch, "cuadre.reading._read_xml", KeyError("name"))
    report = cuadre.check(INVOICE)
    assert (report.verdict, report.documents[0].layers[0].status) == ("unreadable", "failed")
    assert "KeyError" in report.findings[0].message()


@pytest.mark.parametrize("name", ["cuadre.examination.judge", "cuadre.reading._read_xml"])
def test_wrong_definitions_are_raised(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A plugin that is wrongly defined is no fault of a document."""
    _break(monkeypatch, name, DefinitionError("rule X"))
    with pytest.raises(DefinitionError, match="rule X"):
        cuadre.check(INVOICE)


def test_exit_code_of_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """A layer that failed is exit code 2, with a rejection too, and the report names it."""
    _break(monkeypatch, "cuadre.schema_layer.validate", ValueError("half"))
    done = run(capsys, "check", INVOICE, BROKEN, *TODAY, "--lang", "en")
    assert (done.code, done.err) == (2, "")
    assert "schema: failed: ValueError: half\n" in done.out
    assert "invoice SETP990000101, could not be checked\n" in done.out
    assert run(capsys, "check", BROKEN, *TODAY).code == 2
    (document,) = json.loads(run(capsys, "check", INVOICE, "--format", "json").out)["documents"]
    assert {"name": "schema", "ran": False, "status": "failed", "reason": "ValueError: half"} in document[
        "layers"
    ]


def test_nothing_unchecked_is_rendered_or_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be checked whole is refused, and a rejection is said before that."""
    _break(monkeypatch, "cuadre.examination.judge", ZeroDivisionError("half"))
    data = Path(INVOICE).read_bytes()
    with pytest.raises(NotCheckedError) as caught:
        render_document(data, Secrets())
    assert caught.value.detail["layers"] == ["rules", "age", "lint", "key"]
    issued = cuadre.read(INVOICE).document
    assert issued is not None
    assert issued.issue_date is not None
    with pytest.raises(NotCheckedError):
        sendable(data, "x", Secrets(), today=issued.issue_date)
    assert sendable(data, "x", Secrets(), today=issued.issue_date, force=True) == issued
    monkeypatch.undo()
    _break(monkeypatch, "cuadre.schema_layer.validate", ValueError("half"))
    with pytest.raises(RefusedError):
        sendable(Path(BROKEN).read_bytes(), "x", Secrets(), today=issued.issue_date)


def test_unknown_country(capsys: Capture, tmp_path: Path) -> None:
    """A document of a country without rules is unreadable, and the others of the run are reported."""
    file = tmp_path / "xx.json"
    file.write_text('{"kind": "invoice", "country": "XX"}', encoding="utf-8")
    done = run(capsys, "check", str(file), BROKEN, "--select", "FAU14", "--lang", "en")
    assert (done.code, done.codes, done.err) == (2, ["CUA001", "FAU14"], "")
    assert f"{file}: could not be read\n  {file} /country CUA001 error country: " in done.out
    (finding,) = cuadre.check(file).findings
    assert (finding.place.pointer, "'XX'" in finding.message()) == ("/country", True)
    document = cuadre.Document.model_validate({"kind": "invoice", "country": "XX"})
    assert cuadre.check(document).verdict == "unreadable"


def test_status_of_the_layers() -> None:
    """A layer ran, in part or not, and each but the first says why."""
    (document,) = cuadre.check(EXAMPLES / "invoice.xml", select="FAU").documents
    found = {layer.name: layer for layer in document.layers}
    assert found["read"] == Layer("read", "ran", None)
    assert (found["rules"].status, found["rules"].ran) == ("in part", True)
    assert (found["age"].status, found["age"].ran) == ("not run", False)
    assert all((layer.reason is None) == (layer.status == "ran") for layer in document.layers)
