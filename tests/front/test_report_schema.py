"""The JSON report keeps to docs/report.schema.json, whatever was checked."""

import json
import random
import re
from pathlib import Path

import jsonschema
import pytest

import cuadre
from cuadre.reading import read
from cuadre.rules.rule import Rule

from .running import BROKEN, EXAMPLES, INVOICE, NAMES, ROOT, TODAY, run
from .test_mutants import mutant

_SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
_VALIDATOR = jsonschema.Draft202012Validator(_SCHEMA)
_GUIDE = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ANSWER = (
    f'<ApplicationResponse xmlns:c="{_UBL}CommonAggregateComponents-2"'
    f' xmlns:b="{_UBL}CommonBasicComponents-2">'
    "<c:DocumentResponse><c:Response><b:ResponseCode>04</b:ResponseCode></c:Response><c:LineResponse>"
    "<c:Response><b:ResponseCode>FAU14</b:ResponseCode>"
    "<b:Description>Regla: FAU14, Rechazo: x</b:Description>"
    "</c:Response></c:LineResponse></c:DocumentResponse></ApplicationResponse>"
)


def _faults(text: str) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in _VALIDATOR.iter_errors(json.loads(text))]


def test_schema() -> None:
    """The schema is a schema, closes every object, and says the contract's version as the guide does."""
    _VALIDATOR.check_schema(_SCHEMA)
    objects = [_SCHEMA, *_SCHEMA["$defs"].values()]
    for part in [part for part in objects if part.get("type") == "object"]:
        assert part["additionalProperties"] is False
        assert set(part["required"]) == part["properties"].keys()
    assert _SCHEMA["$id"] == "urn:cuadre:report:2"
    assert _SCHEMA["$id"] in _GUIDE


def test_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What the command writes keeps to the schema, in every language, for every verdict."""
    (tmp_path / "a.xml").write_bytes(b"<a")
    (tmp_path / "b.json").write_bytes(b'{"kind": "invoice", "a/b": 1}')
    for language in ("en", "es"):
        argv = ("check", str(EXAMPLES), str(tmp_path), *TODAY, "--format", "json", "--lang", language)
        done = run(capsys, *argv)
        assert (done.code, _faults(done.out)) == (2, [])


@pytest.mark.parametrize("data", [b"", b"<a", b"{", b'{"kind": "invoice"}', b"[]", _ANSWER.encode()])
def test_bytes(data: bytes) -> None:
    """Bytes without a name keep to the schema too, and so does an authority's answer."""
    assert _faults(cuadre.check(data).to_json()) == []


def test_document() -> None:
    """A document that a program made keeps to the schema."""
    document = read(Path(BROKEN).read_bytes()).document
    assert document is not None
    assert _faults(cuadre.check(document).to_json("es")) == []


@pytest.mark.parametrize("name", NAMES)
def test_damaged_documents(name: str) -> None:
    """Reports on damaged documents keep to the schema."""
    chance = random.Random(name)  # noqa: S311 - the same documents in every run are the point
    data = (EXAMPLES / name).read_bytes()
    assert [fault for _ in range(40) for fault in _faults(cuadre.check(mutant(data, chance)).to_json())] == []


def test_codes_of_rules() -> None:
    """The code of every rule is one that the schema allows."""
    from cuadre.rules.registry import packs  # noqa: PLC0415 - only this test needs the packs

    pattern = _SCHEMA["$defs"]["code"]["pattern"]
    rules: list[Rule] = [rule for pack in packs() for rule in pack.rules]
    assert [rule.code for rule in rules if not re.search(pattern, rule.code)] == []


def test_guide_names_every_field() -> None:
    """The guide speaks of every field, verdict, severity and layer of the schema."""
    names = {name for part in [_SCHEMA, *_SCHEMA["$defs"].values()] for name in part.get("properties", {})}
    document, layer = _SCHEMA["$defs"]["document"]["properties"], _SCHEMA["$defs"]["layer"]["properties"]
    values = {*document["verdict"]["enum"], *document["kind"]["enum"], *layer["name"]["enum"]} - {None}
    assert [name for name in sorted(names | values) if f"`{name}`" not in _GUIDE] == []


def test_example_of_the_guide() -> None:
    """The guide's example keeps to the schema, and says what the command says."""
    (example,) = re.findall(r"```json\n(.*?)```", _GUIDE, re.DOTALL)
    assert _faults(example) == []
    (written,) = json.loads(example)["documents"]
    (real,) = json.loads(cuadre.check(BROKEN).to_json())["documents"]
    for finding in written["findings"]:
        (same,) = [other for other in real["findings"] if other["code"] == finding["code"]]
        same["place"]["file"] = finding["place"]["file"]
        assert finding == same
    layers = {layer["name"]: layer for layer in real["layers"]}
    assert all(layer == layers[layer["name"]] for layer in written["layers"])
    assert (written["kind"], written["id"], written["verdict"]) == ("invoice", "SETP990000105", "rejected")


def test_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    """A document without a finding has an empty list, and no answer of an authority."""
    (document,) = json.loads(run(capsys, "check", INVOICE, *TODAY, "--format", "json").out)["documents"]
    assert (document["source"], document["findings"], document["authority"]) == (INVOICE, [], None)
