"""SARIF 2.1.0: valid, with the rules' pages, places in files, and fingerprints that outlive a moved line."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import cuadre
from cuadre.engine.findings import Severity
from cuadre.engine.source import Place
from cuadre.formats.sarif_report import write
from cuadre.report import Report

from .hostile import finding, report
from .running import BROKEN, EXAMPLES, ROOT, run

_SCHEMA = ROOT / "tests" / "fixtures" / "formats" / "sarif-part.schema.json"
_VALIDATOR = jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def run_of(checked: Report, language: str = "en") -> Any:  # noqa: ANN401 - JSON
    """Write a report, hold it against the schema, and return its run."""
    data = json.loads(write(checked, language))
    assert [f"{fault.json_path}: {fault.message}" for fault in _VALIDATOR.iter_errors(data)] == []
    return data["runs"][0]


def prints(checked: Report) -> list[str]:
    """List the fingerprints."""
    return [one["partialFingerprints"]["cuadre/v1"] for one in run_of(checked)["results"]]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("file", sorted(EXAMPLES.rglob("*.*ml")), ids=lambda file: file.name)
def test_examples_are_valid(file: Path, language: str) -> None:
    """What is written of each example keeps to the schema, in both languages."""
    assert run_of(cuadre.check(file), language)["invocations"][0]["executionSuccessful"] is True


def test_places_and_rules() -> None:
    """A result names file, line and XPath, and its rule with the page that ``cuadre rule`` prints."""
    run = run_of(cuadre.check(BROKEN, name="examples/broken.xml", select="FAU14"))
    (result,), (rule,) = run["results"], run["tool"]["driver"]["rules"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("FAU14", 0, "error")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "examples/broken.xml"},
                "region": {"startLine": 225},
            },
            "logicalLocations": [{"fullyQualifiedName": "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount"}],
        }
    ]
    assert result["properties"] == {"stated": "604838.06", "expected": "584838.06", "difference": "20000.00"}
    assert rule["id"] == "FAU14"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "## Formula" in rule["help"]["text"]


def test_columns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """In a file of one line the command says in which columns the figure is."""
    file = tmp_path / "a.xml"
    text = "".join([line.strip() for line in Path(BROKEN).read_text(encoding="utf-8").splitlines()])
    file.write_text(text, encoding="utf-8")
    out = run(capsys, "check", str(file), "--select", "FAU14", "--format", "sarif").out
    assert [fault.message for fault in _VALIDATOR.iter_errors(json.loads(out))] == []
    region = json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert text[region["startColumn"] - 1 : region["endColumn"] - 1] == "604838.06"
    assert region["snippet"] == {"text": "604838.06"}
    assert region["startLine"] == 1


def test_fingerprints_do_not_depend_on_lines() -> None:
    """A comment above the figures leaves the fingerprints; another figure changes its own."""
    data = Path(BROKEN).read_bytes()
    before = cuadre.check(data, name="a.xml")
    moved = cuadre.check(data.replace(b"<cbc:UBLVersionID>", b"<!--\n-->\n<cbc:UBLVersionID>"), name="a.xml")
    changed = cuadre.check(data.replace(b">604838.06<", b">604838.07<"), name="a.xml")
    lines = [[one.place.line for one in checked.findings] for checked in (before, moved)]
    assert lines[0] != lines[1]
    assert prints(moved) == prints(before)
    assert len(set(prints(before)) - set(prints(changed))) == 1


def test_equal_findings_have_different_fingerprints() -> None:
    """Two findings that say the same are two alerts."""
    assert len(set(prints(report(finding(), finding())))) == 2


def test_odd_files_and_exact_amounts() -> None:
    """A file name is a URI, an absolute one with its scheme; amounts keep every digit; a lint is a note."""
    (result,) = run_of(report(finding(Severity.LINT)))["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "facturas/a%C3%B1o%3A%201%2C5%20%25.xml"
    assert result["properties"]["stated"] == "-12345678901234567.123456789012"
    assert result["level"] == "note"
    absolute = run_of(report(finding(place=Place("", "/tmp/a b.xml"))))["results"][0]  # noqa: S108 - a name
    assert absolute["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "file:///tmp/a%20b.xml"}}}
    ]


def test_what_is_not_among_the_results_is_said() -> None:
    """A layer that failed, and findings that were not kept, are notifications of the run."""
    run = run_of(report(source="-", failed=True, more=3))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["error", "warning"]
    assert "ZeroDivisionError" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_input_that_cannot_be_read() -> None:
    """A text that is no document has one result, without a place in it."""
    (result,) = run_of(cuadre.check(b"no document"))["results"]
    assert (result["ruleId"], result["level"], result["locations"]) == ("CUA001", "error", [{}])
