"""The JSON Schema of the model: published as it is, a schema, and what the guide's example keeps to."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cuadre.engine.errors import CuadreError
from cuadre.engine.model.document import Document
from cuadre.reading import read
from cuadre.rendering import prepare
from cuadre.schema import document_schema

from .running import EXAMPLES, NAMES, ROOT

_PUBLISHED = (ROOT / "docs" / "document.schema.json").read_text(encoding="utf-8")
_SCHEMA = json.loads(_PUBLISHED)
_VALIDATOR = jsonschema.Draft202012Validator(_SCHEMA)
_GUIDE = (ROOT / "docs" / "render.md").read_text(encoding="utf-8")


def guide_example() -> str:
    """Return the JSON document of docs/render.md."""
    (text,) = re.findall(r"```json\n(.*?)```", _GUIDE, re.DOTALL)
    return str(text)


def _faults(text: str | bytes) -> list[str]:
    return [fault.json_path for fault in _VALIDATOR.iter_errors(json.loads(text))]


def _read(data: bytes) -> Document:
    document = read(data).document
    assert document is not None
    return document


def test_published() -> None:
    """The file in docs/ is what the model gives; write it anew where the model has changed."""
    assert document_schema() == _PUBLISHED


def test_is_a_schema() -> None:
    """It is a schema of draft 2020-12 that closes every object of the model and needs the kind alone."""
    _VALIDATOR.check_schema(_SCHEMA)
    assert _SCHEMA["required"] == ["kind"]
    parts = [part for part in [_SCHEMA, *_SCHEMA["$defs"].values()] if part.get("type") == "object"]
    assert [part["title"] for part in parts if part["additionalProperties"] is not False] == []
    assert _SCHEMA["$defs"]["DocumentKind"]["enum"] == [kind.value for kind in type(_kind())]


def _kind() -> Any:  # noqa: ANN401 - an enumeration
    return Document.model_validate({"kind": "invoice"}).kind


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str) -> None:
    """The documents of examples/, written as JSON, keep to it and read back equal."""
    document = _read((EXAMPLES / name).read_bytes())
    for text in (document.model_dump_json(), document.model_dump_json(exclude_defaults=True)):
        assert _faults(text) == []
        assert _read(text.encode()) == document


def test_example_of_the_guide() -> None:
    """The guide's example keeps to it, before and after it is made ready."""
    assert _faults(guide_example()) == []
    assert _faults(prepare(_read(guide_example().encode())).model_dump_json(exclude_defaults=True)) == []


def _named(node: Any) -> set[str]:  # noqa: ANN401 - any JSON
    if isinstance(node, dict):
        return {*node, *(name for value in node.values() for name in _named(value))}
    return {name for value in node for name in _named(value)} if isinstance(node, list) else set()


def test_example_has_no_result() -> None:
    """The guide's example states inputs only."""
    results = {
        "legal_monetary_total",
        "line_extension_amount",
        "taxable_amount",
        "tax_amount",
        "amount",
        "uuid",
    }
    assert _named(json.loads(guide_example())) & results == set()


WRONG = [
    '{"kind": "order"}',
    "{}",
    "[]",
    '{"kind": "invoice", "total": "1"}',
    '{"kind": "invoice", "lines": [{"quantity": "1,5"}]}',
    '{"kind": "invoice", "lines": [{"quantity": "1e5"}]}',
    '{"kind": "invoice", "lines": [{"price": {"price": "1"}}]}',
    '{"kind": "invoice", "id": 5}',
    '{"kind": "invoice", "issue_date": 20261120}',
    '{"kind": "invoice", "other": [{"text": "a"}]}',
    '{"kind": "invoice", "other": [{"name": "a", "b": "c"}]}',
]


@pytest.mark.parametrize("text", WRONG)
def test_what_the_reader_refuses(text: str) -> None:
    """What the reader does not take is not in the schema either."""
    assert _faults(text) != []
    with pytest.raises(CuadreError):
        read(text.encode())


@pytest.mark.parametrize("name", ["docs/render.md", "docs/document.schema.json"])
def test_files_are_there(name: str) -> None:
    """The guide links to the schema beside it."""
    assert Path(ROOT / name).is_file()
    assert "(document.schema.json)" in _GUIDE
